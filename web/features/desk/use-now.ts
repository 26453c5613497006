import { useEffect, useState } from "react";

/** The time in ms, renewed every `periodMs` on whole multiples, so that all timers of a page tick together. */
export function useNow(periodMs = 1000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      setNow(Date.now());
      timer = setTimeout(tick, periodMs - (Date.now() % periodMs));
    };
    timer = setTimeout(tick, periodMs - (Date.now() % periodMs));
    return () => clearTimeout(timer);
  }, [periodMs]);
  return now;
}
