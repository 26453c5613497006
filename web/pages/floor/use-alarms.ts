import { useEffect, useMemo, useRef, useState } from "react";
import type { Thresholds } from "../../../shared/floor.ts";
import type { LiveAgent, LiveCall } from "../../../shared/live.ts";
import { useNow } from "../../features/desk/use-now.ts";
import { playAlarm } from "./alarm-sound.ts";
import { type Alarm, alarmsOf } from "./floor-alarms.ts";

/** Looks every second; `fresh` are those that nobody has seen yet, and a new one sounds once. */
export function useAlarms(
  items: { agents: readonly LiveAgent[]; calls: readonly LiveCall[] },
  thresholds: Thresholds,
  sound: boolean,
) {
  const now = useNow();
  const alarms = useMemo(() => alarmsOf(items, thresholds, now), [items, thresholds, now]);
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const known = useRef<ReadonlySet<string>>(new Set());
  const keys = alarms.map(({ key }) => key).join("\n");
  useEffect(() => {
    const fresh = alarms.filter(({ key }) => !known.current.has(key));
    known.current = new Set(alarms.map(({ key }) => key));
    if (fresh.length === 0) return;
    if (sound) playAlarm();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `keys` stands for the alarms, which are new each second
  }, [keys, sound]);
  const fresh = alarms.filter(({ key }) => !seen.has(key));
  return {
    now,
    alarms,
    fresh,
    acknowledge: (...done: Alarm[]) =>
      setSeen(
        (before) =>
          new Set([...[...before].filter((key) => known.current.has(key)), ...done.map(({ key }) => key)]),
      ),
  };
}
