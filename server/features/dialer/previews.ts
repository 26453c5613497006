/**
 * Preview dialling: a ready agent gets a record on the screen and dials or skips it. The lead is claimed for
 * as long, under the id that its call will have.
 */
import type { CampaignDetail } from "../../../shared/campaigns.ts";
import type { Clock, Timer } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { conflict, invalid } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Calls, PlacedCall } from "../calls/index.ts";
import { claimForCampaign } from "../campaigns/index.ts";
import { type ClaimedLead, heldClaims, releaseLead } from "../lists/index.ts";
import { planOf } from "./plan-of.ts";
import { insertSkip } from "./queries.ts";

export interface Preview {
  userId: number;
  campaign: CampaignDetail;
  lead: ClaimedLead;
  /** Dials by itself then, ms; null: waits for the agent. */
  dialAt: number | null;
  timer: Timer | null;
}

export interface Previews extends AsyncDisposable {
  of(userId: number): Preview | undefined;
  heldCallIds(): string[];
  /** Which of these agents have a record that still stands claimed in the database. */
  holders(userIds: readonly number[]): Promise<Set<number>>;
  /** Puts the next record before a ready agent. False: there is none. */
  offer(userId: number, campaign: CampaignDetail, zones: readonly string[]): Promise<boolean>;
  /** Dials the record, at `phone` if it is one of its numbers. */
  dial(userId: number, phone?: string): Promise<PlacedCall>;
  skip(userId: number, reason: string): Promise<void>;
}

/** A skipped record comes back after an hour, to whoever is next. */
const skippedMs = 3_600_000;

export function createPreviews(deps: {
  database: Database;
  agents: AgentRegistry;
  calls: Calls;
  clock: Clock;
  events: EventBus;
  log: Log;
}): Previews {
  const { database, agents, calls, clock, events, log } = deps;
  const previews = new Map<number, Preview>();
  const releasing = new Set<Promise<unknown>>();

  function forget(preview: Preview): void {
    preview.timer?.cancel();
    if (previews.get(preview.userId) === preview) previews.delete(preview.userId);
    events.publish("preview.changed", { userId: preview.userId });
  }

  function release(lead: ClaimedLead, dueAt?: number): Promise<unknown> {
    const done = database
      .transact((tx) => releaseLead(tx, { leadId: lead.id, callId: lead.callId, dueAt }))
      .catch((error: unknown) => log.error({ err: error, leadId: lead.id }, "a lead could not be given back"))
      .finally(() => releasing.delete(done));
    releasing.add(done);
    return done;
  }

  function demand(userId: number): Preview {
    const preview = previews.get(userId);
    if (!preview) throw conflict("no-preview", "There is no record to decide about.");
    return preview;
  }

  async function dial(userId: number, phone?: string): Promise<PlacedCall> {
    const preview = demand(userId);
    const { lead, campaign } = preview;
    if (phone !== undefined && !lead.phones.includes(phone))
      throw invalid("phone-not-of-lead", "This number is not one of the record's.", { phone });
    const fed = agents.feed(userId, { type: "dial", callId: lead.callId });
    if (!fed.ok) throw conflict(fed.code, "The call cannot be placed now.");
    forget(preview);
    try {
      const plan = planOf({ ...lead, phone: phone ?? lead.phone }, campaign, "preview", userId);
      const [placed] = await calls.placeCalls(async () => [plan], lead.callId);
      if (!placed!.allowed) {
        agents.feed(userId, { type: "call-failed", callId: lead.callId });
        agents.notice(userId, "dial-refused", { rules: placed!.refusedBy, retryAt: placed!.retryAt });
      }
      return placed!;
    } catch (error) {
      agents.feed(userId, { type: "call-failed", callId: lead.callId });
      await release(lead);
      throw error;
    }
  }

  // An agent who leaves the preview by a pause, a sign-out or a lost leg gives the record back.
  const stops = [
    events.on("agent.changed", async ({ from, agent }) => {
      const preview = previews.get(agent.userId);
      if (from !== "preview" || agent.state === "preview" || agent.state === "ringing" || !preview) return;
      forget(preview);
      await release(preview.lead);
    }),
    events.on("campaign.changed", ({ campaignId, status }) => {
      if (status === "running") return;
      for (const preview of previews.values())
        if (preview.campaign.id === campaignId) agents.feed(preview.userId, { type: "withdraw" });
    }),
  ];

  return {
    of: (userId) => previews.get(userId),
    heldCallIds: () => [...previews.values()].map((preview) => preview.lead.callId),
    async holders(userIds) {
      const shown = userIds.flatMap((userId) => previews.get(userId) ?? []);
      const callIds = shown.map((preview) => preview.lead.callId);
      const claimed = await heldClaims(database.db, callIds);
      return new Set(shown.flatMap(({ userId, lead }) => (claimed.has(lead.callId) ? userId : [])));
    },
    async offer(userId, campaign, zones) {
      const now = clock.now();
      const [lead] = await database.transact((tx) =>
        claimForCampaign(tx, campaign, { count: 1, now, zones, ownerUserIds: [userId] }),
      );
      if (!lead) return false;
      const dialAt = campaign.previewTimeoutMs === null ? null : now + campaign.previewTimeoutMs;
      const preview: Preview = { userId, campaign, lead, dialAt, timer: null };
      previews.set(userId, preview);
      if (!agents.feed(userId, { type: "offer" }).ok) {
        forget(preview);
        await release(lead);
        return true;
      }
      if (campaign.previewTimeoutMs !== null)
        preview.timer = clock.after(campaign.previewTimeoutMs, () => {
          dial(userId).catch((error: unknown) =>
            log.warn({ err: error, userId }, "preview could not be dialled"),
          );
        });
      events.publish("preview.changed", { userId });
      return true;
    },
    dial,
    async skip(userId, reason) {
      const preview = demand(userId);
      const now = clock.now();
      await database.transact(async (tx) => {
        await releaseLead(tx, {
          leadId: preview.lead.id,
          callId: preview.lead.callId,
          dueAt: now + skippedMs,
        });
        await insertSkip(tx, { leadId: preview.lead.id, userId, reason, at: new Date(now) });
      });
      forget(preview);
      agents.feed(userId, { type: "withdraw" }, "preview-skip");
    },
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      for (const preview of previews.values()) {
        preview.timer?.cancel();
        void release(preview.lead);
      }
      previews.clear();
      await Promise.all(releasing);
    },
  };
}
