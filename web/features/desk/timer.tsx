import { formatDuration } from "../../lib/format.ts";
import { useNow } from "./use-now.ts";

/** Time since an instant, counting up. */
export function TimeSince({ at }: { at: string }) {
  const now = useNow();
  return <span className="num">{formatDuration(Math.max(0, now - Date.parse(at)))}</span>;
}
