/** Scripts of flows, one after the other in a thread that is started when it is first needed, and again when it fails. */
import { Worker } from "node:worker_threads";
import type { Log } from "../../kernel/log.ts";

export interface ScriptTask {
  id: number;
  code: string;
  variables: Readonly<Record<string, string>>;
  limitMs: number;
}
export type ScriptAnswer =
  | { id: number; exit: string | null; variables: Record<string, string> }
  | { id: number; error: string };

export interface Scripts extends AsyncDisposable {
  /** Never rejects. */
  run(
    code: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<{ exit: string | null; variables: Record<string, string> } | { error: string }>;
}

/** A script decides; it does not work. */
const limitMs = 200;
/** For those that wait their turn, and for a thread that hangs. */
const patienceMs = 5000;

export function createScripts({ log }: { log: Log }): Scripts {
  let worker: Worker | undefined;
  let tasks = 0;
  const waiting = new Map<number, (answer: ScriptAnswer) => void>();

  function fail(error: string): void {
    worker = undefined;
    for (const [id, answer] of waiting) answer({ id, error });
    waiting.clear();
  }

  function start(): Worker {
    const made = new Worker(new URL("./script-worker.ts", import.meta.url), {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 128 },
    });
    made.unref();
    const gone = (reason: string) => {
      if (worker === made) fail(reason);
    };
    made.on("message", (answer: ScriptAnswer) => waiting.get(answer.id)?.(answer));
    made.on("error", (error) => {
      log.error({ err: error }, "the thread for scripts failed");
      gone("thread");
    });
    made.on("exit", () => gone("thread"));
    return (worker = made);
  }

  return {
    run(code, variables) {
      const id = ++tasks;
      return new Promise((resolve) => {
        const hung = setTimeout(() => {
          void worker?.terminate();
          fail("hung");
        }, patienceMs);
        waiting.set(id, (answer) => {
          clearTimeout(hung);
          waiting.delete(id);
          resolve(answer);
        });
        (worker ?? start()).postMessage({ id, code, variables, limitMs } satisfies ScriptTask);
      });
    },
    async [Symbol.asyncDispose]() {
      const last = worker;
      fail("over");
      await last?.terminate();
    },
  };
}
