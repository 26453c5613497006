import type { TFunction } from "i18next";
import type { DiaryItem } from "../../../shared/diary.ts";
import { wallClockOf } from "../../../shared/zoned-time.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { companyZone } from "../../lib/format.ts";

export const clockOf = (at: string) => wallClockOf(Date.parse(at), companyZone()).slice(11);

/** The customer's own clock, when it shows another time; with the day when that differs too. */
export function theirClock({ startsAt, timeZone }: DiaryItem): string | null {
  if (timeZone === null) return null;
  const at = Date.parse(startsAt);
  const [ours, theirs] = [wallClockOf(at, companyZone()), wallClockOf(at, timeZone)];
  if (ours === theirs) return null;
  return ours.slice(0, 10) === theirs.slice(0, 10) ? theirs.slice(11) : theirs.slice(5).replace("T", " ");
}

export function titleOf(item: DiaryItem, t: TFunction): string {
  if (item.title) return item.title;
  if (item.kind === "appointment") return t("diary.taken");
  return item.phone ? formatPhone(item.phone) : t("lists.noName");
}

/** All of a block in words, for who does not see it. */
export function spoken(item: DiaryItem, t: TFunction): string {
  const theirs = theirClock(item);
  return [
    `${clockOf(item.startsAt)}–${clockOf(item.endsAt)}`,
    t(`diary.kind.${item.kind}`),
    titleOf(item, t),
    theirs && t("desk.callback.theirs", { time: theirs }),
    item.overdue && t("diary.overdue"),
    item.agent?.name,
  ]
    .filter(Boolean)
    .join(", ");
}
