import { newId } from "../kernel/ids.ts";
import type { LegId, OriginateRequest, Switch, SwitchEvent } from "./switch.ts";
import type { Bench, PartyCall } from "./conformance.ts";

type EventOf<K extends SwitchEvent["type"]> = Extract<SwitchEvent, { type: K }>;

/** Every event of a switch since `watch`, and a way to wait for one. */
export interface Watch {
  readonly events: readonly SwitchEvent[];
  /** The first event of this type that fits, past or to come. */
  until<K extends SwitchEvent["type"]>(type: K, fits?: (event: EventOf<K>) => boolean): Promise<EventOf<K>>;
  of(legId: LegId): string[];
}

export function watch(sw: Switch): Watch {
  const events: SwitchEvent[] = [];
  const waiters = new Set<(event: SwitchEvent) => void>();
  sw.on((event) => {
    events.push(event);
    for (const waiter of waiters) waiter(event);
  });
  return {
    events,
    of: (legId) => events.flatMap((event) => ("legId" in event && event.legId === legId ? [event.type] : [])),
    until(type, fits = () => true) {
      const isIt = (event: SwitchEvent): event is EventOf<typeof type> =>
        event.type === type && fits(event as EventOf<typeof type>);
      const past = events.find(isIt);
      if (past) return Promise.resolve(past);
      return new Promise((resolve) => {
        const waiter = (event: SwitchEvent) => {
          if (!isIt(event)) return;
          waiters.delete(waiter);
          resolve(event);
        };
        waiters.add(waiter);
      });
    },
  };
}

export const isLeg = (legId: LegId) => (event: { legId: LegId }) => event.legId === legId;

let lastNumber = 0;

/** Places a call to the party and gives both ends of it. */
export async function place(
  { sw, party }: Bench,
  change: Change = {},
): Promise<{ legId: LegId; far: PartyCall }> {
  const called = party.nextCall();
  const legId = dial(sw, change);
  return { legId, far: await called };
}

type Change = Partial<OriginateRequest> & { trunkIds?: readonly number[] };

/** Originates a call to a number of its own over trunk 1, or as `change` says. */
export function dial(sw: Switch, { trunkIds = [1], ...change }: Change = {}): LegId {
  const legId = newId();
  lastNumber += 1;
  const number = `+86138001${String(lastNumber).padStart(5, "0")}`;
  sw.originate({
    legId,
    destination: { kind: "trunk", trunkIds, number },
    callerId: "+861065529988",
    ringTimeoutMs: 30_000,
    affinity: "bench",
    ...change,
  });
  return legId;
}

/** A call that is up. */
export async function talk(
  bench: Bench,
  seen: Watch,
  change: Partial<OriginateRequest> = {},
): Promise<{ legId: LegId; far: PartyCall }> {
  const call = await place(bench, change);
  call.far.answer();
  await seen.until("leg-answered", isLeg(call.legId));
  return call;
}

/** Louder than this is heard: tones are sent at -13 dBm0. */
const heardDbm0 = -25;
const unheardDbm0 = -45;

/** Listens until every tone in `hears` is there and every one in `not` is gone; the test's time limit is the end of patience. */
export async function hears(far: PartyCall, hears: number[], not: number[] = []): Promise<void> {
  for (;;) {
    const levels = await far.hear(...hears, ...not);
    const isThere = levels.slice(0, hears.length).every((level) => level > heardDbm0);
    const isGone = levels.slice(hears.length).every((level) => level < unheardDbm0);
    if (isThere && isGone) return;
  }
}
