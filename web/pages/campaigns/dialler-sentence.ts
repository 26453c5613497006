import i18next from "i18next";
import type { LiveDialler } from "../../../shared/live-dialler.ts";
import { formatNumber, formatShare } from "../../lib/format.ts";

const rounded = (value: number) => formatNumber(Math.round(value * 10) / 10);

/** What holds the dialler back right now, in one sentence with the figures that say so. */
export function diallerSentence(panel: LiveDialler): string {
  const { agents, lines, forecast, abandons, limit, limitDetail } = panel;
  const cause = `cause.${String(limitDetail["cause"])}`;
  return i18next.t([`dialler.limit.${limit}`, "dialler.limit.other"], {
    ...limitDetail,
    code: limit,
    free: agents.ready,
    signedIn: agents.ready + agents.dialling + agents.talking + agents.wrapUp + agents.paused,
    lines: lines.dialling + lines.ringing,
    frees: rounded(forecast?.frees.at(-1) ?? 0),
    theta: formatShare(abandons.theta ?? 0, 1, 2),
    answers: formatNumber(abandons.today.answers),
    abandoned: formatNumber(abandons.today.abandoned),
    left: rounded(Math.max(0, abandons.left ?? 0)),
    causeWords: i18next.exists(cause) ? i18next.t(cause) : String(limitDetail["cause"]),
  });
}
