import type { ChildProcess } from "node:child_process";
import { AppError } from "../kernel/errors.ts";
import type { Clock, Timer } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import type { Command, FromProcess, ProcessOptions, ReplyValue, Request, ToProcess } from "./messages.ts";
import type { Spare } from "./pool-spare.ts";
import type { MediaEvent, TapFrame } from "./types.ts";

/** A process that dies younger than this is started again with a pause, but for a spare that waits. */
const youngMs = 1000;
/** Starts that fail before one succeeds; then the pool gives up. */
const maxFirstStarts = 3;
/**
 * A process that says nothing over this many checks and this long is stuck, and killed. Both, so that neither a sleep
 * of the machine nor a clock that leaps kills one that is well.
 */
const watchEveryMs = 5000;
const maxMissed = 4;
const maxUnheardMs = 15_000;
/** Time to close recordings before a process is killed. */
const shutDownMs = 5000;

export interface PoolProcessOptions {
  process: ProcessOptions;
  spare: Spare;
  clock: Clock;
  log: Log;
  onEvent: (event: MediaEvent) => void;
  onReady: (host: PoolProcess) => void;
  onTap: (tapId: string, frame: TapFrame) => void;
  /** These taps will deliver no more. */
  onDied: (tapIds: string[]) => void;
}

interface Waiting {
  resolve(value: ReplyValue): void;
  reject(error: Error): void;
}

const died = () => new AppError("media-process-died", 503, "The media process of this call died.");

/** One forked media process, started again when it dies. */
export class PoolProcess implements AsyncDisposable {
  readonly legIds = new Set<string>();
  readonly tapIds = new Set<string>();
  restarts = 0;
  cpuPercent = 0;
  /** Where it takes packets from other media processes. */
  linkPort = 0;
  readonly ready: Promise<void>;
  readonly #options: PoolProcessOptions;
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess;
  #startedAt = 0;
  #requestId = 0;
  #closing = false;
  #restart: Timer | undefined;
  #missed = 0;
  #heardAt = performance.now();
  readonly #watch: Timer;
  readonly #ready = Promise.withResolvers<void>();
  #everReady = false;
  /** Events that came with a reply. */
  #held: MediaEvent[] | undefined;

  constructor(options: PoolProcessOptions) {
    this.#options = options;
    this.ready = this.#ready.promise;
    this.#child = this.#start();
    this.#watch = options.clock.every(watchEveryMs, () => this.#checkAlive());
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get alive(): boolean {
    return this.#child.connected;
  }

  request(request: Request): Promise<ReplyValue> {
    if (!this.alive) return Promise.reject(died());
    const requestId = ++this.#requestId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(requestId, { resolve, reject });
      this.#post({ requestId, request });
    });
  }

  run(command: Command): void {
    if (this.alive) this.#post({ command });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true;
    this.#restart?.cancel();
    this.#watch.cancel();
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    this.run({ type: "shut-down" });
    const timer = this.#options.clock.after(shutDownMs, () => child.kill("SIGKILL"));
    await gone;
    timer.cancel();
  }

  #post(message: ToProcess): void {
    // The exit handler rejects what was under way; a broken channel needs no other word.
    this.#child.send(message, () => undefined);
  }

  #start(): ChildProcess {
    const child = this.#options.spare.take();
    child.send({ serve: this.#options.process } satisfies ToProcess, () => undefined);
    this.#startedAt = this.#options.clock.now();
    child.on("message", (message) => this.#take(message as FromProcess));
    child.on("error", (error) => this.#options.log.error({ err: error }, "media process"));
    child.once("exit", (code, signal) => this.#exited(code, signal));
    return child;
  }

  #take(message: FromProcess): void {
    const { log, onTap } = this.#options;
    this.#missed = 0;
    this.#heardAt = performance.now();
    switch (message.type) {
      case "ready":
        this.#everReady = true;
        this.linkPort = message.linkPort;
        this.#options.onReady(this);
        return this.#ready.resolve();
      case "event":
        return this.#tell(message.event);
      case "tap":
        return onTap(message.tapId, message.frame);
      case "status":
        this.cpuPercent = message.cpuPercent;
        return;
      case "log":
        return log[message.level]({ pid: this.pid, legId: message.legId }, message.message);
      case "reply": {
        const waiting = this.#waiting.get(message.requestId);
        this.#waiting.delete(message.requestId);
        const { error } = message;
        if (error) waiting?.reject(new AppError(error.code, error.status, error.message, error.detail));
        else waiting?.resolve(message.value ?? {});
        if (this.#held) return;
        this.#held = [];
        setImmediate(() => this.#release());
      }
    }
  }

  /**
   * Who asked hears the reply first: what was read from the process in one piece is dispatched before any promise goes on,
   * and the end of a short playback would be told before anybody knows its id.
   */
  #tell(event: MediaEvent): void {
    if (this.#held) this.#held.push(event);
    else this.#options.onEvent(event);
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const event of held) this.#options.onEvent(event);
  }

  #checkAlive(): void {
    const isUnheard = performance.now() - this.#heardAt > maxUnheardMs;
    if (++this.#missed < maxMissed || !isUnheard || !this.alive) return;
    this.#options.log.error({ pid: this.pid }, "media process is stuck; it is killed");
    this.#child.kill("SIGKILL");
  }

  #exited(code: number | null, signal: NodeJS.Signals | null): void {
    const { log, clock, onEvent } = this.#options;
    for (const waiting of this.#waiting.values()) waiting.reject(died());
    this.#waiting.clear();
    this.cpuPercent = 0;
    this.#options.onDied([...this.tapIds]);
    this.#release();
    const lost = [...this.legIds];
    this.legIds.clear();
    if (this.#closing) return;
    log.error({ pid: this.pid, code, signal, legs: lost.length }, "media process died");
    if (!this.#everReady && this.restarts + 1 >= maxFirstStarts) {
      const message = `Media processes do not start (${signal ?? `exit code ${code}`}); their own words are on stderr.`;
      return this.#ready.reject(new AppError("media-does-not-start", 500, message));
    }
    const isYoung = clock.now() - this.#startedAt < youngMs;
    const pauseMs = isYoung && !this.#options.spare.isWaiting ? youngMs : 0;
    const restart = () => {
      this.restarts++;
      this.#child = this.#start();
    };
    if (pauseMs > 0) this.#restart = clock.after(pauseMs, restart);
    else restart();
    for (const legId of lost) onEvent({ type: "leg-lost", legId, cause: "media-process-died" });
  }
}
