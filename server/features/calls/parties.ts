/**
 * Who takes part in a call, pure and total: `(conversation, event) -> { conversation, effects }`. A call is a customer's
 * leg and whoever is brought to it: the agent whose call it is (`owner`), colleagues and numbers outside (`guest`),
 * and supervisors. In an internal call the colleague who was called has the customer's part. Consultation, conference, listening in and taking over are this one machine; who hears whom follows
 * from it (`parties-sound.ts`).
 *
 *                  came                  hold
 *   invited ─────────────▶ here ◀──────────────────▶ held      hears music, is not heard
 *      │                   │  ▲        resumed          │
 *      │              away │  │ came                    │
 *      │                   ▼  │                         │
 *      │                   away ◀───────────────────────┘     its line is lost, or it is on another call
 *      ▼                    ▼
 *     gone ◀────────────────┴── from anywhere: hung up, dropped, failed, left, or the customer has gone
 *
 * A consultation is a hold of the customer that names a party: when that party goes, the customer is back. When the owner
 * goes, the colleague who has been here longest owns the call, else a supervisor who is heard; numbers outside go on alone
 * with the customer; with nobody left the conversation is `empty`. Who owns a call anew finds nobody on hold.
 */

export type PartyKind =
  | { type: "customer" }
  | { type: "agent"; userId: number }
  /** A number outside, reached by a call of its own. */
  | { type: "outside"; callId: string };

export type PartyRole = "customer" | "owner" | "guest" | "supervisor";
export type PartyState = "invited" | "here" | "held" | "away";
/** A supervisor's; `whisper` is for the owner alone. Everybody else talks. */
export type Hearing = "talk" | "listen" | "whisper";

/** What follows when an invited party comes; `replace`: the owner goes. */
export type Purpose = "consult" | "conference" | "replace";

export interface Party {
  readonly id: string;
  readonly kind: PartyKind;
  readonly role: PartyRole;
  readonly state: PartyState;
  readonly hearing: Hearing;
  readonly muted: boolean;
  readonly purpose: Purpose;
  /** In this state; ms since the epoch. */
  readonly since: number;
}

export interface Conversation {
  /** In the order in which they came. */
  readonly parties: readonly Party[];
  /** Whom the owner consults, the customer on hold meanwhile. */
  readonly consultId: string | null;
}

export type PartyEvent = { at: number } & (
  | {
      type: "bring";
      kind: Exclude<PartyKind, { type: "customer" }>;
      role: Exclude<PartyRole, "customer">;
      state: "invited" | "here" | "away";
      hearing?: Hearing;
      purpose?: Purpose;
    }
  | { type: "came"; id: string }
  | { type: "away"; id: string }
  | { type: "hold"; id: string; on: boolean }
  | { type: "mute"; id: string; on: boolean }
  /** A supervisor is heard in another way. */
  | { type: "hearing"; id: string; hearing: Hearing }
  /** The owner goes, and this agent has the call. */
  | { type: "take-over"; id: string }
  /** The owner speaks with the other of the customer and who is consulted. */
  | { type: "swap" }
  /** The customer and who is consulted hear each other. */
  | { type: "merge" }
  /** Everybody but the customer goes, who waits with music. */
  | { type: "wait" }
  | { type: "gone"; id: string }
);

export type PartyEffect =
  /** Its leg or its agent is to be let go. */
  | { type: "dismiss"; party: Party }
  | { type: "owner"; userId: number }
  /** The customer has nobody left. */
  | { type: "empty" };

export type PartyStep = { conversation: Conversation; effects: PartyEffect[] } | { refused: string };

const mostParties = 16;

export const customerId = "customer";
export const agentParty = (userId: number): string => `agent-${userId}`;
export const outsideParty = (callId: string): string => `call-${callId}`;

const idOf = (kind: PartyKind): string =>
  kind.type === "customer"
    ? customerId
    : kind.type === "agent"
      ? agentParty(kind.userId)
      : outsideParty(kind.callId);

function party(kind: PartyKind, role: PartyRole, state: PartyState, at: number): Party {
  return {
    id: idOf(kind),
    kind,
    role,
    state,
    hearing: "talk",
    muted: false,
    purpose: "conference",
    since: at,
  };
}

