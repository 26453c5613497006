/** What each topic of shared/live.ts shows to whom. */
import type { LiveAgent, LiveCall } from "../../../shared/live.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import type { Db } from "../../kernel/db.ts";
import type { Principal } from "../../kernel/http/access.ts";
import type { Agent, AgentDays, AgentRegistry } from "../agents/index.ts";
import { type Calls, type CallView, customerId, findParty } from "../calls/index.ts";
import { type Desk, deskUserOf } from "../desk/index.ts";
import { visibleUserIds } from "../users/index.ts";
import type { CampaignBoard } from "./campaign-board.ts";
import type { DiallerBoard } from "./dialler-board.ts";
import type { Topic } from "./hub.ts";

const presentAgent = (agent: Agent, days: AgentDays): LiveAgent => ({
  userId: agent.userId,
  name: agent.name,
  state: agent.state,
  since: new Date(agent.since).toISOString(),
  pauseReasonId: agent.pauseReasonId,
  endpoint: agent.endpoint,
  campaignIds: agent.campaignIds,
  callId: agent.callId,
  unitId: agent.unitId,
  cause: agent.cause,
  next: agent.next,
  legUp: agent.legUp,
  today: days.of(agent.userId),
});

const modes = { listen: "listen", whisper: "whisper", talk: "barge" } as const;

function supervisorsOf({ conversation }: CallView, agents: AgentRegistry): LiveCall["supervisors"] {
  return conversation.parties.flatMap(({ kind, role, hearing }) =>
    role === "supervisor" && kind.type === "agent"
      ? [{ userId: kind.userId, name: agents.get(kind.userId)?.name ?? "", mode: modes[hearing] }]
      : [],
  );
}

function presentCall(call: CallView, principal: Principal, agents: AgentRegistry): LiveCall {
  const { plan, core } = call;
  const customer = findParty(call.conversation, customerId);
  const isInternal = plan.direction === "internal";
  return {
    callId: call.id,
    state: core.state,
    direction: plan.direction,
    campaignId: plan.campaign?.id ?? null,
    agentId: core.agentUserId,
    name: isInternal ? `${agents.get(core.agentUserId ?? 0)?.name ?? ""} – ${plan.name}` : plan.name,
    phone: isInternal ? "" : principal.permissions.has("phones.see") ? plan.phone : maskPhone(plan.phone),
    since: new Date(call.since).toISOString(),
    heldSince: customer?.state === "held" ? new Date(customer.since).toISOString() : null,
    supervisors: supervisorsOf(call, agents),
  };
}

const scopeMs = 30_000;

/** Whose agents a person sees; asked anew every half minute, since people move between units. */
function createScopes(db: Db, now: () => number) {
  const scopes = new Map<number, { at: number; ids: Promise<"all" | Set<number>> }>();
  return (principal: Principal): Promise<"all" | Set<number>> => {
    const known = scopes.get(principal.userId);
    if (known && Math.abs(now() - known.at) < scopeMs) return known.ids;
    const ids = visibleUserIds(db, principal).then((found) => (found === "all" ? found : new Set(found)));
    ids.catch(() => scopes.delete(principal.userId));
    scopes.set(principal.userId, { at: now(), ids });
    return ids;
  };
}

export function deskTopic(desk: Desk): Topic {
  const read = (principal: Principal) => desk.state(deskUserOf(principal));
  return {
    name: "desk",
    allow: "desk.use",
    snapshot: async (principal) => ({ me: await read(principal) }),
    read: (_key, principal) => read(principal),
    keyFor: (userId, principal) => (Number(userId) === principal.userId ? "me" : undefined),
  };
}

/** How the call that an agent is on sounds; read from memory, since it moves every few seconds. */
export function qualityTopic(agents: AgentRegistry, calls: Calls): Topic {
  const read = ({ userId }: Principal) => {
    const callId = agents.get(userId)?.callId;
    return callId ? calls.quality(callId) : undefined;
  };
  return {
    name: "quality",
    allow: "desk.use",
    snapshot(principal) {
      const me = read(principal);
      return me ? { me } : {};
    },
    read: (_key, principal) => read(principal),
    keyFor: (userId, principal) => (Number(userId) === principal.userId ? "me" : undefined),
  };
}

/** What the dialler of each running campaign does, and why. */
export function diallerTopic(board: DiallerBoard): Topic {
  return {
    name: "dialler",
    allow: "live.see",
    async snapshot() {
      const all = await Promise.all(board.ids().map((id) => board.read(id)));
      return Object.fromEntries(all.flatMap((panel) => (panel ? [[panel.campaignId, panel]] : [])));
    },
    read: (key) => board.read(Number(key)),
  };
}

const sees = (scope: "all" | Set<number>, userId: number | null) =>
  scope === "all" || (userId !== null && scope.has(userId));

// A call without an agent belongs to nobody yet: whoever watches the floor sees it.
const visible = (call: CallView, scope: "all" | Set<number>) =>
  call.core.state !== "closed" && (call.core.agentUserId === null || sees(scope, call.core.agentUserId));

export function floorTopics(deps: {
  db: Db;
  agents: AgentRegistry;
  calls: Calls;
  days: AgentDays;
  board: CampaignBoard;
  now: () => number;
}): Topic[] {
  const { agents, calls, board, days } = deps;
  const scopeOf = createScopes(deps.db, deps.now);

  const agentTopic: Topic = {
    name: "agents",
    allow: "live.see",
    gathers: true,
    async snapshot(principal) {
      const scope = await scopeOf(principal);
      const own = agents.all().filter((agent) => sees(scope, agent.userId));
      return Object.fromEntries(own.map((agent) => [agent.userId, presentAgent(agent, days)]));
    },
    async read(key, principal) {
      const agent = agents.get(Number(key));
      return agent && sees(await scopeOf(principal), agent.userId) ? presentAgent(agent, days) : undefined;
    },
  };
  const callTopic: Topic = {
    name: "calls",
    allow: "live.see",
    gathers: true,
    async snapshot(principal) {
      const scope = await scopeOf(principal);
      const own = calls.active().filter((call) => visible(call, scope));
      return Object.fromEntries(own.map((call) => [call.id, presentCall(call, principal, agents)]));
    },
    async read(key, principal) {
      const call = calls.get(key);
      return call && visible(call, await scopeOf(principal))
        ? presentCall(call, principal, agents)
        : undefined;
    },
  };
  const campaignTopic: Topic = {
    name: "campaigns",
    allow: "live.see",
    gathers: true,
    snapshot: async () => Object.fromEntries(await board.read()),
    read: async (key) => (await board.read(Number(key))).get(Number(key)),
  };
  const trunkTopic: Topic = {
    name: "trunks",
    allow: "trunks.see",
    snapshot: () => Object.fromEntries(calls.trunkStatus().map((status) => [status.trunkId, status])),
    read: (key) => calls.trunkStatus().find((status) => status.trunkId === Number(key)),
  };
  return [agentTopic, callTopic, campaignTopic, trunkTopic];
}
