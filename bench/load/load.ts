import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { FromLoad, LoadReport, ToLoad } from "./messages.ts";

/** A load in a process of its own. */
export interface Load extends AsyncDisposable {
  /** Where leg `i` of the load listens. */
  portOf(leg: number): number;
  start(ports: number[], roomSize: number): void;
  /** Moves one leg, or silences it (port 0), while the load runs. */
  setLeg(leg: number, port: number): void;
  /** Counts for so long. */
  measure(ms: number): Promise<LoadReport>;
}

/** The next message of this type that `child` sends. */
export async function next<M extends { type: string }, T extends M["type"]>(
  child: ChildProcess,
  type: T,
): Promise<Extract<M, { type: T }>> {
  for (;;) {
    const [message] = (await once(child, "message")) as [M];
    if (message.type === type) return message as Extract<M, { type: T }>;
  }
}

/** Starts parties on plain RTP. */
export async function openRtpLoad(): Promise<Load> {
  const child = fork(fileURLToPath(new URL("rtp-load-process.ts", import.meta.url)));
  const { ports } = await next<FromLoad, "ready">(child, "ready");
  const say = (message: ToLoad) => void child.send(message);
  return {
    portOf: (leg) => ports[leg % ports.length]!,
    start: (to, roomSize) => say({ type: "start", ports: to, roomSize }),
    setLeg: (leg, port) => say({ type: "leg", leg, port }),
    async measure(ms) {
      say({ type: "reset" });
      await next<FromLoad, "reset">(child, "reset");
      await new Promise((resolve) => setTimeout(resolve, ms));
      say({ type: "report" });
      return await next<FromLoad, "report">(child, "report");
    },
    async [Symbol.asyncDispose]() {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}

/** The session description of a party at `port` of loopback that speaks A-law, and sends its digits as events. */
export function loadSdp(port: number): string {
  const lines = [
    "v=0",
    "o=- 1 1 IN IP4 127.0.0.1",
    "s=-",
    "c=IN IP4 127.0.0.1",
    "t=0 0",
    `m=audio ${port} RTP/AVP 8 101`,
    "a=rtpmap:101 telephone-event/8000",
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}