/** The customer, alone. */
export const alone = (at: number): Conversation => ({
  parties: [party({ type: "customer" }, "customer", "here", at)],
  consultId: null,
});
/** An internal call, ringing at who is called. */
export const forColleague = (userId: number, at: number): Conversation => ({
  parties: [party({ type: "agent", userId }, "customer", "invited", at)],
  consultId: null,
});

/** `customerId` names who has the customer's part, whoever that is. */
export const findParty = ({ parties }: Conversation, id: string): Party | undefined =>
  parties.find((found) => (id === customerId ? found.role === "customer" : found.id === id));
export const ownerOf = ({ parties }: Conversation): Party | undefined =>
  parties.find(({ role }) => role === "owner");
export const isHeld = (conversation: Conversation, id: string = customerId): boolean =>
  findParty(conversation, id)?.state === "held";
/** Everybody's user id, of those who are agents. */
export const agentsIn = ({ parties }: Conversation): number[] =>
  parties.flatMap(({ kind }) => (kind.type === "agent" ? [kind.userId] : []));

const refuse = (code: string): PartyStep => ({ refused: code });

function change(conversation: Conversation, id: string, patch: Partial<Party>): Conversation {
  const changed = findParty(conversation, id);
  const parties = conversation.parties.map((found) => (found === changed ? { ...found, ...patch } : found));
  return { ...conversation, parties };
}

/** Who is on hold is back. */
const free = (parties: readonly Party[], at: number): Party[] =>
  parties.map((found) => (found.state === "held" ? { ...found, state: "here", since: at } : found));

/** Who has the call when its owner has gone. */
function heirOf(parties: readonly Party[]): Party | undefined {
  const agents = parties.filter(({ kind, state }) => kind.type === "agent" && state !== "invited");
  return (
    agents.find(({ role }) => role === "guest") ??
    agents.find(({ role, hearing }) => role === "supervisor" && hearing === "talk")
  );
}

const isCustomer = ({ role }: Party): boolean => role === "customer";
const listens = ({ role }: Party): boolean => role === "supervisor";

/** Some have gone: what follows for those who stay. */
function without(before: Conversation, ids: readonly string[], at: number): PartyStep {
  const goes = (id: string) => ids.includes(id);
  const dismissed = before.parties.filter(({ id, kind }) => goes(id) && kind.type !== "customer");
  let parties = before.parties.filter(({ id }) => !goes(id));
  const effects: PartyEffect[] = dismissed.map((gone) => ({ type: "dismiss", party: gone }));
  if (!parties.some(isCustomer)) {
    effects.push(...parties.map((left): PartyEffect => ({ type: "dismiss", party: left })));
    return { conversation: { parties: [], consultId: null }, effects };
  }
  const consultId = before.consultId !== null && goes(before.consultId) ? null : before.consultId;
  const hadOwner = before.parties.some(({ role }) => role === "owner");
  if (parties.some(({ role }) => role === "owner")) {
    const isBack = before.consultId !== consultId;
    const after = { parties, consultId };
    return {
      conversation: isBack && isHeld(after) ? change(after, customerId, { state: "here", since: at }) : after,
      effects,
    };
  }
  parties = free(parties, at);
  const heir = heirOf(parties);
  if (heir?.kind.type === "agent") {
    effects.push({ type: "owner", userId: heir.kind.userId });
    const owned = change({ parties, consultId: null }, heir.id, { role: "owner", hearing: "talk" });
    return { conversation: owned, effects };
  }
  // A call without an agent has no listeners; a colleague who is on the way may still have it.
  effects.push(...parties.filter(listens).map((left): PartyEffect => ({ type: "dismiss", party: left })));
  parties = parties.filter((left) => !listens(left));
  if (parties.length === 1 && (hadOwner || dismissed.length > 0)) effects.push({ type: "empty" });
  return { conversation: { parties, consultId: null }, effects };
}

