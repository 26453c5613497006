import type { Clock } from "../../kernel/clock.ts";
import { insertCallback } from "../callbacks/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { CallRunner } from "./runner.ts";

/** Somebody asked by a key to be called at this number in so many minutes. */
export function promiseCallback(
  { runner, clock }: { runner: Pick<CallRunner, "note">; clock: Clock },
  call: ActiveCall,
  afterMinutes: number,
): void {
  const { leadId, campaign, phone, timeZone } = call.plan;
  const at = new Date(clock.now());
  const dueAt = new Date(at.getTime() + afterMinutes * 60_000);
  const about = { leadId, customerId: call.customerId, campaignId: campaign?.id ?? null, callId: call.id };
  const promise = { ...about, timeZone, phone, userId: null, promisedBy: null, dueAt, note: "", at };
  runner.note(call, "message-callback", {
    data: { dueAt: dueAt.toISOString() },
    also: async (tx) => void (await insertCallback(tx, promise)),
  });
}
