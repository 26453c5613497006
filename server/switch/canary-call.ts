import type { CanaryAudio, CanaryCall, CanaryFailure } from "../../shared/canary.ts";
import type { Clock } from "../kernel/clock.ts";
import { newId } from "../kernel/ids.ts";
import { canaryToneDbm0, measureTone } from "./canary-audio.ts";
import type { Destination, LegId, Switch, SwitchEvent } from "./switch.ts";

const setupLimitMs = 5000;
const endLimitMs = 3000;
/** Tones of 20 ms of whole periods that no network plays by itself. */
const [thereHz, backHz] = [650, 1150];
const [mostDelayMs, mostLostMs, mostOffDb] = [500, 150, 3];

export interface CanaryRoute {
  destination: Destination;
  /** Shown as the caller; the call comes back to it. Nobody has this number: country code 999 is not assigned. */
  token: string;
}

type EventOf<K extends SwitchEvent["type"]> = SwitchEvent & { type: K };

/** Waits for events of the switch, from the moment it is made on. */
function watcher(sw: Switch, clock: Clock) {
  const seen: SwitchEvent[] = [];
  const waiters = new Set<() => void>();
  const forget = sw.on((event) => {
    seen.push(event);
    for (const look of waiters) look();
  });
  return {
    /** The first event that fits, past or to come; undefined when `limitMs` are over. */
    until<K extends SwitchEvent["type"]>(
      type: K,
      fits: (event: EventOf<K>) => boolean,
      limitMs: number,
    ): Promise<EventOf<K> | undefined> {
      const { promise, resolve } = Promise.withResolvers<EventOf<K> | undefined>();
      const find = () =>
        seen.find((event): event is EventOf<K> => event.type === type && fits(event as EventOf<K>));
      const look = () => {
        const found = find();
        if (found) resolve(found);
      };
      waiters.add(look);
      const limit = clock.after(limitMs, () => resolve(undefined));
      look();
      return promise.finally(() => {
        waiters.delete(look);
        limit.cancel();
      });
    },
    forget,
  };
}

type Watcher = ReturnType<typeof watcher>;

const failed = (failure: CanaryFailure, detail: Record<string, unknown> = {}) => ({ failure, detail });

/**
 * One call that leaves the switch, comes back to it, carries a tone each way and ends. `mine` is told each leg as it
 * appears, before the switch tells anybody. Takes about two seconds; 15 at most.
 */
export async function placeCanaryCall(
  sw: Switch,
  clock: Clock,
  { destination, token }: CanaryRoute,
  mine: (legId: LegId) => void,
): Promise<CanaryCall> {
  const watch = watcher(sw, clock);
  const out = newId(clock.now());
  const placedAt = clock.now();
  const result: CanaryCall = {
    at: new Date(placedAt).toISOString(),
    failure: null,
    detail: {},
    setupMs: null,
    there: null,
    back: null,
  };
  mine(out);
  try {
    sw.originate({
      legId: out,
      destination,
      callerId: token,
      ringTimeoutMs: 10_000,
      affinity: `canary-${out}`,
    });
    const returned = await until(watch, out, "leg-incoming", (event) => event.to === token);
    if (!returned) return { ...result, ...(await whyNot(watch, out, "no-return")) };
    const back = returned.legId;
    await sw.answer(back, `canary-${back}`);
    const answered = await until(watch, out, "leg-answered", (event) => event.legId === out);
    if (!answered) return { ...result, ...(await whyNot(watch, out, "no-answer")) };
    result.setupMs = answered.at - placedAt;
    const [there, backwards] = await Promise.all([
      measureTone(sw, clock, { from: out, to: back, hz: thereHz }),
      measureTone(sw, clock, { from: back, to: out, hz: backHz }),
    ]);
    result.there = there ?? null;
    result.back = backwards ?? null;
    sw.hangup(out);
    const ended = await watch.until("leg-ended", (event) => event.legId === back, endLimitMs);
    const verdict = judge(result.there, result.back) ?? (ended ? undefined : failed("not-ended"));
    return { ...result, ...verdict };
  } finally {
    sw.hangup(out);
    watch.forget();
  }
}

/** Waits for the event, or for the end of the call. */
async function until<K extends SwitchEvent["type"]>(
  watch: Watcher,
  out: LegId,
  type: K,
  fits: (event: EventOf<K>) => boolean,
): Promise<EventOf<K> | undefined> {
  const over = watch.until("leg-ended", (event) => event.legId === out, setupLimitMs);
  return Promise.race([watch.until(type, fits, setupLimitMs), over.then(() => undefined)]);
}

async function whyNot(watch: Watcher, out: LegId, otherwise: CanaryFailure) {
  const ended = await watch.until("leg-ended", (event) => event.legId === out, 0);
  if (!ended) return failed(otherwise);
  return failed("refused", { cause: ended.cause, sipStatus: ended.sipStatus ?? null });
}

function judge(there: CanaryAudio | null, back: CanaryAudio | null) {
  if (!there && !back) return failed("silent");
  if (!there) return failed("silent-there");
  if (!back) return failed("silent-back");
  const worst = (of: (audio: CanaryAudio) => number) => Math.max(of(there), of(back));
  const delayMs = worst((audio) => audio.delayMs);
  if (delayMs > mostDelayMs) return failed("late", { delayMs });
  const lostMs = worst((audio) => audio.lostMs);
  if (lostMs > mostLostMs) return failed("gaps", { lostMs });
  const offDb = worst((audio) => Math.abs(audio.levelDbm0 - canaryToneDbm0));
  if (offDb > mostOffDb) return failed("level", { offDb: Math.round(offDb * 10) / 10 });
  return undefined;
}
