/**
 * Whether a trunk's carrier does its work: one that refuses every call, or answers all of them with silence, gets a call
 * now and then to try, instead of the whole list.
 *
 *   working ── eight refusals in a row, or five silent talks ──▶ failing ── a trial each 15 s, then 30 s … 4 min
 *      ▲                                                            │
 *      └────────── a call that rings, or is heard ──────────────────┘
 */
import type { Clock } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { CallView } from "../calls/index.ts";

export interface CarrierFault {
  /** Its calls come to nothing; or they are answered and not a sound comes. */
  kind: "refuses" | "silent";
  calls: number;
  /** The last one's cause, in the switch's words. */
  cause: string;
  /** A call may be tried now. */
  trialDue: boolean;
}

export interface CarrierHealth extends Disposable {
  faultOf(trunkId: number): CarrierFault | undefined;
  /** A trial is on its way. */
  tried(trunkId: number): void;
}

const mostRefusals = 8;
const mostSilent = 5;
/** Who says nothing for so long is not a person who hesitates: no packet came at all. */
const silentAfterMs = 3_000;
const firstTrialMs = 15_000;
const longestTrialMs = 240_000;
const refusals = new Set(["trunk-failed", "congestion"]);
const inTalk = new Set(["talking", "connecting"]);

interface Record {
  refused: number;
  silent: number;
  cause: string;
  trialMs: number;
  trialDue: boolean;
  timer?: Disposable;
}

export function createCarrierHealth({ clock, events }: { clock: Clock; events: EventBus }): CarrierHealth {
  const records = new Map<number, Record>();
  const recordOf = (trunkId: number): Record => {
    let record = records.get(trunkId);
    if (!record)
      records.set(
        trunkId,
        (record = { refused: 0, silent: 0, cause: "", trialMs: firstTrialMs, trialDue: false }),
      );
    return record;
  };
  const isFailing = ({ refused, silent }: Record) => refused >= mostRefusals || silent >= mostSilent;

  function wait(record: Record): void {
    record.timer?.[Symbol.dispose]();
    record.trialDue = false;
    record.timer = clock.after(record.trialMs, () => (record.trialDue = true));
    record.trialMs = Math.min(longestTrialMs, record.trialMs * 2);
  }

  function bad(trunkId: number, kind: "refused" | "silent", cause: string): void {
    const record = recordOf(trunkId);
    const before = isFailing(record);
    record[kind]++;
    record.cause = cause;
    if (!before && isFailing(record)) wait(record);
  }

  function good(trunkId: number, kind: "refused" | "silent"): void {
    const record = records.get(trunkId);
    if (!record) return;
    record[kind] = 0;
    if (isFailing(record)) return;
    record.timer?.[Symbol.dispose]();
    record.trialDue = false;
    record.trialMs = firstTrialMs;
  }

  function onCall(call: CallView, from: string | null): void {
    const { trunkId, core } = call;
    if (trunkId === null || call.plan.direction !== "outbound") return;
    if (core.state === "ringing" || core.state === "waiting") return good(trunkId, "refused");
    if (core.state === "closed" && core.outcome !== null && call.answeredAt === null) {
      if (refusals.has(core.outcome)) bad(trunkId, "refused", call.cause ?? core.outcome);
      else good(trunkId, "refused");
    }
    if (from === null || !inTalk.has(from) || inTalk.has(core.state) || call.connectedAt === null) return;
    if (call.heard) good(trunkId, "silent");
    else if ((call.endedAt ?? clock.now()) - call.connectedAt >= silentAfterMs)
      bad(trunkId, "silent", "silence");
  }

  const stop = events.on("call.changed", ({ call, from }) => onCall(call, from));
  return {
    faultOf(trunkId) {
      const record = records.get(trunkId);
      if (!record || !isFailing(record)) return undefined;
      const refuses = record.refused >= mostRefusals;
      return {
        kind: refuses ? "refuses" : "silent",
        calls: refuses ? record.refused : record.silent,
        cause: record.cause,
        trialDue: record.trialDue,
      };
    },
    tried(trunkId) {
      const record = records.get(trunkId);
      if (record && isFailing(record)) wait(record);
    },
    [Symbol.dispose]() {
      stop();
      for (const record of records.values()) record.timer?.[Symbol.dispose]();
    },
  };
}
