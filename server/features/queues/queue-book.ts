/** Queues, who serves them and who can do what, in memory: they are asked at every decision. */
import type { CampaignDetail } from "../../../shared/campaigns.ts";
import type { QueueDetail } from "../../../shared/queues.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { findCampaign } from "../campaigns/index.ts";
import { allQueues, allSkills } from "./queries.ts";
import "./events.ts";

export interface QueueBook extends Disposable {
  get(queueId: number): QueueDetail | undefined;
  all(): readonly QueueDetail[];
  /** The campaign by which this queue's calls are handled. */
  campaignOf(queueId: number): CampaignDetail | null;
  /** The agent's rank in each queue that they serve. */
  ranksOf(userId: number): ReadonlyMap<number, number>;
  /** Their levels by skill. */
  levelsOf(userId: number): ReadonlyMap<number, number>;
  /** Reads everything; again whenever something is changed. */
  start(): Promise<void>;
}

const none: ReadonlyMap<number, number> = new Map();

/** Of `[user, key, value]`: the values by key of each user. */
function byUser(entries: readonly (readonly [number, number, number])[]): Map<number, Map<number, number>> {
  const found = new Map<number, Map<number, number>>();
  for (const [userId, key, value] of entries)
    found.set(userId, (found.get(userId) ?? new Map<number, number>()).set(key, value));
  return found;
}

export function createQueueBook(deps: {
  database: Database;
  events: EventBus;
  /** Who is told that it was read. */
  onRead: (gone: readonly number[]) => void;
}): QueueBook {
  const { db } = deps.database;
  let queues = new Map<number, QueueDetail>();
  let ranks = new Map<number, Map<number, number>>();
  let levels = new Map<number, Map<number, number>>();
  let campaigns = new Map<number, CampaignDetail>();
  let reading: Promise<void> = Promise.resolve();

  async function read(): Promise<void> {
    const [found, skills] = await Promise.all([allQueues(db), allSkills(db)]);
    const before = [...queues.keys()];
    const handling = new Set(found.flatMap(({ campaignId }) => campaignId ?? []));
    const loaded = await Promise.all([...handling].map((id) => findCampaign(db, id)));
    campaigns = new Map(loaded.flatMap((campaign) => (campaign ? [[campaign.id, campaign]] : [])));
    queues = new Map(found.map((queue) => [queue.id, queue]));
    ranks = byUser(
      found.flatMap(({ id, members }) => members.map(({ userId, rank }) => [userId, id, rank] as const)),
    );
    levels = byUser(
      skills.flatMap(({ id, agents }) => agents.map(({ userId, level }) => [userId, id, level] as const)),
    );
    deps.onRead(before.filter((id) => !queues.has(id)));
  }

  /** One after another, so that the last that is read is the newest. */
  function readAgain(): Promise<void> {
    const before = reading.catch(() => undefined);
    reading = before.then(read);
    return reading;
  }

  const stops = [
    deps.events.on("queues.changed", readAgain),
    deps.events.on("campaign.changed", ({ campaignId }) =>
      campaigns.has(campaignId) ? readAgain() : undefined,
    ),
  ];
  return {
    get: (queueId) => queues.get(queueId),
    all: () => [...queues.values()],
    campaignOf: (queueId) => campaigns.get(queues.get(queueId)?.campaignId ?? 0) ?? null,
    ranksOf: (userId) => ranks.get(userId) ?? none,
    levelsOf: (userId) => levels.get(userId) ?? none,
    start: readAgain,
    [Symbol.dispose]() {
      for (const stop of stops) stop();
    },
  };
}
