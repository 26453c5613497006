import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { AppError } from "../kernel/errors.ts";
import type { Archived } from "./archive-recording.ts";

/** What the process answers, once. */
export interface ArchiveReply {
  archived?: Archived;
  error?: { code: string; message: string };
}

export interface Archiver extends AsyncDisposable {
  /**
   * @throws AppError `archive-differs`, `not-a-recording`, `archive-failed`, `archive-interrupted`;
   * the original is not touched.
   */
  archive(wavPath: string, oggPath: string): Promise<Archived>;
  /** @throws AppError `archive-damaged`, `archive-failed` */
  restore(oggPath: string, wavPath: string): Promise<void>;
}

const entry = fileURLToPath(new URL("archive-process.ts", import.meta.url));
const failed = (message: string) => new AppError("archive-failed", 500, message);

function resultOf(reply: ArchiveReply): ArchiveReply {
  if (reply.error) throw new AppError(reply.error.code, 422, reply.error.message);
  return reply;
}

/**
 * Conversions, each in a process of lowest priority (0.1 s to start, the whole recording in memory: 350 MB an hour of
 * a call). Disposing ends those under way; nothing is lost by that.
 */
export function createArchiver(): Archiver {
  const running = new Set<ReturnType<typeof fork>>();
  let isClosing = false;

  function run(...args: string[]): Promise<ArchiveReply> {
    const child = fork(entry, args, { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
    running.add(child);
    return new Promise((resolve, reject) => {
      let reply: ArchiveReply | undefined;
      child.on("message", (message) => (reply = message as ArchiveReply));
      child.on("error", (error) => reject(failed(error.message)));
      child.once("exit", (code, signal) => {
        running.delete(child);
        if (reply) resolve(reply);
        else if (isClosing) reject(new AppError("archive-interrupted", 503, "The server ends."));
        else reject(failed(`The conversion ended with ${signal ?? `code ${code}`}.`));
      });
    });
  }

  return {
    async archive(wavPath, oggPath) {
      const { archived } = resultOf(await run("archive", wavPath, oggPath));
      if (!archived) throw failed("The conversion told no result.");
      return archived;
    },
    async restore(oggPath, wavPath) {
      resultOf(await run("restore", oggPath, wavPath));
    },
    async [Symbol.asyncDispose]() {
      isClosing = true;
      const ends = [...running].map((child) => {
        const gone = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGKILL");
        return gone;
      });
      await Promise.all(ends);
    },
  };
}
