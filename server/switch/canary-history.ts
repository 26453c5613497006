import type { CanaryCall, CanaryWay } from "../../shared/canary.ts";
import type { Log } from "../kernel/log.ts";

const hourMs = 3_600_000;
/** One call may be lost to a busy moment; two in a row are an alarm. */
const alarmAfter = 2;

export interface CanaryHistory {
  /** Ways that are not named are forgotten. */
  keep(ways: readonly Pick<CanaryWay, "key" | "kind" | "trunkId" | "name">[]): void;
  add(key: string, call: CanaryCall): void;
  ways(): CanaryWay[];
}

/** What became of the canary calls of the last hour. A way that fails is told to the log once, and once when it works again. */
export function createCanaryHistory(log: Log): CanaryHistory {
  let ways: CanaryWay[] = [];
  const alarmed = new Set<string>();
  return {
    keep(wanted) {
      ways = wanted.map((way) => {
        const known = ways.find(({ key }) => key === way.key);
        return { ...way, state: known?.state ?? "waiting", calls: known?.calls ?? [] };
      });
    },
    add(key, call) {
      const way = ways.find((each) => each.key === key);
      if (!way) return;
      const oldest = Date.parse(call.at) - hourMs;
      way.calls = [...way.calls.filter(({ at }) => Date.parse(at) > oldest), call];
      const isAlarm =
        way.calls.slice(-alarmAfter).filter(({ failure }) => failure !== null).length === alarmAfter;
      way.state = call.failure === null ? "ok" : isAlarm ? "failed" : "warning";
      if (way.state === "failed" && !alarmed.has(key)) {
        alarmed.add(key);
        log.error({ way: key, failure: call.failure, ...call.detail }, "canary calls fail");
      } else if (way.state === "ok" && alarmed.delete(key)) log.info({ way: key }, "canary calls work again");
    },
    ways: () => structuredClone(ways),
  };
}
