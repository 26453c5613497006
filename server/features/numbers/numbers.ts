/** Where callers are led: asked once for each call that comes in. */
import { wallClock } from "../../../shared/hours.ts";
import type { NumberTarget } from "../../../shared/numbers.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Calendars } from "../calendars/index.ts";
import { regionOf } from "../caller-ids/index.ts";
import { readSettings } from "../settings/index.ts";
import { asksWho, decideRoute, type Looked, nobodyKnown } from "./decide.ts";
import { type CallerRecord, callerRecord } from "./queries-caller.ts";
import { routesOf } from "./queries.ts";

export interface Arriving {
  /** The dialled number, E.164 where it can be read. */
  called: string;
  /** null: whatever trunk it came by. */
  trunkId: number | null;
  /** E.164 where it can be read; null: withheld. */
  phone: string | null;
  /** ms since the epoch. */
  at: number;
}

export interface Led {
  /** Undefined: nowhere. */
  target: NumberTarget | undefined;
  /** The name of the rule; null: the default, or none. */
  rule: string | null;
  looked: readonly Looked[];
  caller: CallerRecord;
  region: string | null;
}

export interface Numbers extends Disposable {
  /** `explain`: who calls is looked up in any case. */
  leadsTo(arriving: Arriving, explain?: boolean): Promise<Led>;
}

export function createNumbers(deps: { database: Database; calendars: Calendars; events: EventBus }): Numbers {
  const { db } = deps.database;
  let timeZone: Promise<string> | undefined;
  const companyZone = () => {
    timeZone ??= readSettings(db).then((settings) => settings.timeZone);
    timeZone.catch(() => (timeZone = undefined));
    return timeZone;
  };
  const stop = deps.events.on("settings.changed", () => void (timeZone = undefined));
  return {
    async leadsTo({ called, trunkId, phone, at }, explain = false) {
      const rows = await routesOf(db, { phone: called, trunkId });
      const region = phone === null ? null : regionOf(phone);
      const isKnown = phone !== null && (explain || asksWho(rows));
      const caller = isKnown ? await callerRecord(db, phone) : nobodyKnown;
      const wall = wallClock(at, await companyZone());
      const daysOf = deps.calendars.daysOf.bind(deps.calendars);
      const looked = decideRoute(rows, { phone, region, caller, wall, daysOf });
      const last = looked.at(-1);
      const led = last?.fits ? last.row : undefined;
      return { target: led?.target, rule: led?.rule ?? null, looked, caller, region };
    },
    [Symbol.dispose]: stop,
  };
}
