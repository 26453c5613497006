import { AppError } from "../kernel/errors.ts";
import type { Cause, DetectedTone } from "./switch.ts";

/** `undefined`: the value says nothing of its own, and the SIP status beside it decides. */
type Table = Readonly<Record<number, Cause | undefined>>;

/** Every cause value of ITU-T Q.850 §2.2.7, and 52 and 54, which older networks send (Q.931). RFC 3398 §8.2.6.1. */
export const causeOfQ850: Table = {
  1: "invalid-number", // unallocated
  2: "invalid-number", // no route to transit network
  3: "invalid-number", // no route to destination
  4: "invalid-number", // special information tone
  5: "invalid-number", // misdialled trunk prefix
  6: "congestion", // channel unacceptable
  7: undefined, // call awarded
  8: "congestion", // preemption
  9: "congestion", // preemption, circuit reserved
  14: "moved", // number ported away: query on release
  16: undefined, // normal clearing
  17: "busy",
  18: "no-answer", // no user responding
  19: "no-answer", // alerted, no answer
  20: "unreachable", // subscriber absent
  21: "rejected",
  22: "moved", // number changed
  23: "moved", // redirected to a new destination
  24: "blocked", // rejected by a feature at the destination
  25: "congestion", // exchange routing error
  26: "rejected", // non-selected user clearing
  27: "unreachable", // destination out of order
  28: "invalid-number", // incomplete
  29: "call-barred", // facility rejected
  30: undefined, // response to status enquiry
  31: undefined, // normal, unspecified
  34: "congestion", // no circuit
  38: "congestion", // network out of order
  39: "congestion", // permanent frame mode connection out of service
  40: undefined, // permanent frame mode connection operational
  41: "congestion", // temporary failure
  42: "congestion", // switching equipment
  43: "congestion", // access information discarded
  44: "congestion", // requested circuit not available
  46: "congestion", // precedence call blocked
  47: "congestion", // resource unavailable
  49: "congestion", // quality of service not available
  50: "call-barred", // facility not subscribed
  52: "call-barred", // outgoing calls barred
  53: "call-barred", // outgoing calls barred within closed user group
  54: "call-barred", // incoming calls barred
  55: "call-barred", // incoming calls barred within closed user group
  57: "call-barred", // bearer capability not authorised
  58: "congestion", // bearer capability not available now
  62: "call-barred", // inconsistent access information and subscriber class
  63: "congestion", // service not available
  65: "no-codec", // bearer capability not implemented
  66: "no-codec", // channel type not implemented
  69: "trunk-failed", // facility not implemented
  70: "no-codec", // restricted digital information only
  79: "trunk-failed", // service not implemented
  81: "trunk-failed", // invalid call reference
  82: "trunk-failed", // channel does not exist
  83: "trunk-failed", // suspended call exists, not this one
  84: "trunk-failed", // call identity in use
  85: "trunk-failed", // no call suspended
  86: "trunk-failed", // call was cleared
  87: "call-barred", // not a member of the closed user group
  88: "no-codec", // incompatible destination
  90: "call-barred", // closed user group does not exist
  91: "invalid-number", // invalid transit network
  95: "trunk-failed", // invalid message
  96: "trunk-failed", // mandatory element missing
  97: "trunk-failed", // message type unknown
  98: "trunk-failed", // message not compatible with state
  99: "trunk-failed", // element unknown
  100: "trunk-failed", // element contents
  101: "trunk-failed", // message not compatible with state
  102: "trunk-failed", // recovery on timer expiry
  103: "trunk-failed", // parameter unknown, passed on
  110: "trunk-failed", // message with unknown parameter discarded
  111: "trunk-failed", // protocol error
  127: undefined, // interworking
};

/**
 * Every final status of IANA's registry of SIP response codes (RFC 3261 §21 and its successors). 408 and 480 depend
 * on whether the phone rang; 487 answers our own CANCEL.
 */
