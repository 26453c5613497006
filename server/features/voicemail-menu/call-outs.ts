/**
 * Boxes that call about their messages: the telephone of one of ours, or a number outside, through the door like any other
 * call. The rows (`voicemail/queries-call-out.ts`) decide; what a crash cut off is found by them at the next look.
 *
 *   a message ──▶ due ── its hours, its time ──▶ calling ── the box was opened, or all is heard elsewhere ──▶ over
 *                  ▲                               │ └───── in vain for the last time, or never possible ───▶ given up
 *                  └────── in vain; our fault ─────┘                           a newer message: due again ◀──────┘
 */
import type { CallOutReason } from "../../../shared/voicemail.ts";
import { nextOpening } from "../../../shared/hours.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { newId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { CallPlan, Calls } from "../calls/index.ts";
import { readSettings } from "../settings/index.ts";
import {
  type CallOut,
  claimCallOut,
  endCallOutTry,
  forgetCallOut,
  openCallOuts,
  personOfBox,
  settleCallOuts,
} from "../voicemail/index.ts";
import type { VoicemailMenus } from "./menus.ts";

export interface CallOuts extends AsyncDisposable {
  /** The box was opened on the call: nobody is called about it any more. */
  told(boxId: number): Promise<void>;
  /** Makes calls agree with the rows; from the start of the server on, every few seconds. */
  look(): Promise<void>;
  start(): Promise<void>;
}

const everyMs = 5_000;
/** After a fault on our side, or where it will be possible later. */
const soonMs = 60_000;
/** Outcomes that were no try of theirs. */
const faults = new Set(["crashed", "failed", "trunk-failed", "cancelled", "given-up"]);

const pauseOf = ({ rules }: CallOut) => (rules?.pauseMinutes ?? 1) * 60_000;

