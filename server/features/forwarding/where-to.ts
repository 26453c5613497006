/**
 * Where a call for one person goes, pure. The first rule that holds decides:
 *
 *   always ──▶ out of hours ──▶ do-not-disturb: as busy ──▶ at their desk? ──no──▶ no answer
 *                                                            │ yes
 *                                  on a call, and busy is forwarded ──▶ busy
 *                                                            │ else
 *                                                          it rings; nobody takes it ──▶ no answer
 */
import type { Forwarding, ForwardTarget } from "../../../shared/forwarding.ts";
import { isOpen } from "../../../shared/hours.ts";

export type Because = "always" | "out-of-hours" | "do-not-disturb" | "busy" | "no-answer" | "away";

/** `to` null: the call may not ring, and nothing is said about where it goes instead. */
export type Stop = { ring: true } | { ring: false; to: ForwardTarget | null; because: Because };

export interface PersonFacts {
  at: number;
  /** The company's, IANA. */
  timeZone: string;
  /** Signed in, with a line. */
  present: boolean;
  /** On a call, or writing its summary. */
  onCall: boolean;
}

const rings: Stop = { ring: true };

export function whereTo(settings: Forwarding, { at, timeZone, present, onCall }: PersonFacts): Stop {
  const { always, outOfHours, busy, noAnswer, hours } = settings;
  if (always) return { ring: false, to: always, because: "always" };
  if (outOfHours && hours && !isOpen(hours, at, timeZone))
    return { ring: false, to: outOfHours, because: "out-of-hours" };
  if (settings.doNotDisturb) return { ring: false, to: busy, because: "do-not-disturb" };
  if (!present) return { ring: false, to: noAnswer, because: "away" };
  if (onCall && busy) return { ring: false, to: busy, because: "busy" };
  return rings;
}
