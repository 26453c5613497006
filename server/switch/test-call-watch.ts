import type { Clock } from "../kernel/clock.ts";
import type { LegId, LegStats, Switch, SwitchEvent, TrunkConfig } from "./switch.ts";

type Ended = SwitchEvent & { type: "leg-ended" };

/** The last counts of a leg come just after its end. */
const lastStatsMs = 500;

export interface TestCallSeen {
  end: Ended;
  rang: boolean;
  answeredAfterMs?: number;
  codec?: TrunkConfig["codecs"][number];
  stats?: LegStats;
}

/** Collects what the switch tells of one leg, from before it is placed. */
export function watchTestCall(
  sw: Switch,
  clock: Clock,
  legId: LegId,
): { answered: Promise<boolean>; finish(): Promise<TestCallSeen> } {
  const startedAt = clock.now();
  const seen: Omit<TestCallSeen, "end"> = { rang: false };
  const answered = Promise.withResolvers<boolean>();
  const ended = Promise.withResolvers<Ended>();
  const counted = Promise.withResolvers<void>();
  let isOver = false;
  const forget = sw.on((event) => {
    if (!("legId" in event) || event.legId !== legId) return;
    if (event.type === "sip" && event.direction === "in") seen.codec = codecOf(event.text) ?? seen.codec;
    if (event.type === "leg-progress") seen.rang ||= event.ringing || event.earlyMedia;
    if (event.type === "leg-stats") {
      seen.stats = event.stats;
      if (isOver) counted.resolve();
    }
    if (event.type === "leg-answered") {
      seen.answeredAfterMs = event.at - startedAt;
      answered.resolve(true);
    }
    if (event.type === "leg-ended") {
      isOver = true;
      answered.resolve(false);
      ended.resolve(event);
    }
  });
  return {
    answered: answered.promise,
    async finish() {
      const end = await ended.promise;
      const limit = clock.after(lastStatsMs, () => counted.resolve());
      if (seen.answeredAfterMs !== undefined) await counted.promise;
      limit.cancel();
      forget();
      return { ...seen, end };
    },
  };
}

const staticTypes: Readonly<Record<string, TestCallSeen["codec"]>> = { 0: "PCMU", 8: "PCMA", 9: "G722" };

/** The codec of an SDP body: its first payload type (RFC 3551 §6). */
function codecOf(message: string): TestCallSeen["codec"] {
  const type = /^m=audio \d+ \S+ (\d+)/m.exec(message)?.[1] ?? "";
  return (
    staticTypes[type] ?? (new RegExp(`^a=rtpmap:${type} opus/`, "im").test(message) ? "OPUS" : undefined)
  );
}
