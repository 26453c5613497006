/**
 * Transfers that an agent's telephone asks for (REFER). The wish comes up as an event: a colleague who is ready
 * takes the call at once; a number outside is called through the door like any other, and when it answers, it
 * and the customer talk alone until one of them hangs up. The agent stays on the call until somebody has it.
 *
 *   asked ── colleague is ready ─────────────────────────▶ handed on
 *     │  └── number: allowed ──▶ placed ── answered ─────▶ bridged ── either side ends ──▶ both end
 *     ▼                            │
 *   refused, said to the phone ◀───┘ refused by the gate, busy, no answer: the agent keeps the customer
 */
import type { Clock } from "../../kernel/clock.ts";
import type { Tx } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { newId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import type { Switch, SwitchEvent } from "../../switch/switch.ts";
import { type Agent, type AgentRegistry, userOfSip } from "../agents/index.ts";
import { findCustomerByPhone } from "../customers/index.ts";
import { readSettings } from "../settings/index.ts";
import type { ActiveCall, CallPlan } from "./active-call.ts";
import type { AgentLegs } from "./agent-legs.ts";
import type { Effects } from "./effects.ts";
import type { Door } from "./place-call.ts";
import type { CallRunner } from "./runner.ts";

type Asked = SwitchEvent & { type: "leg-transfer-requested" };

/** A call to the target of a transfer, and the call that it is for. */
interface Link {
  originalId: string;
  userId: number;
  /** The leg of the agent who asked: it is told how it goes. */
  agentLegId: string;
  bridged: boolean;
}

async function planOf(tx: Tx, callId: string, to: string): Promise<CallPlan | undefined> {
  const { defaultCountry } = await readSettings(tx);
  const number = parsePhone(to, defaultCountry);
  if (!number) return undefined;
  const known = await findCustomerByPhone(tx, number.e164);
  return {
    callId,
    direction: "outbound",
    origin: "transfer",
    phone: number.e164,
    name: known?.name ?? "",
    timeZone: number.timeZone,
    campaign: null,
    listId: null,
    leadId: null,
    customerId: known?.id ?? null,
    leadAttempts: 0,
    agentUserId: null,
  };
}

const isOver = (call: ActiveCall | undefined) =>
  !call || call.core.state === "closed" || call.core.state === "wrap-up";

export interface Transfers extends Disposable {
  asked(event: Asked): void;
  /** A call that was placed for a transfer is answered; false when it is none. */
  bridge(call: ActiveCall): boolean;
}

export function createTransfers(deps: {
  switch: Switch;
  agents: AgentRegistry;
  legs: () => AgentLegs;
  runner: () => CallRunner;
  effects: () => Effects;
  door: () => Door;
  clock: Clock;
  events: EventBus;
  log: Log;
}): Transfers {
  const { agents, legs, runner, clock, log } = deps;
  const links = new Map<string, Link>();

  /** The agent goes back to work; the customer is somebody else's now. */
  function leave(call: ActiveCall, userId: number): void {
    legs().setRoom(userId, null);
    const agentLeg = legs().legOf(userId);
    if (call.muted && agentLeg) deps.switch.mute(agentLeg, false);
    if (call.onHold || call.parked) deps.switch.unhold(call.legId);
    call.muted = call.onHold = call.parked = false;
    call.parkedUntil = null;
    runner().clearTimer(call, "agent-leg");
    if (agents.get(userId)?.callId === call.id)
      agents.feed(userId, { type: "call-ended", callId: call.id, wrapUp: false }, "transferred");
  }

  function toColleague(call: ActiveCall, userId: number, colleague: Agent, legId: string): void {
    if (!agents.feed(colleague.userId, { type: "assign", callId: call.id }).ok) {
      runner().note(call, "transfer-failed", { data: { userId: colleague.userId, cause: "busy" } });
      return deps.switch.transferProgress(legId, "refused", "busy");
    }
    deps.switch.transferProgress(legId, "answered");
    leave(call, userId);
    runner().feed(
      call.id,
      { type: "handed-on", userId: colleague.userId },
      { data: { from: userId, to: colleague.userId } },
    );
    deps.effects().join(call);
  }

  async function toNumber(call: ActiveCall, userId: number, { legId, to }: Asked): Promise<void> {
    const callId = newId(clock.now());
    deps.switch.transferProgress(legId, "trying");
    links.set(callId, { originalId: call.id, userId, agentLegId: legId, bridged: false });
    const [placed] = await deps.door().placeCalls(async (tx) => {
      const plan = await planOf(tx, callId, to);
      return plan ? [plan] : [];
    });
    if (placed?.allowed) return runner().note(call, "transfer-placed", { data: { callId } });
    links.delete(callId);
    const cause = placed ? "rejected" : "invalid-number";
    runner().note(call, "transfer-failed", { data: { cause, rules: placed?.refusedBy } });
    deps.switch.transferProgress(legId, "failed", cause);
  }

  /** The call to the target moved: the phone is told, and whoever is left alone is hung up. */
  function changed(callId: string): void {
    if (links.size === 0) return;
    const link = links.get(callId) ?? [...links.values()].find(({ originalId }) => originalId === callId);
    if (!link) return;
    const [targetId] = [...links].find(([, found]) => found === link)!;
    const target = runner().get(targetId);
    const original = runner().get(link.originalId);
    if (target?.core.state === "ringing") deps.switch.transferProgress(link.agentLegId, "ringing");
    // Until it is bridged the target's call is only planned, or in the making.
    if (target && isOver(original)) {
      links.delete(targetId);
      runner().feed(targetId, { type: "hang-up", by: "system", cause: "normal" });
    } else if (target && isOver(target)) {
      links.delete(targetId);
      if (!original) return;
      if (link.bridged)
        return void runner().feed(original.id, { type: "hang-up", by: "system", cause: "normal" });
      const cause = target.cause as Parameters<Switch["transferProgress"]>[2];
      runner().note(original, "transfer-failed", { data: { callId: targetId, cause } });
      deps.switch.transferProgress(link.agentLegId, "failed", cause);
    }
  }

  const stop = deps.events.on("call.changed", ({ call }) => changed(call.id));

  return {
    asked(event) {
      const userId = legs().userOf(event.legId);
      const callId = userId === undefined ? undefined : agents.get(userId)?.callId;
      const call = callId ? runner().get(callId) : undefined;
      // A customer's line may not have us call anybody; an agent's own second call is not known here.
      const mayAsk = call?.core.state === "talking" && !call.core.endedBy && !event.replacesLegId;
      if (userId === undefined || !call || !mayAsk) {
        log.info({ legId: event.legId }, "a transfer was refused");
        return deps.switch.transferProgress(event.legId, "refused");
      }
      runner().note(call, "transfer-asked", { data: { to: event.to } });
      const colleague = agents.get(userOfSip(event.to) ?? -1);
      if (colleague && colleague.userId !== userId) return toColleague(call, userId, colleague, event.legId);
      toNumber(call, userId, event).catch((error: unknown) => {
        log.error({ err: error, callId: call.id }, "a transfer could not be placed");
        deps.switch.transferProgress(event.legId, "failed", "error");
      });
      return undefined;
    },
    bridge(call) {
      const link = links.get(call.id);
      if (!link) return false;
      const original = runner().get(link.originalId);
      if (original?.core.state !== "talking" || original.core.endedBy) {
        links.delete(call.id);
        runner().feed(call.id, { type: "hang-up", by: "system", cause: "normal" });
        return true;
      }
      link.bridged = true;
      deps.switch.transferProgress(link.agentLegId, "answered");
      leave(original, link.userId);
      deps.switch.setRoom(
        `transfer-${original.id}`,
        [original.legId, call.legId].map((legId) => ({ legId, role: "talk" as const })),
      );
      runner().note(original, "transferred", { data: { callId: call.id } });
      runner().feed(call.id, { type: "bridged" }, { data: { callId: original.id } });
      runner().changed(original);
      return true;
    },
    [Symbol.dispose]: stop,
  };
}
