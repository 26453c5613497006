import type { DeskParty } from "../../../shared/call-control.ts";
import type { SupervisionAct } from "../../../shared/floor.ts";
import type { DeskCall } from "../../../shared/desk.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Calls, CallView, Party } from "../calls/index.ts";
import type { DeskUser } from "./desk-state.ts";

export interface PartyNames {
  agents: AgentRegistry;
  calls: Calls;
}

export const modeOf = { listen: "listen", whisper: "whisper", talk: "barge" } as const;

/** A number as this person may see it. */
export const shownPhone = (phone: string, { seesPhones }: DeskUser) =>
  seesPhones ? phone : maskPhone(phone);

function namesOf({ kind }: Party, call: CallView, user: DeskUser, { agents, calls }: PartyNames) {
  switch (kind.type) {
    case "customer":
      return { name: call.plan.name, phone: shownPhone(call.plan.phone, user) };
    case "agent":
      return { name: agents.get(kind.userId)?.name ?? "", phone: null };
    case "outside": {
      const plan = calls.get(kind.callId)?.plan;
      return { name: plan?.name ?? "", phone: plan ? shownPhone(plan.phone, user) : null };
    }
  }
}

/** Who is called by a colleague helps with their call, as it were. */
function roleOf(me: Party | undefined): DeskCall["role"] {
  if (me?.role === "customer") return "guest";
  return me?.role ?? "owner";
}

/** Who takes part, for one of them. */
export function presentParties(
  call: CallView,
  user: DeskUser,
  deps: PartyNames & { shown: readonly SupervisionAct[] },
): Pick<DeskCall, "role" | "parties" | "consultId"> {
  const { parties, consultId } = call.conversation;
  const isMe = ({ kind }: Party) => kind.type === "agent" && kind.userId === user.userId;
  // Another supervisor sees who else is there; the agent, what the company's settings show.
  const watches = parties.find(isMe)?.role === "supervisor";
  const isShown = (party: Party) =>
    party.role !== "supervisor" || watches || isMe(party) || deps.shown.includes(modeOf[party.hearing]);
  return {
    // Before it is answered, and in the wrap-up, nobody takes part.
    role: roleOf(parties.find(isMe)),
    consultId,
    parties: parties.filter(isShown).map((party): DeskParty => {
      const { id, kind, role, state, muted } = party;
      return {
        id,
        kind: kind.type,
        role,
        state,
        muted,
        me: isMe(party),
        mode: role === "supervisor" ? modeOf[party.hearing] : null,
        ...namesOf(party, call, user, deps),
      };
    }),
  };
}
