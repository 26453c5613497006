/**
 * What a waiting callback asks for now. Pure.
 *
 *   agreed --- its agent does not come ------> team ---.
 *      '------- nobody comes, no team --------------> supervisors
 *
 * The times count from the moment that was promised, so that no failed try puts them off.
 */
import type { AfterCall } from "../../../shared/after-call.ts";
import type { CallbackLevel } from "../../../shared/callbacks.ts";

export interface PromisedCall {
  level: CallbackLevel;
  /** null: anybody of the campaign. */
  userId: number | null;
  /** There is a campaign, and so a team. */
  hasTeam: boolean;
  /** ms. */
  promisedAt: number;
  reminded: boolean;
  /** ms; the reminder rests until then. */
  snoozedUntil: number | null;
}

export type Duty = "remind" | "to-team" | "to-supervisors" | null;

export type DutyRules = Pick<AfterCall, "remindBeforeMs" | "toTeamAfterMs" | "toSupervisorsAfterMs">;

export function dutyOf(promise: PromisedCall, rules: DutyRules, now: number): Duty {
  const { level, userId, hasTeam, promisedAt, reminded, snoozedUntil } = promise;
  const overdueMs = now - promisedAt;
  const isOver = (limit: number | null) => limit !== null && overdueMs >= limit;
  if (level !== "supervisors" && isOver(rules.toSupervisorsAfterMs)) return "to-supervisors";
  if (level === "agreed" && userId !== null && hasTeam && isOver(rules.toTeamAfterMs)) return "to-team";
  const remindAt = snoozedUntil ?? promisedAt - rules.remindBeforeMs;
  if (level === "agreed" && userId !== null && !reminded && now >= remindAt) return "remind";
  return null;
}
