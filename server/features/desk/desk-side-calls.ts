import type { SideCall } from "../../../shared/call-control.ts";
import type { DeskState } from "../../../shared/desk.ts";
import type { Agent } from "../agents/index.ts";
import { agentParty, type CallView, findParty } from "../calls/index.ts";
import { type PartyNames, shownPhone } from "./desk-parties.ts";
import type { DeskUser } from "./desk-state.ts";

type Sides = Pick<DeskState, "announced" | "aside" | "parked" | "toPickUp">;

/** Not one that we called: it is routed within a second, and nobody could reach for it. */
export const waitsForAnybody = ({ core, plan }: CallView): boolean =>
  core.state === "waiting" && (core.talked || plan.direction === "inbound");

/** The calls that are not in front of this agent, and that they can turn to. */
export function presentSideCalls(agent: Agent, user: DeskUser, { agents, calls }: PartyNames): Sides {
  const sides: Sides = { announced: [], aside: [], parked: [], toPickUp: [] };
  if (agent.state === "signed-out") return sides;
  const id = agentParty(user.userId);
  const nameOf = (userId: number | null) => (userId === null ? null : (agents.get(userId)?.name ?? null));
  const side = (call: CallView, from: number | null, since: number): SideCall => ({
    callId: call.id,
    direction: call.plan.direction,
    ...(call.plan.colleagueId === undefined
      ? { name: call.plan.name, phone: shownPhone(call.plan.phone, user) }
      : { name: nameOf(call.core.agentUserId) ?? "", phone: "" }),
    from: nameOf(from),
    since: new Date(since).toISOString(),
  });
  for (const call of calls.active()) {
    const { conversation, core, slot } = call;
    const own = findParty(conversation, id);
    const owner = core.agentUserId;
    const { personal } = call;
    if (personal?.rings && core.state === "waiting") {
      const sought = side(call, personal.userId, personal.since);
      if (personal.userId === user.userId) sides.announced.push({ ...sought, from: null });
      else sides.toPickUp.push(sought);
    } else if (slot !== null) sides.parked.push({ ...side(call, call.givenBy, call.since), slot });
    else if (own?.state === "invited") sides.announced.push(side(call, owner, own.since));
    else if (own?.state === "away" && agent.callId !== call.id) sides.aside.push(side(call, null, own.since));
    // What rings at a colleague before its talk is for them alone.
    else if (!own && core.state === "talking") {
      const other = conversation.parties.find(
        ({ kind, state }) => kind.type === "agent" && state === "invited",
      );
      if (other?.kind.type === "agent" && calls.isFor(call, agent))
        sides.toPickUp.push(side(call, other.kind.userId, other.since));
    }
  }
  for (const call of calls.waiting()) {
    if (calls.isRinging(call.id, user.userId)) sides.announced.push(side(call, null, call.since));
    else if (!waitsForAnybody(call)) continue;
    else if (calls.isFor(call, agent)) sides.toPickUp.push(side(call, null, call.since));
  }
  return sides;
}
