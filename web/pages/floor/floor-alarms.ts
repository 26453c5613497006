import type { AgentState } from "../../../shared/desk.ts";
import type { AlarmKind, Thresholds } from "../../../shared/floor.ts";
import type { LiveAgent, LiveCall } from "../../../shared/live.ts";

/** Something that lasts longer than a supervisor wants; gone when its state is left. */
export interface Alarm {
  /** The same for as long as the same state goes on. */
  key: string;
  kind: AlarmKind;
  userId: number | null;
  callId: string | null;
  name: string;
  /** When what lasts too long began. */
  since: string;
}

const kindOf: Partial<Record<AgentState, AlarmKind>> = {
  talking: "talking",
  "wrap-up": "wrap-up",
  paused: "paused",
  ready: "ready",
  ringing: "ringing",
  connecting: "connecting",
};

/** Alarms at the time `now` (ms), longest first. */
export function alarmsOf(
  { agents, calls }: { agents: readonly LiveAgent[]; calls: readonly LiveCall[] },
  thresholds: Thresholds,
  now: number,
): Alarm[] {
  const alarms: Alarm[] = [];
  const look = (kind: AlarmKind, of: Omit<Alarm, "key" | "kind">) => {
    const { on, seconds } = thresholds[kind];
    if (on && now - Date.parse(of.since) >= seconds * 1000)
      alarms.push({ key: `${kind} ${of.userId ?? of.callId} ${of.since}`, kind, ...of });
  };
  for (const { userId, name, state, since, callId } of agents) {
    const kind = kindOf[state];
    if (kind) look(kind, { userId, callId, name, since });
  }
  for (const { callId, agentId, name, phone, state, since, heldSince } of calls) {
    if (state === "waiting") look("waiting", { userId: null, callId, name: name || phone, since });
    if (heldSince !== null && agentId !== null)
      look("held", {
        userId: agentId,
        callId,
        name: agents.find(({ userId }) => userId === agentId)?.name ?? "",
        since: heldSince,
      });
  }
  return alarms.sort((a, b) => a.since.localeCompare(b.since));
}