export const causeOfStatus: Table = {
  300: "moved",
  301: "moved",
  302: "moved", // we do not follow redirections of a carrier
  305: "trunk-failed",
  380: "trunk-failed",
  400: "trunk-failed",
  401: "trunk-failed",
  402: "trunk-failed", // the account with the carrier is empty
  403: "rejected",
  404: "invalid-number",
  405: "trunk-failed",
  406: "no-codec",
  407: "trunk-failed",
  408: undefined,
  410: "moved",
  412: "trunk-failed",
  413: "trunk-failed",
  414: "trunk-failed",
  415: "no-codec",
  416: "invalid-number",
  417: "trunk-failed",
  420: "trunk-failed",
  421: "trunk-failed",
  422: "trunk-failed",
  423: "trunk-failed",
  424: "trunk-failed",
  425: "trunk-failed",
  428: "trunk-failed", // an identity header is wanted (RFC 8224)
  429: "trunk-failed",
  430: "trunk-failed",
  433: "blocked", // anonymity disallowed
  436: "trunk-failed",
  437: "trunk-failed",
  438: "trunk-failed",
  439: "trunk-failed",
  440: "trunk-failed",
  469: "trunk-failed",
  470: "blocked", // consent needed
  480: undefined,
  481: "trunk-failed",
  482: "trunk-failed",
  483: "trunk-failed",
  484: "invalid-number",
  485: "invalid-number",
  486: "busy",
  487: "cancelled",
  488: "no-codec",
  489: "trunk-failed",
  491: "trunk-failed",
  493: "trunk-failed",
  494: "trunk-failed",
  500: "trunk-failed",
  501: "trunk-failed",
  502: "trunk-failed",
  503: "congestion",
  504: "trunk-failed",
  505: "trunk-failed",
  513: "trunk-failed",
  555: "trunk-failed",
  580: "trunk-failed",
  600: "busy",
  603: "rejected",
  604: "invalid-number",
  606: "no-codec",
  607: "blocked", // unwanted (RFC 8197)
  608: "blocked", // rejected by analytics (RFC 8688)
};

/** What a tone of the network says of the call; undefined: nothing (ringback, a beep). */
export const causeOfTone: Readonly<Partial<Record<DetectedTone["tone"], Cause>>> = {
  busy: "busy",
  congestion: "congestion",
  unobtainable: "invalid-number",
  "fax-ced": "fax",
};

/** What the reason in special information tones says (`media/sit.ts`). */
export const causeOfSit: Readonly<Record<NonNullable<DetectedTone["sit"]>, Cause>> = {
  intercept: "moved",
  "vacant-code": "invalid-number",
  reorder: "congestion",
  "no-circuit": "congestion",
  ineffective: "unreachable",
  generic: "unreachable",
};

export const causeOfDetected = ({ tone, sit }: DetectedTone): Cause | undefined =>
  sit ? causeOfSit[sit] : causeOfTone[tone];

/** Causes so general that a tone heard before says more. */
const general = new Set<Cause>([
  "no-answer",
  "unreachable",
  "rejected",
  "trunk-failed",
  "congestion",
  "error",
]);

/**
 * The cause of a call that was never answered, with what its early media said. An announcement is the network's own
 * word and goes before every status; a tone fills in where the status says little.
 */
export function causeWithHeard(
  cause: Cause,
  heard: { tone?: Cause | undefined; announcement?: Cause | undefined },
): Cause {
  if (
    cause === "cancelled" ||
    cause === "given-up" ||
    cause.startsWith("media-") ||
    cause === "switch-restarted"
  )
    return cause;
  return heard.announcement ?? (general.has(cause) ? (heard.tone ?? cause) : cause);
}

/** Why the media side would not take the party's SDP. */
export const causeOfSdpRefusal = (error: unknown): Cause =>
  error instanceof AppError && error.code.startsWith("srtp-") ? "no-encryption" : "no-codec";

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

/** The SIP status in a Reason header (RFC 3326 §2), which a proxy puts there when its own says less. */
export function sipReasonOf(reasonHeader: string | undefined): number | undefined {
  const match =
    reasonHeader && /(?:^|,)\s*SIP\s*(?:;[^,]*?)?;\s*cause\s*=\s*([3-6]\d\d)\b/i.exec(reasonHeader);
  return match ? Number(match[1]) : undefined;
}

/** Why an outgoing call that was never answered ended. Q.850 is preferred: gateways put it there because it says more. */
export function causeOfRefusal(refusal: Refusal): Cause {
  const { rang, reasonHeader } = refusal;
  if (refusal.status === 487) return "cancelled";
  if (refusal.stack) return rang ? "no-answer" : "trunk-failed";
  const q850 = q850Of(reasonHeader);
  const said = q850 === undefined ? undefined : causeOfQ850[q850];
  if (said) return said;
  const sip = sipReasonOf(reasonHeader);
  const status = sip !== undefined && sip !== 487 && sip in causeOfStatus ? sip : refusal.status;
  if (status === 408 || status === 480) return rang ? "no-answer" : "unreachable";
  // A status of the future counts as the x00 of its class (RFC 3261 §8.1.3.2).
  return causeOfStatus[status] ?? (status >= 600 ? "rejected" : "trunk-failed");
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
    blocked: 433,
    "invalid-number": 404,
    moved: 410,
    congestion: 503,
    "no-trunk": 503,
    "trunk-failed": 502,
    "no-codec": 488,
    "no-encryption": 488,
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
    "no-encryption": [88, "Audio encryption (SRTP) required or not allowed"],
    error: [41, "Temporary failure"],
  };
  const [value, text] = table[cause] ?? [16, "Normal call clearing"];
  return `Q.850;cause=${value};text="${text}"`;
}
