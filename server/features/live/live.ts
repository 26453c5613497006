import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Upgrades } from "../../kernel/http/upgrades.ts";
import type { Log } from "../../kernel/log.ts";
import type { AgentDays, AgentRegistry } from "../agents/index.ts";
import type { Calls } from "../calls/index.ts";
import type { Desk } from "../desk/index.ts";
import type { Dialer } from "../dialer/index.ts";
import type { Ivr } from "../ivr/index.ts";
import type { Queues } from "../queues/index.ts";
import { createCampaignBoard } from "./campaign-board.ts";
import { createDiallerBoard, panelEveryMs } from "./dialler-board.ts";
import { createHub, type Hub } from "./hub.ts";
import { addMessageTopics } from "./message-topics.ts";
import { addIvrTopic } from "./ivr-topic.ts";
import { addQueueTopic } from "./queue-topic.ts";
import { addImportTopic } from "./import-topic.ts";
import { deskTopic, diallerTopic, floorTopics, qualityTopic } from "./topics.ts";

/** `GET /api/v1/live`: the topics of shared/live.ts and what moves them. */
export function createLive(deps: {
  database: Database;
  agents: AgentRegistry;
  days: AgentDays;
  calls: Calls;
  dialer: Dialer;
  queues: Queues;
  ivr: Pick<Ivr, "live" | "flowIds" | "testCalls">;
  desk: Desk;
  upgrades: Upgrades;
  clock: Clock;
  events: EventBus;
  log: Log;
}): Hub {
  const { database, agents, calls, dialer, desk, clock, events, log } = deps;
  const hub = createHub({ clock, log });
  const board = createCampaignBoard({ db: database.db, agents, calls, dialer, clock });
  const panels = createDiallerBoard({ db: database.db, agents, calls, dialer, clock });
  hub.add(diallerTopic(panels));
  hub.add(deskTopic(desk));
  hub.add(qualityTopic(agents, calls));
  for (const topic of floorTopics({
    db: database.db,
    agents,
    days: deps.days,
    calls,
    board,
    now: () => clock.now(),
  }))
    hub.add(topic);
  deps.upgrades.add({
    path: "/api/v1/live",
    allow: "signed-in",
    accept: (socket, _request, principal) => hub.accept(socket, principal!),
  });

  const campaign = (id: number | undefined) => {
    if (id !== undefined) hub.touch("campaigns", String(id));
  };
  const quality = (userId: number | null) => {
    if (userId !== null) hub.touch("quality", String(userId));
  };
  let panelled: readonly number[] = [];
  const panelTimer = clock.every(panelEveryMs, () => {
    const running = dialer.running();
    for (const id of new Set([...running, ...panelled])) hub.touch("dialler", String(id));
    panelled = running;
  });
  const stops = [
    () => panelTimer.cancel(),
    addImportTopic(hub, events),
    addQueueTopic(hub, deps),
    addIvrTopic(hub, events, deps.ivr),
    addMessageTopics(hub, { db: database.db, events, clock }),
    events.on("call.quality", ({ agentUserId }) => quality(agentUserId)),
    events.on("desk.changed", ({ userId }) => hub.touch("desk", String(userId))),
    events.on("agent.changed", ({ agent }) => {
      hub.touch("agents", String(agent.userId));
      for (const id of agent.campaignIds) campaign(id);
    }),
    events.on("agent.moved", ({ campaignIds }) => campaignIds.forEach(campaign)),
    events.on("agent.day-began", () => {
      for (const { userId } of agents.all()) hub.touch("agents", String(userId));
    }),
    events.on("call.changed", ({ call }) => {
      hub.touch("calls", call.id);
      if (call.core.state !== "talking") quality(call.core.agentUserId);
      campaign(call.plan.campaign?.id);
    }),
    events.on("call.closed", ({ callId, campaignId }) => {
      hub.touch("calls", callId);
      campaign(campaignId ?? undefined);
    }),
    events.on("campaign.changed", ({ campaignId }) => campaign(campaignId)),
    events.on("dialer.looked", ({ campaignIds }) => campaignIds.forEach(campaign)),
    events.on("trunk.status", ({ trunkId }) => hub.touch("trunks", String(trunkId))),
    events.on("trunk.changed", () =>
      calls.trunks().forEach((trunk) => hub.touch("trunks", String(trunk.id))),
    ),
    events.on("user.changed", ({ userId }) => hub.drop(userId)),
  ];
  return {
    ...hub,
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      await hub[Symbol.asyncDispose]();
    },
  };
}
