/** Entry of a media process, forked by `pool.ts`: it lives as long as its parent's channel does. */
import { constants, setPriority } from "node:os";
import { AppError, reasonOf } from "../kernel/errors.ts";
import { createEngine, type Engine } from "./engine.ts";
import { ProcessLink } from "./process-link.ts";
import type { FromProcess, ProcessOptions, ToProcess, WireError } from "./messages.ts";

const statusEveryMs = 2000;
/** As `ps` shows it until it serves. */
const spareTitle = "waihu media spare";

function send(message: FromProcess): void {
  if (process.connected) process.send!(message, () => undefined);
}

function wireError(error: unknown): WireError {
  if (error instanceof AppError)
    return { code: error.code, status: error.status, message: error.message, detail: error.detail };
  return { code: "media-failed", status: 500, message: reasonOf(error), detail: {} };
}

// Sound cannot wait for a busy machine: with eight other busy processes on two cores, half the frames came too late.
// Only a privileged user may ask for this; others run as well as the machine lets them.
try {
  setPriority(constants.priority.PRIORITY_ABOVE_NORMAL);
} catch {
  send({
    type: "log",
    level: "info",
    message: "media runs at normal priority; grant CAP_SYS_NICE to raise it",
  });
}

process.title = spareTitle;
const link = await ProcessLink.open();
let engine: Engine | undefined;

function serve(options: ProcessOptions): void {
  process.title = "waihu media";
  engine = createEngine(options, link, send);
  send({ type: "ready", linkPort: link.port });
}

/** Time for recordings to be closed. */
const leaveMs = 4000;

async function leave(): Promise<void> {
  setTimeout(() => process.exit(1), leaveMs).unref();
  await engine?.[Symbol.asyncDispose]();
  process.exit(0);
}

process.on("message", (message: ToProcess) => {
  if ("serve" in message) return serve(message.serve);
  // Nothing is asked of a process before it is told what to serve.
  if (!engine) return;
  if ("command" in message) {
    if (message.command.type === "shut-down") void leave();
    else engine.run(message.command);
    return;
  }
  const { requestId, request } = message;
  engine.serve(request).then(
    (value) => send({ type: "reply", requestId, value }),
    (error: unknown) => send({ type: "reply", requestId, error: wireError(error) }),
  );
});

// The parent is gone, however it went: recordings are closed, then we go too.
process.on("disconnect", () => void leave());
// A signal to the whole group (Ctrl-C) is the parent's to handle: it ends calls first.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);

let usage = process.cpuUsage();
setInterval(() => {
  const used = process.cpuUsage(usage);
  usage = process.cpuUsage();
  if (engine)
    send({ type: "status", cpuPercent: Math.round((used.user + used.system) / (statusEveryMs * 10)) });
}, statusEveryMs).unref();
