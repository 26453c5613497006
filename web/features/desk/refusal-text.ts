import i18next from "i18next";
import { ApiError } from "../../lib/api.ts";
import { errorText } from "../../lib/error-text.ts";
import { formatInstant } from "../../lib/format.ts";

/** Why the compliance gate refused a number, rule by rule, and when it may be dialled again if it ever may. */
export function refusalText(detail: Record<string, unknown>): string {
  const rules = Array.isArray(detail["rules"]) ? detail["rules"] : [];
  const reasons = rules.map((rule) =>
    i18next.t(`desk.refusedBy.${rule}`, {
      defaultValue: String(rule),
      name: detail["barredBy"],
    }),
  );
  const { retryAt } = detail;
  const at = typeof retryAt === "string" || typeof retryAt === "number" ? new Date(retryAt) : null;
  return [
    i18next.t("desk.refused", { reasons: reasons.join(i18next.t("desk.refusedJoin")) }),
    at ? i18next.t("desk.refusedUntil", { at: formatInstant(at.toISOString()) }) : "",
  ].join(" ");
}

/** A refused desk command in words. */
export function deskErrorText(error: unknown): string {
  return error instanceof ApiError && error.code === "dial-refused"
    ? refusalText(error.detail)
    : errorText(error);
}
