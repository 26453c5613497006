import {
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import type { DiaryItem } from "../../../shared/diary.ts";
import { useNow } from "../../features/desk/use-now.ts";
import { companyZone, formatInstant } from "../../lib/format.ts";
import { currentLanguage } from "../../lib/i18n/index.ts";
import { dayOf } from "../../lib/zone.ts";
import { keyOf } from "./diary-api.ts";
import "./diary.css";
import { instantAt, laidOut, minutesPerDay, movedBy, partIn, type Placed, stepMinutes } from "./grid.ts";
import { clockOf, spoken, theirClock, titleOf } from "./item-words.ts";

interface Props {
  days: readonly string[];
  items: readonly DiaryItem[];
  showsAgent: boolean;
  mayMove: (item: DiaryItem) => boolean;
  onOpen: (item: DiaryItem) => void;
  onMove: (item: DiaryItem, startsAt: string) => void;
  onCreate: (startsAt: string) => void;
}

const moves: Record<string, { days?: number; minutes?: number }> = {
  ArrowUp: { minutes: -stepMinutes },
  ArrowDown: { minutes: stepMinutes },
  ArrowLeft: { days: -1 },
  ArrowRight: { days: 1 },
};
/** Work begins about here: the part of a day that is seen first. */
const firstHour = 8;

/** Where in a day's column the pointer is, in minutes. */
function minutesAt(event: MouseEvent | DragEvent): number {
  const box = event.currentTarget.getBoundingClientRect();
  return ((event.clientY - box.top) / box.height) * minutesPerDay;
}

/** An item on its way to another time, by keys: Enter puts it there, Escape lets it be. */
interface Moving {
  key: string;
  startsAt: string;
}

/** Days side by side, hours downwards. Arrows go from block to block; with Shift they move one. */
export function DiaryGrid({ days, items, showsAgent, mayMove, onOpen, onMove, onCreate }: Props) {
  const { t } = useTranslation();
  const zone = companyZone();
  const now = useNow(60_000);
  const scroller = useRef<HTMLDivElement>(null);
  const [moving, setMoving] = useState<Moving | null>(null);
  const held = useRef<string | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const hours = scroller.current?.querySelector<HTMLElement>(".diary-hours");
    // A little before, for the line and its clock.
    if (hours) scroller.current!.scrollTop = (hours.offsetHeight * firstHour) / 24 - 8;
  }, []);

  // Taken to another day's column, a block is a new element: it keeps the focus that it had.
  useLayoutEffect(() => {
    if (held.current === null || document.activeElement !== document.body) return;
    scroller.current?.querySelector<HTMLElement>(`[data-diary="${held.current}"]`)?.focus();
  });

  const shown = items.map((item) => {
    if (moving?.key !== keyOf(item)) return item;
    const lengthMs = Date.parse(item.endsAt) - Date.parse(item.startsAt);
    return {
      ...item,
      startsAt: moving.startsAt,
      endsAt: new Date(Date.parse(moving.startsAt) + lengthMs).toISOString(),
    };
  });

  function goTo(from: HTMLElement, forward: boolean): void {
    const blocks = [...scroller.current!.querySelectorAll<HTMLElement>("[data-diary]")];
    blocks[blocks.indexOf(from) + (forward ? 1 : -1)]?.focus();
  }

  function press(event: KeyboardEvent<HTMLElement>, item: DiaryItem): void {
    const by = moves[event.key];
    const key = keyOf(item);
    if (by && event.shiftKey) {
      event.preventDefault();
      if (!mayMove(item)) return setSaid(t("diary.mayNotMove"));
      const startsAt = movedBy(moving?.key === key ? moving.startsAt : item.startsAt, by, zone);
      if (!days.includes(dayOf(new Date(startsAt)))) return setSaid(t("diary.outside"));
      held.current = key;
      setMoving({ key, startsAt });
      return setSaid(t("diary.movingTo", { at: formatInstant(startsAt) }));
    }
    if (by) {
      event.preventDefault();
      return goTo(event.currentTarget, event.key === "ArrowDown" || event.key === "ArrowRight");
    }
    if (moving?.key !== key) return undefined;
    if (event.key === "Enter" || event.key === "Escape") {
      event.preventDefault();
      setMoving(null);
      const isPut = event.key === "Enter";
      if (isPut) onMove(item, moving.startsAt);
      return setSaid(t(isPut ? "diary.movedTo" : "diary.notMoved", { at: formatInstant(moving.startsAt) }));
    }
    return undefined;
  }

  function drop(event: DragEvent, day: string): void {
    const item = items.find((one) => keyOf(one) === event.dataTransfer.getData("text/plain"));
    if (item && mayMove(item)) onMove(item, instantAt(day, minutesAt(event), zone));
  }

  const today = dayOf(new Date(now));
  const nowAt = partIn(
    { startsAt: new Date(now).toISOString(), endsAt: new Date(now).toISOString() },
    today,
    zone,
  );
  const block = (placed: Placed<DiaryItem>, day: string) => {
    const { item } = placed;
    const key = keyOf(item);
    const theirs = theirClock(item);
    const before = items.find((one) => keyOf(one) === key)!;
    return (
      <button
        key={`${key} ${day}`}
        type="button"
        data-diary={key}
        className={`diary-block diary-${item.kind} diary-${item.state}${item.overdue ? " diary-overdue" : ""}${moving?.key === key ? " diary-moving" : ""}`}
        style={{
          top: `${(placed.from / minutesPerDay) * 100}%`,
          height: `${((placed.to - placed.from) / minutesPerDay) * 100}%`,
          insetInlineStart: `${(placed.lane / placed.lanes) * 100}%`,
          width: `${100 / placed.lanes}%`,
        }}
        aria-label={spoken(item, t)}
        aria-keyshortcuts="Shift+ArrowUp Shift+ArrowDown Shift+ArrowLeft Shift+ArrowRight"
        draggable={mayMove(before)}
        onDragStart={(event) => event.dataTransfer.setData("text/plain", key)}
        onClick={(event) => {
          event.stopPropagation();
          onOpen(before);
        }}
        onBlur={(event) => {
          if (!event.relatedTarget) return;
          held.current = null;
          setMoving((current) => (current?.key === key ? null : current));
        }}
        onKeyDown={(event) => press(event, before)}
      >
        <span className="num">{clockOf(item.startsAt)}</span> <strong>{titleOf(item, t)}</strong>
        {theirs && <span className="diary-theirs num"> {t("diary.theirs", { time: theirs })}</span>}
        {showsAgent && <span> · {item.agent?.name ?? t("callbacks.team")}</span>}
      </button>
    );
  };

  return (
    <>
      <section
        className="diary"
        style={{ "--days": days.length } as React.CSSProperties}
        ref={scroller}
        aria-label={t("navigation.diary")}
        // It scrolls: without entries nothing in it would take the keyboard there.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <div className="diary-head diary-corner" />
        {days.map((day) => (
          <div key={day} className={`diary-head${day === today ? " diary-today" : ""}`}>
            {new Intl.DateTimeFormat(currentLanguage() === "zh" ? "zh-CN" : "en-GB", {
              weekday: "short",
              month: "numeric",
              day: "numeric",
              timeZone: "UTC",
            }).format(new Date(`${day}T00:00Z`))}
          </div>
        ))}
        <div className="diary-hours" aria-hidden>
          {Array.from({ length: 24 }, (_, hour) => (
            <span key={hour} className="num">
              {hour}:00
            </span>
          ))}
        </div>
        {days.map((day) => (
          // By keyboard the button above makes a new entry.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
          <div
            key={day}
            className="diary-day"
            data-day={day}
            onClick={(event) => onCreate(instantAt(day, minutesAt(event), zone))}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => drop(event, day)}
          >
            {day === today && nowAt && (
              <div className="diary-now" style={{ top: `${(nowAt.from / minutesPerDay) * 100}%` }} />
            )}
            {laidOut(shown, day, zone).map((placed) => block(placed, day))}
          </div>
        ))}
      </section>
      <div role="status" className="diary-said">
        {said}
      </div>
    </>
  );
}
