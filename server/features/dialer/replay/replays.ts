import { Worker } from "node:worker_threads";
import type { ReplayResult, ReplaySettings, ReplayState } from "../../../../shared/replay.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { newId } from "../../../kernel/ids.ts";
import type { Log } from "../../../kernel/log.ts";
import type { ReplayWork } from "./worker.ts";

export interface Replays extends AsyncDisposable {
  /** Plays in a thread of its own, one after the other. */
  start(of: { campaignId: number; day: string; settings: ReplaySettings }, work: ReplayWork): ReplayState;
  get(id: string): ReplayState | undefined;
}

/** So many are remembered. */
const kept = 50;

export function createReplays({ clock, log }: { clock: Clock; log: Log }): Replays {
  const states = new Map<string, ReplayState>();
  const live = new Set<Worker>();
  let isClosed = false;
  let queue = Promise.resolve();

  function play(state: ReplayState, work: ReplayWork): Promise<void> {
    if (isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const worker = new Worker(new URL("worker.ts", import.meta.url), { workerData: work });
      live.add(worker);
      worker.on("message", (said: { progress: number; result?: ReplayResult }) => {
        state.progress = said.progress;
        if (!said.result) return;
        state.result = said.result;
        state.state = "done";
      });
      worker.on("error", (error) => log.error({ err: error, replayId: state.id }, "a replay broke"));
      worker.on("exit", () => {
        live.delete(worker);
        if (state.state === "running") state.state = "failed";
        resolve();
      });
    });
  }

  return {
    start(of, work) {
      const state: ReplayState = {
        ...of,
        id: newId(clock.now()),
        state: "running",
        progress: 0,
        result: null,
      };
      states.set(state.id, state);
      for (const id of states.keys()) if (states.size > kept) states.delete(id);
      queue = queue.then(() => play(state, work));
      return state;
    },
    get: (id) => states.get(id),
    async [Symbol.asyncDispose]() {
      isClosed = true;
      await Promise.all([...live].map((worker) => worker.terminate()));
      await queue;
    },
  };
}
