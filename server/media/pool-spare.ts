import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Clock, Timer } from "../kernel/clock.ts";

/** A start that is over leaves the machine to calls first. */
const fillAfterMs = 5000;

/** Starts a media process; it serves once it is sent its options. */
function forkMedia(): ChildProcess {
  return fork(fileURLToPath(new URL("process.ts", import.meta.url)), {
    serialization: "advanced",
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

/**
 * One media process that has loaded its code and waits, so that the next call after a death finds its successor in
 * milliseconds: a start takes 0.3 s on a quiet machine and 2 s on a busy one. It holds 60 MB.
 */
export class Spare implements AsyncDisposable {
  readonly #clock: Clock;
  #child: ChildProcess | undefined;
  #timer: Timer | undefined;
  #afterMs = fillAfterMs;
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** From now on there is one, so long after the last was taken or died. */
  keep(afterMs = fillAfterMs): void {
    this.#afterMs = afterMs;
    this.#refill();
  }

  /** Whoever dies now has a successor at once. */
  get isWaiting(): boolean {
    return this.#child !== undefined;
  }

  /** The waiting process, or else a new one. The caller sends its options. */
  take(): ChildProcess {
    const child = this.#child ?? forkMedia();
    this.#child = undefined;
    child.off("exit", this.#lost);
    if (this.#timer) this.#refill();
    return child;
  }

  #refill(): void {
    this.#timer?.cancel();
    if (!this.#closed) this.#timer = this.#clock.after(this.#afterMs, () => this.#fill());
  }

  #fill(): void {
    if (this.#child || this.#closed) return;
    const child = forkMedia();
    this.#child = child;
    child.on("error", () => undefined);
    child.once("exit", this.#lost);
  }

  readonly #lost = () => {
    this.#child = undefined;
    this.#refill();
  };

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }
}
