import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "./kernel/log.ts";

/** The demonstration's carrier: a SIP endpoint in a process of its own, on loopback. */
export interface CarrierProcess extends AsyncDisposable {
  /** UDP port of its SIP. */
  readonly sip: number;
  /** Its HTTP control, where a call to us can be asked for. */
  readonly control: number;
}

/** People pick up more often and sooner than anywhere, so that the demonstration is never dull. */
const population = {
  human: 0.75,
  voicemail: 0.05,
  ringMeanMs: 4000,
  ringSdMs: 2000,
  talkMeanMs: 60_000,
  talkCv: 0.6,
};

const clip = (name: string) => readFileSync(join(import.meta.dirname, `../tools/carrier/audio/${name}.wav`));

/** What it says, as WAV files, of numbers that do not exist and of phones that are off. */
export const carrierWords = (): { invalid: Buffer; off: Buffer } => ({
  invalid: clip("invalid"),
  off: clip("off"),
});

/** How long it may take to end; it keeps nothing. */
const goodbyeMs = 2_000;

/** Starts it on free ports; it ends with us even when we are killed, for it watches the channel between us. */
export async function startCarrierProcess(
  log: Log,
  people: Record<string, number> = population,
  more: readonly string[] = [],
): Promise<CarrierProcess> {
  const main = join(import.meta.dirname, "../tools/carrier/main.ts");
  const args = ["--port", "0", "--http", "0", "--population", JSON.stringify(people), ...more];
  const child = fork(main, args, {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: [],
  });
  const exited = once(child, "exit");
  const ready = once(child, "message").then(([ports]) => ports as { sip: number; control: number });
  const died = exited.then(([code]): never => {
    throw new Error(`The simulated carrier ended with code ${String(code)}.`);
  });
  const ports = await Promise.race([ready, died]);
  let stopping = false;
  died.catch((error: unknown) => {
    if (!stopping) log.warn({ err: error }, "simulated carrier ended");
  });
  return {
    ...ports,
    async [Symbol.asyncDispose]() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      // The open channel would keep it alive, whatever signal it gets.
      child.disconnect();
      const limit = setTimeout(() => child.kill("SIGKILL"), goodbyeMs);
      await exited;
      clearTimeout(limit);
    },
  };
}
