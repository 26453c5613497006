/**
 * A few claimed leads of each predictive campaign, among which its policy chooses: a likely one when one answer is
 * wanted, unlikely ones when several are. Everybody else sees them as ready, and what is not dialled goes back; the
 * reconciler gives back what a fault leaves behind, a start what a crash does.
 */
import type { Clock } from "../../../kernel/clock.ts";
import type { Database } from "../../../kernel/db.ts";
import type { EventBus } from "../../../kernel/events.ts";
import { claimForCampaign } from "../../campaigns/index.ts";
import { type ClaimedLead, giveBackHeld, holdLeads } from "../../lists/index.ts";
import type { DialledCampaign } from "../campaign-cache.ts";
import type { LeadFeatures } from "./lead-odds.ts";

export interface HeldLead {
  callId: string;
  list: number;
  lead: LeadFeatures;
  timeZone: string;
  priority: number;
  /** Dials for which others were chosen. */
  passedOver: number;
}

export interface LeadBuffer extends Disposable {
  /** Before a look: fills up for these campaigns, and gives back what others hold. */
  keep(dialling: readonly DialledCampaign[]): Promise<void>;
  /** The leads to choose from, in the order in which they are due. */
  of(campaignId: number): readonly HeldLead[];
  /** Lets go of `count` leads, the preferred first, for `takeHeld`. */
  take(campaignId: number, preferred: readonly string[], count: number): string[];
  callIds(): string[];
  giveBack(): Promise<void>;
}

/** In the simulator, for five agents, ten gain what thirty do within the interval; see docs/dialling.md. */
const size = 10;
const refillAt = size / 2;
/** So often passed over, a lead is dialled next: nobody waits for ever. */
const mostPassedOver = 3 * size;
const dryMs = 2_000;

/** What is known of a lead's odds. The hour is not: what it does to all, the list's own rate follows. */
export function featuresOf(lead: {
  kind: string | undefined;
  attempts: number;
  lastOutcome?: string | null | undefined;
}): LeadFeatures {
  const { kind, attempts, lastOutcome } = lead;
  return {
    attempts,
    ...(kind !== undefined && { numberType: kind }),
    ...(lastOutcome && { lastOutcome }),
  };
}

const heldOf = (claimed: ClaimedLead): HeldLead => {
  const { callId, listId: list, timeZone, priority, attempts, lastOutcome, kinds, phones, phone } = claimed;
  const kind = kinds[phones.indexOf(phone)];
  const lead = featuresOf({ kind, attempts, lastOutcome });
  return { callId, list, lead, timeZone, priority, passedOver: 0 };
};

export function createLeadBuffer(deps: { database: Database; clock: Clock; events: EventBus }): LeadBuffer {
  const { database, clock, events } = deps;
  const held = new Map<number, HeldLead[]>();
  const dryAt = new Map<number, number>();
  /** What they held may no longer be of their lists or filter. */
  const changed = new Set<number>();

  async function giveBack(leads: readonly HeldLead[]): Promise<void> {
    const ids = leads.map(({ callId }) => callId);
    if (ids.length > 0) await database.transact((tx) => giveBackHeld(tx, ids));
  }

  async function fill({ campaign, zones }: DialledCampaign): Promise<void> {
    const before = held.get(campaign.id) ?? [];
    const now = clock.now();
    if (before.length > refillAt || Math.abs(now - (dryAt.get(campaign.id) ?? -Infinity)) < dryMs) return;
    const count = size - before.length;
    const leads = await database.transact(async (tx) => {
      const claimed = await claimForCampaign(tx, campaign, { count, now, zones });
      if (claimed.length > 0)
        await holdLeads(
          tx,
          claimed.map(({ callId }) => callId),
        );
      return claimed;
    });
    if (leads.length < count) dryAt.set(campaign.id, now);
    held.set(campaign.id, [...before, ...leads.map(heldOf)]);
  }

  function offered(campaignId: number): readonly HeldLead[] {
    const leads = held.get(campaignId) ?? [];
    const first = Math.max(...leads.map(({ priority }) => priority));
    const due = leads.filter(({ priority }) => priority === first);
    const forgotten = due.find(({ passedOver }) => passedOver >= mostPassedOver);
    return forgotten ? [forgotten] : due;
  }

  const stop = events.on("campaign.changed", ({ campaignId }) => {
    changed.add(campaignId);
    dryAt.delete(campaignId);
  });

  return {
    async keep(dialling) {
      const wanted = new Map(dialling.map((entry) => [entry.campaign.id, entry]));
      for (const [id, leads] of held) {
        const zones = changed.has(id) ? undefined : wanted.get(id)?.zones;
        const stays = leads.filter(({ timeZone }) => zones?.includes(timeZone));
        held.set(id, stays);
        if (stays.length === 0) held.delete(id);
        await giveBack(leads.filter((lead) => !stays.includes(lead)));
      }
      changed.clear();
      for (const entry of dialling) await fill(entry);
    },
    of: offered,
    take(campaignId, preferred, count) {
      const rank = new Map(preferred.map((callId, place) => [callId, place]));
      const order = (lead: HeldLead) => rank.get(lead.callId) ?? Infinity;
      const leads = held.get(campaignId) ?? [];
      const inOrder = leads.toSorted(
        (a, b) => Math.min(order(a), 1e9) - Math.min(order(b), 1e9) || b.priority - a.priority,
      );
      const taken = inOrder.slice(0, count);
      const left = leads.filter((lead) => !taken.includes(lead));
      for (const lead of left) lead.passedOver += taken.length;
      held.set(campaignId, left);
      return taken.map(({ callId }) => callId);
    },
    callIds: () => [...held.values()].flatMap((leads) => leads.map(({ callId }) => callId)),
    async giveBack() {
      const all = [...held.values()].flat();
      held.clear();
      await giveBack(all);
    },
    [Symbol.dispose]: stop,
  };
}
