import type { Cause } from "./switch.ts";

/** Q.850 cause values that say more than the SIP status beside them (ITU-T Q.850 §2.2.7, RFC 3398 §8.2.6.1). */
const causeOfQ850: Readonly<Record<number, Cause>> = {
  1: "invalid-number", // unallocated
  17: "busy",
  18: "no-answer", // no user responding
  19: "no-answer", // alerted, no answer
  20: "unreachable", // subscriber absent: switched off or out of coverage
  21: "rejected",
  22: "invalid-number", // number changed
  27: "unreachable", // destination out of order
  28: "invalid-number", // incomplete
  34: "congestion", // no circuit
  38: "congestion", // network out of order
  41: "congestion", // temporary failure
  42: "congestion", // switching equipment
  44: "congestion", // requested circuit not available
  47: "congestion", // resource unavailable
  65: "no-codec", // bearer capability not implemented
  88: "no-codec", // incompatible destination
};

/** Final SIP statuses whose meaning does not depend on whether the phone rang (RFC 3261 §21, RFC 8688). */
const causeOfStatus: Readonly<Record<number, Cause>> = {
  401: "trunk-failed",
  403: "rejected",
  404: "invalid-number",
  407: "trunk-failed",
  410: "unreachable",
  484: "invalid-number",
  485: "invalid-number",
  486: "busy",
  487: "cancelled",
  488: "no-codec",
  503: "congestion",
  600: "busy",
  603: "rejected",
  604: "invalid-number",
  606: "no-codec",
  607: "rejected",
  608: "rejected",
};

export interface Refusal {
  status: number;
  /** RFC 3326 Reason header, raw. */
  reasonHeader?: string;
  /** 180 or 183 came before. */
  rang: boolean;
  /** The stack made the status itself: nothing came from the other side. */
  stack?: boolean;
}

/** Q.850 value of a Reason header (RFC 3326 §2): `Q.850;cause=17;text="busy"`; undefined when it has none. */
export function q850Of(reasonHeader: string | undefined): number | undefined {
  const match =
    reasonHeader && /(?:^|,)\s*Q\.850\s*(?:;[^,]*?)?;\s*cause\s*=\s*(\d{1,3})/i.exec(reasonHeader);
  return match ? Number(match[1]) : undefined;
}

/** Why an outgoing call that was never answered ended. Q.850 is preferred: gateways put it there because it says more. */
export function causeOfRefusal(refusal: Refusal): Cause {
  const { status, rang } = refusal;
  if (status === 487) return "cancelled";
  if (refusal.stack) return rang ? "no-answer" : "trunk-failed";
  const q850 = q850Of(refusal.reasonHeader);
  const said = q850 === undefined ? undefined : causeOfQ850[q850];
  if (said) return said;
  if (status === 408 || status === 480) return rang ? "no-answer" : "unreachable";
  const known = causeOfStatus[status];
  if (known) return known;
  if (status >= 600) return "rejected";
  return status >= 500 ? "trunk-failed" : "error";
}

/** Why the stack ended an answered call by itself. */
export function causeOfStackEnd(stackCause: string | undefined): Cause {
  return stackCause === undefined ? "error" : "transport-lost";
}

/** Should the next trunk be tried? A party's own answer is final; the trunk's trouble is not. */
export function isTrunkTrouble(cause: Cause): boolean {
  return cause === "trunk-failed" || cause === "congestion";
}

/** Which refusal of several phones tells most: somebody pressed a key before nobody did (RFC 3261 §16.7 step 6 in spirit). */
const weight: readonly Cause[] = [
  "rejected",
  "busy",
  "no-answer",
  "no-codec",
  "unreachable",
  "transport-lost",
];
export function moreTelling(a: Cause, b: Cause): Cause {
  return rank(b) < rank(a) ? b : a;
}
const rank = (cause: Cause) => (weight.includes(cause) ? weight.indexOf(cause) : weight.length);

/** The final status that refuses an incoming call for this cause. */
export function statusOfCause(cause: Cause): number {
  const table: Partial<Record<Cause, number>> = {
    busy: 486,
    rejected: 603,
    "invalid-number": 404,
    congestion: 503,
    "no-trunk": 503,
    "trunk-failed": 502,
    "no-codec": 488,
    "media-process-died": 500,
    "switch-restarted": 503,
    error: 500,
  };
  return table[cause] ?? 480;
}

/** Reason header (RFC 3326) for our BYE or CANCEL, so that the carrier's records say why. */
export function reasonHeaderOf(cause: Cause): string {
  const table: Partial<Record<Cause, readonly [number, string]>> = {
    busy: [17, "User busy"],
    "no-answer": [19, "No answer from user"],
    rejected: [21, "Call rejected"],
    "media-lost": [41, "Media lost"],
    "media-process-died": [41, "Media lost"],
    "switch-restarted": [41, "Restart"],
    "no-codec": [88, "Incompatible destination"],
    error: [41, "Temporary failure"],
  };
  const [value, text] = table[cause] ?? [16, "Normal call clearing"];
  return `Q.850;cause=${value};text="${text}"`;
}