export function createCallOuts(deps: {
  database: Database;
  agents: Pick<AgentRegistry, "get">;
  calls: Pick<Calls, "placeCalls" | "isPlacing" | "get" | "giveUp" | "dropLine">;
  menus: () => Pick<VoicemailMenus, "callPhone">;
  clock: Clock;
  events: EventBus;
  log: Log;
}): CallOuts {
  const { database, calls, clock, events, log } = deps;
  /** Telephones of ours that ring or are in the menu. */
  const phones = new Set<string>();
  /** The last call of each box, since the start of the server. */
  const last = new Map<number, string>();
  let looking: Promise<void> | undefined;
  let timeZone = "UTC";

  const end = (one: CallOut, next: { afterMs: number | null; counts: boolean; result: string | null }) => {
    const { afterMs, counts, result } = next;
    const dueAt = afterMs === null ? null : new Date(clock.now() + afterMs);
    log.info({ boxId: one.boxId, result, gaveUp: afterMs === null }, "a box has called");
    return database.transact((tx) => endCallOutTry(tx, one, { dueAt, counts, result }));
  };
  const giveUp = (one: CallOut, result: CallOutReason) => end(one, { afterMs: null, counts: false, result });
  const later = (one: CallOut, result: CallOutReason) =>
    end(one, { afterMs: pauseOf(one), counts: false, result });

  function vain(one: CallOut, outcome: string): Promise<void> {
    if (faults.has(outcome)) return end(one, { afterMs: soonMs, counts: false, result: outcome });
    const isLast = one.tries + 1 >= (one.rules?.tries ?? 1);
    return end(one, { afterMs: isLast ? null : pauseOf(one), counts: true, result: outcome });
  }

  const told = (boxId: number) => database.transact((tx) => forgetCallOut(tx, boxId));
  const isUp = (callId: string | undefined) =>
    callId !== undefined &&
    (phones.has(callId) || calls.isPlacing(callId) || calls.get(callId) !== undefined);

  const planOf = ({ boxId, boxName, userId }: CallOut, callId: string, phone: string): CallPlan => ({
    callId,
    direction: "outbound",
    origin: "voicemail",
    phone,
    name: boxName,
    timeZone,
    campaign: null,
    listId: null,
    leadId: null,
    customerId: null,
    leadAttempts: 0,
    agentUserId: null,
    ...(userId !== null && { askedBy: userId }),
    tellsOfBox: boxId,
    // The box has its own.
    atAnyHour: true,
  });

  async function callOutside(one: CallOut, phone: string): Promise<void> {
    if (!one.hasPin) return giveUp(one, "no-pin");
    const callId = newId(clock.now());
    last.set(one.boxId, callId);
    const [placed] = await calls.placeCalls(
      async (tx) => ((await claimCallOut(tx, one.boxId, callId)) ? [planOf(one, callId, phone)] : []),
      callId,
    );
    if (!placed || placed.allowed) return undefined;
    const claimed = { ...one, callId };
    if (placed.retryAt === null) return giveUp(claimed, "refused-for-good");
    const afterMs = Math.max(soonMs, placed.retryAt - clock.now());
    return end(claimed, { afterMs, counts: false, result: "refused" });
  }

  async function callInside(one: CallOut, extension: string): Promise<void> {
    const { boxId } = one;
    const userId = await personOfBox(database.db, boxId, extension);
    if (userId === undefined) return giveUp(one, "extension-unknown");
    // They see the message there.
    if (deps.agents.get(userId)?.legUp) return later(one, "at-desk");
    const over = { legId: "" };
    const legId = await deps.menus().callPhone(userId, boxId, {
      opened: () => told(boxId),
      ended() {
        phones.delete(over.legId);
        void look();
      },
    });
    if (legId === undefined) return later(one, "phone-offline");
    over.legId = legId;
    phones.add(legId);
    last.set(boxId, legId);
    const isOurs = await database.transact((tx) => claimCallOut(tx, boxId, legId));
    if (!isOurs) calls.dropLine(legId);
    return undefined;
  }

  async function due(one: CallOut): Promise<void> {
    const now = clock.now();
    const opens = one.rules && nextOpening(one.rules.hours, now, timeZone);
    if (!one.rules || opens === null || one.dueAt.getTime() > now) return;
    // One that was left while they are in the menu.
    if (isUp(last.get(one.boxId))) return;
    if (opens > now) return end(one, { afterMs: opens - now, counts: false, result: null });
    const { to } = one.rules;
    return to.startsWith("+") ? callOutside(one, to) : callInside(one, to);
  }

  async function calling(one: CallOut): Promise<void> {
    const callId = one.callId!;
    if (isUp(callId)) {
      if (one.hasUnheard) return;
      // Heard elsewhere: it stops ringing.
      if (phones.has(callId)) calls.dropLine(callId);
      else calls.giveUp(callId);
    } else if (!one.call || one.call.closed)
      await vain(one, one.call?.outcome ?? (last.get(one.boxId) === callId ? "no-answer" : "crashed"));
  }

  async function lookOnce(): Promise<void> {
    timeZone = (await readSettings(database.db)).timeZone;
    await database.transact((tx) => settleCallOuts(tx, new Date(clock.now())));
    for (const one of await openCallOuts(database.db)) {
      await (one.state === "due" ? due(one) : calling(one)).catch(async (error: unknown) => {
        log.error({ err: error, boxId: one.boxId }, "a box could not call");
        await end(one, { afterMs: soonMs, counts: false, result: "failed" });
      });
    }
  }

  /** One look after another; one that is asked for meanwhile comes after it. */
  async function look(): Promise<void> {
    const before = looking;
    const mine = (async () => {
      await before;
      await lookOnce().catch((error: unknown) => log.error({ err: error }, "boxes that call were not read"));
    })();
    looking = mine;
    await mine;
    if (looking === mine) looking = undefined;
  }

  const stops: (() => void)[] = [];
  return {
    told,
    look,
    async start() {
      const timer = clock.every(everyMs, () => void (looking ?? look()));
      stops.push(
        () => timer.cancel(),
        events.on("voicemail.changed", () => void look()),
        events.on("call.closed", ({ callId }) => {
          if ([...last.values()].includes(callId)) void look();
        }),
      );
      await look();
    },
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      await looking;
    },
  };
}
