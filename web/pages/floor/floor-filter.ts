import type { AgentState } from "../../../shared/desk.ts";
import type { AgentSort, FloorPreferences } from "../../../shared/floor.ts";
import type { LiveAgent, LiveCall, LiveCampaign } from "../../../shared/live.ts";
import type { Alarm } from "./floor-alarms.ts";
import { dayNow } from "./floor-day.ts";

export type FloorFilter = FloorPreferences["filter"] & {
  /** Part of an agent's or customer's name, or of a number. */
  text: string;
  /** Only calls in these states; none: all. */
  callStates: string[];
};
export const noFilter: FloorFilter = {
  states: [],
  campaignId: null,
  unitId: null,
  alarmsOnly: false,
  text: "",
  callStates: [],
};

export interface FloorRow {
  agent: LiveAgent;
  call: LiveCall | undefined;
  alarm: Alarm | undefined;
}

/** What needs a supervisor first: states in the order of the page. */
const order: Record<AgentState, number> = {
  talking: 0,
  ringing: 1,
  preview: 2,
  "wrap-up": 3,
  ready: 4,
  connecting: 5,
  paused: 6,
  "signed-out": 7,
};

/** Instants as ISO texts, the oldest first: plain text order, with no rules of a language. */
const byInstant = (a: string, b: string) => (a < b ? -1 : Number(a > b));
const bySince = (a: FloorRow, b: FloorRow) => byInstant(a.agent.since, b.agent.since);
const byState = (a: FloorRow, b: FloorRow) => order[a.agent.state] - order[b.agent.state] || bySince(a, b);
const byName = (a: FloorRow, b: FloorRow) => a.agent.name.localeCompare(b.agent.name);

const figure = (of: (row: FloorRow) => number) => (a: FloorRow, b: FloorRow) => of(b) - of(a) || byName(a, b);

function comparing(sort: AgentSort, now: number): (a: FloorRow, b: FloorRow) => number {
  switch (sort) {
    case "attention":
      return (a, b) => Number(b.alarm !== undefined) - Number(a.alarm !== undefined) || byState(a, b);
    case "name":
      return byName;
    case "state":
      return byState;
    case "since":
      return (a, b) => bySince(a, b) || byName(a, b);
    case "talks":
      return figure(({ agent }) => agent.today.talks);
    case "talk":
      return figure(({ agent }) => dayNow(agent, now).talkMs);
    case "occupancy":
      return figure(({ agent }) => dayNow(agent, now).occupancy ?? -1);
  }
}

const searching = (text: string) => {
  const wanted = text.trim().toLowerCase();
  return (...parts: string[]) => wanted === "" || parts.some((part) => part.toLowerCase().includes(wanted));
};

/** The agents that a filter leaves, in order; who is signed out is not on the floor. */
export function agentRows(
  { agents, calls }: { agents: readonly LiveAgent[]; calls: Readonly<Record<string, LiveCall>> },
  { filter, sort, descending }: { filter: FloorFilter; sort: AgentSort; descending: boolean },
  alarms: readonly Alarm[],
  now: number,
): FloorRow[] {
  const alarmOf = new Map<number, Alarm>();
  for (const alarm of alarms)
    if (alarm.userId !== null && !alarmOf.has(alarm.userId)) alarmOf.set(alarm.userId, alarm);
  const has = searching(filter.text);
  const compare = comparing(sort, now);
  return agents
    .map((agent) => ({
      agent,
      call: agent.callId === null ? undefined : calls[agent.callId],
      alarm: alarmOf.get(agent.userId),
    }))
    .filter(
      ({ agent, call, alarm }) =>
        agent.state !== "signed-out" &&
        (filter.states.length === 0 || filter.states.includes(agent.state)) &&
        (filter.campaignId === null || agent.campaignIds.includes(filter.campaignId)) &&
        (filter.unitId === null || agent.unitId === filter.unitId) &&
        (!filter.alarmsOnly || alarm !== undefined) &&
        has(agent.name, call?.name ?? "", call?.phone ?? ""),
    )
    .sort((a, b) => (descending ? compare(b, a) : compare(a, b)));
}

const rank = ({ status }: LiveCampaign) => (status === "running" ? 0 : 1);

/** The campaigns that a filter leaves, those that run first. */
export const campaignsShown = ({ campaignId }: FloorFilter, campaigns: readonly LiveCampaign[]) =>
  campaigns
    .filter((campaign) => campaignId === null || campaign.campaignId === campaignId)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));

/** The calls that a filter leaves, the oldest first. */
export function callsShown({ campaignId, callStates, text }: FloorFilter, calls: readonly LiveCall[]) {
  const has = searching(text);
  return calls
    .filter((call) => campaignId === null || call.campaignId === campaignId)
    .filter((call) => callStates.length === 0 || callStates.includes(call.state))
    .filter((call) => has(call.name, call.phone))
    .sort((a, b) => byInstant(a.since, b.since));
}
