import type { AudioTrouble, LiveQuality, QualityGrade, QualityReason } from "../../../shared/quality.ts";
import type { Quality, QualityReason as OwnReason } from "../../phone/quality.ts";

/** How a talk sounds over both its lines; the words are under `desk.quality.<side>.<reason>`. */
export interface LineQuality {
  grade: QualityGrade | "unknown";
  /** Whose line spoils it, and by what; null when nothing does. */
  spoiled:
    | { side: "reason"; reason: OwnReason }
    | { side: "customer"; reason: QualityReason | AudioTrouble }
    | null;
}

const order = ["unknown", "good", "fair", "poor"] as const;
const troubleGrade: Record<AudioTrouble, QualityGrade> = {
  "no-audio": "poor",
  "not-received": "poor",
  // A muted customer sounds the same as a broken one.
  silence: "fair",
};

/** The browser's own line and, as the server measures it, the customer's: the worse of both. Pure. */
export function lineQuality(own: Quality, live: LiveQuality | undefined): LineQuality {
  const found: LineQuality[] = [
    { grade: own.grade, spoiled: own.reason === null ? null : { side: "reason", reason: own.reason } },
  ];
  for (const { leg, trouble } of live?.troubles ?? [])
    if (leg === "customer")
      found.push({ grade: troubleGrade[trouble], spoiled: { side: "customer", reason: trouble } });
  for (const stream of [live?.customer?.in, live?.customer?.out])
    if (stream?.reason)
      found.push({ grade: stream.grade, spoiled: { side: "customer", reason: stream.reason } });
  return found.reduce((worst, next) =>
    order.indexOf(next.grade) > order.indexOf(worst.grade) ? next : worst,
  );
}