function bring(conversation: Conversation, event: PartyEvent & { type: "bring" }): PartyStep {
  const { kind, role, state, at, hearing = "talk", purpose = "conference" } = event;
  const customer = findParty(conversation, customerId);
  if (!customer) return refuse("call-over");
  if (findParty(conversation, idOf(kind))) return refuse("party-already-here");
  if (conversation.parties.length >= mostParties) return refuse("too-many-parties");
  if (role === "owner" && ownerOf(conversation)) return refuse("call-has-agent");
  const consults = purpose === "consult";
  if (consults && conversation.consultId !== null) return refuse("consult-under-way");
  if (consults && !ownerOf(conversation)) return refuse("call-has-no-agent");
  const newcomer = { ...party(kind, role, state, at), hearing, purpose };
  const parties = [...conversation.parties, newcomer];
  const next = { parties, consultId: consults ? newcomer.id : conversation.consultId };
  if (consults) return { conversation: change(next, customerId, { state: "held", since: at }), effects: [] };
  // Who takes a customer that waits with music takes them off it.
  if (role === "owner" && customer.state === "held")
    return { conversation: change(next, customerId, { state: "here", since: at }), effects: [] };
  return { conversation: next, effects: [] };
}

function consultOver(conversation: Conversation, at: number, turn: "swap" | "merge"): PartyStep {
  const { consultId } = conversation;
  const [other, customer] = [findParty(conversation, consultId ?? ""), findParty(conversation, customerId)];
  if (!other || !customer) return refuse("no-consult");
  if (other.state !== "here" && other.state !== "held") return refuse("party-not-here");
  const held = turn === "swap" && customer.state === "held" ? other.id : turn === "swap" ? customer.id : "";
  const after = [customer.id, other.id].reduce(
    (all, id) => change(all, id, { state: id === held ? "held" : "here", since: at }),
    conversation,
  );
  return { conversation: turn === "merge" ? { ...after, consultId: null } : after, effects: [] };
}

function onParty(conversation: Conversation, event: Extract<PartyEvent, { id: string }>): PartyStep {
  const { at } = event;
  const found = findParty(conversation, event.id);
  if (!found) return refuse("party-unknown");
  const { id, state } = found;
  const to = (patch: Partial<Party>): PartyStep => ({
    conversation: change(conversation, id, "state" in patch ? { ...patch, since: at } : patch),
    effects: [],
  });
  switch (event.type) {
    case "came": {
      if (state !== "invited" && state !== "away") return to({});
      const owner = ownerOf(conversation);
      const here = to({ state: "here" });
      // A colleague who comes to a customer that has no agent is theirs.
      if (!owner && found.role === "guest" && found.kind.type === "agent" && "conversation" in here)
        return without(here.conversation, [], at);
      if (state !== "invited" || found.purpose !== "replace" || !owner || !("conversation" in here))
        return here;
      return without(here.conversation, [owner.id], at);
    }
    case "away":
      return state === "here" || state === "held" ? to({ state: "away" }) : to({});
    case "hold":
      if (found.role === "owner" || found.role === "supervisor") return refuse("party-not-held");
      if (state !== "here" && state !== "held") return refuse("party-not-here");
      if (event.on && !ownerOf(conversation)) return refuse("call-has-no-agent");
      return to({ state: event.on ? "held" : "here" });
    case "mute":
      return found.kind.type === "agent" ? to({ muted: event.on }) : refuse("party-not-muted");
    case "hearing":
      return found.role === "supervisor" ? to({ hearing: event.hearing }) : refuse("party-not-supervisor");
    case "take-over": {
      if (found.kind.type !== "agent" || state === "invited") return refuse("party-not-here");
      const owner = ownerOf(conversation);
      if (owner?.id === id) return refuse("party-already-here");
      // As a colleague it is the heir.
      const first = [
        { ...found, role: "guest" as const, hearing: "talk" as const },
        ...conversation.parties.filter((other) => other !== found),
      ];
      return without({ ...conversation, parties: first }, owner ? [owner.id] : [], at);
    }
    case "gone":
      return without(conversation, [id], at);
  }
}

/** One step. Total: every event is a step or a refusal, whoever takes part. */
export function partyStep(conversation: Conversation, event: PartyEvent): PartyStep {
  switch (event.type) {
    case "bring":
      return bring(conversation, event);
    case "swap":
    case "merge":
      return consultOver(conversation, event.at, event.type);
    case "wait": {
      const customer = findParty(conversation, customerId);
      if (!customer) return refuse("call-over");
      const others = conversation.parties.filter((other) => other !== customer);
      return {
        conversation: { parties: [{ ...customer, state: "held", since: event.at }], consultId: null },
        effects: others.map((gone) => ({ type: "dismiss", party: gone })),
      };
    }
    default:
      return onParty(conversation, event);
  }
}
