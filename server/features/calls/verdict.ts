import type { DispositionEffect } from "../../../shared/campaigns.ts";
import type { DeskDraft } from "../../../shared/desk.ts";
import type { DispositionDoes } from "../../../shared/disposition-does.ts";
import type { Db } from "../../kernel/db.ts";
import { findDisposition } from "../campaigns/index.ts";
import type { Attempt } from "../lists/index.ts";
import { type MessageResult, noResult } from "./message-result.ts";

export interface Verdict {
  dispositionId: number | null;
  effect: DispositionEffect | null;
  does: DispositionDoes;
}

/** A draft that was never made final still says what the agent meant; a disposition of another campaign does not. */
export async function verdictOf(db: Db, id: number | null, campaignId: number | null): Promise<Verdict> {
  const found = id === null ? undefined : await findDisposition(db, id);
  if (!found || found.campaignId !== campaignId) return { dispositionId: null, effect: null, does: {} };
  return { dispositionId: found.id, effect: found.effect, does: found.does };
}

/**
 * What becomes of the lead: never again goes before a promised time, and a callback without a time becomes a try
 * by the lead's own rules.
 */
export function leadEffect(
  verdict: Pick<Verdict, "effect"> | null,
  draft: DeskDraft | null,
  byKeys: MessageResult = noResult,
): DispositionEffect | null {
  const effect = verdict?.effect ?? null;
  if (effect === "do-not-call" || byKeys.optOut !== null) return "do-not-call";
  if (draft ? draft.callbackAt : byKeys.hasCallback) return "callback";
  return effect === "callback" ? "retry" : effect;
}

/** When this disposition says itself when to try again. */
export const ownRetry = ({ dispositionId, does }: Verdict): NonNullable<Attempt["own"]> | null =>
  dispositionId !== null && does.retry ? { dispositionId, rule: does.retry } : null;
