import { useLayoutEffect, useRef } from "react";
import { formatDuration } from "../../lib/format.ts";
import { onTick } from "./use-now.ts";

/** Time since an instant, counting up. It writes by itself: hundreds of them on one page tick at no cost worth naming. */
export function TimeSince({ at }: { at: string }) {
  const text = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const since = Date.parse(at);
    const show = () => {
      if (text.current) text.current.textContent = formatDuration(Math.max(0, Date.now() - since));
    };
    show();
    return onTick(show);
  }, [at]);
  return <span ref={text} className="num" />;
}
