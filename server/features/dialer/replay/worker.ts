import { parentPort, workerData } from "node:worker_threads";
import type { ReplaySettings } from "../../../../shared/replay.ts";
import type { RecordedDay } from "./recorded-day.ts";
import { replay } from "./replay.ts";

export interface ReplayWork {
  day: RecordedDay;
  settings: ReplaySettings;
  maxLines: number;
}

// The entry of a thread: it plays one day and says how far it is.
if (parentPort) {
  const port = parentPort;
  const { day, settings, maxLines } = workerData as ReplayWork;
  const result = replay(day, settings, { maxLines }, (progress) => port.postMessage({ progress }));
  port.postMessage({ progress: 1, result });
}
