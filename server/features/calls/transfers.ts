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
import { AppError } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Cause, Switch, SwitchEvent } from "../../switch/switch.ts";
import { type Agent, type AgentRegistry, userOfSip } from "../agents/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { AgentLegs } from "./agent-legs.ts";
import type { InviteAgent } from "./invite-agent.ts";
import type { InviteNumber } from "./outside-party.ts";
import type { CallRunner } from "./runner.ts";

type Asked = SwitchEvent & { type: "leg-transfer-requested" };

export interface Transfers extends Disposable {
  asked(event: Asked): void;
}

export function createTransfers(deps: {
  switch: Pick<Switch, "transferProgress">;
  agents: AgentRegistry;
  legs: () => AgentLegs;
  runner: CallRunner;
  inviteAgent: InviteAgent;
  inviteNumber: InviteNumber;
  events: EventBus;
  log: Log;
}): Transfers {
  const { agents, runner, log } = deps;
  /** Which phone is told how the call to its target goes. */
  const askers = new Map<string, string>();

  async function toNumber(call: ActiveCall, { legId, to }: Asked): Promise<void> {
    deps.switch.transferProgress(legId, "trying");
    let targetId = "";
    try {
      await deps.inviteNumber(call, to, "replace", {
        placed: (callId) => askers.set((targetId = callId), legId),
      });
    } catch (error) {
      askers.delete(targetId);
      const isInvalid = error instanceof AppError && error.code === "phone-invalid";
      deps.switch.transferProgress(legId, "failed", isInvalid ? "invalid-number" : "rejected");
      if (!(error instanceof AppError)) throw error;
      runner.note(call, "transfer-failed", { data: { cause: error.code, ...error.detail } });
    }
  }

  function toColleague(call: ActiveCall, { userId, state, legUp }: Agent, legId: string): void {
    if (state !== "ready" || !legUp) {
      runner.note(call, "transfer-failed", { data: { userId, cause: "busy" } });
      return deps.switch.transferProgress(legId, "refused", "busy");
    }
    deps.switch.transferProgress(legId, "answered");
    return deps.inviteAgent.invite(call, userId, "replace");
  }

  const stop = deps.events.on("call.changed", ({ call: { id, core, cause }, from }) => {
    const legId = askers.get(id);
    if (legId === undefined || core.state === from) return;
    if (core.state === "ringing") return deps.switch.transferProgress(legId, "ringing");
    if (core.state !== "talking" && core.state !== "closed") return;
    askers.delete(id);
    if (core.state === "talking") return deps.switch.transferProgress(legId, "answered");
    const forCallId = runner.get(id)?.plan.forCallId;
    const call = forCallId === undefined ? undefined : runner.get(forCallId);
    if (call) runner.note(call, "transfer-failed", { data: { callId: id, cause } });
    deps.switch.transferProgress(legId, "failed", (cause ?? "error") as Cause);
  });

  return {
    asked(event) {
      const userId = deps.legs().userOf(event.legId);
      const callId = userId === undefined ? undefined : agents.get(userId)?.callId;
      const call = callId ? runner.get(callId) : undefined;
      const isOwn = call !== undefined && call.core.agentUserId === userId;
      // A customer's line may not have us call anybody; an agent's own second call is not known here.
      const mayAsk = isOwn && call.core.state === "talking" && !call.core.endedBy && !event.replacesLegId;
      if (userId === undefined || !call || !mayAsk) {
        log.info({ legId: event.legId }, "a transfer was refused");
        return deps.switch.transferProgress(event.legId, "refused");
      }
      runner.note(call, "transfer-asked", { data: { to: event.to } });
      const colleague = agents.get(userOfSip(event.to) ?? -1);
      if (colleague && colleague.userId !== userId) return toColleague(call, colleague, event.legId);
      toNumber(call, event).catch((error: unknown) => {
        log.error({ err: error, callId: call.id }, "a transfer could not be placed");
      });
      return undefined;
    },
    [Symbol.dispose]: stop,
  };
}
