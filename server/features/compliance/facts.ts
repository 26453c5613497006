/** What the gate looks at, as it is stored with its answer. All times in ms since the epoch. */
import type { AttemptLimits, WeekHours } from "../../../shared/campaigns.ts";
import type { CallOrigin } from "../../../shared/calls.ts";
import type { CallKind, CallPurpose, ConsentForm, LockCause } from "../../../shared/rule-packs.ts";
import type { PackRef } from "./rules/rule-packs.ts";

export interface DoNotCallFact {
  scope: "global" | "campaign";
  source: string;
  reason: string;
  /** null for ever. */
  expiresAt: number | null;
}

/** What a register of numbers, a file's or a service's, says about this one. */
export interface RegisterFact {
  id: number;
  name: string;
  kind: "file" | "service";
  /** The public register that it is a copy of (`us-dnc`); null: the company's own. */
  key: string | null;
  scope: "global" | "campaign";
  /** null: it could not be asked, or is out of date. */
  listed: boolean | null;
  /** When the file was loaded, or the service answered; null: never. */
  asOf: number | null;
  expiresAt: number | null;
  /** What to do with a number it says nothing about. */
  whenUnknown: "refuse" | "allow";
}

export interface ConsentFact {
  id: number;
  /** Empty: all. */
  kinds: CallKind[];
  purposes: CallPurpose[];
  form: ConsentForm;
  source: string;
  givenAt: number;
  expiresAt: number | null;
  withdrawnAt: number | null;
}

/** An earlier attempt to one of the person's numbers. */
export interface AttemptFact {
  at: number;
  /** To the number that is to be dialled now, not another of the person's. */
  sameNumber: boolean;
  sameCampaign: boolean;
}

/** Something after which a number rests. */
export interface LockFact {
  after: LockCause | "own";
  at: number;
  /** Of a lock that the company set; null: as long as the law says. */
  until: number | null;
  /** The disposition that set it. */
  disposition: string | null;
}

/** What the rules of law need. */
export interface LegalFacts {
  packs: PackRef[];
  country: string;
  /** Every zone the person may be in: of the number, and of the address. */
  timeZones: string[];
  kind: CallKind;
  purpose: CallPurpose;
  /** An agent is there for this call and no other. */
  agentGuaranteed: boolean;
  /** How many numbers of the person were looked at. */
  personNumbers: number;
  perPersonPerDay: number | null;
  /** Newest first, over the longest window of the rules, at most 200 for each number. */
  attempts: AttemptFact[];
  locks: LockFact[];
  consents: ConsentFact[];
  /** What the company relies on for everybody; null: nothing said. */
  consentBasis: { text: string; byUserId: number | null; at: number } | null;
  registers: RegisterFact[];
}

/** JSON as it stands in `decisions.facts`. */
export interface DialFacts {
  at: number;
  origin: CallOrigin;
  phone: string;
  /** The lead's IANA zone. */
  timeZone: string;
  hours: WeekHours;
  limits: AttemptLimits;
  doNotCall: DoNotCallFact[];
  leadAttempts: number;
  /** Earlier attempts to this number, newest first, over the longer of a day and the minimum gap. */
  numberAttempts: number[];
  /** A call with this number is under way. */
  openCalls: number;
  /** Absent in decisions of rules version 2026.1. */
  legal?: LegalFacts;
}

export type DialRule =
  | "do-not-call"
  | "register"
  | "hours"
  | "legal-hours"
  | "open-call"
  | "lock-out"
  | "attempts-per-lead"
  | "attempts-per-number-per-day"
  | "min-gap"
  | "attempts-per-person-per-day"
  | "legal-attempts"
  | "consent"
  | "public-register";

export interface Reason {
  rule: DialRule;
  allowed: boolean;
  detail: Record<string, unknown>;
}

export interface Verdict extends Reason {
  /** When this rule allows it again; null: never by itself. */
  retryAt?: number | null;
}

export interface Decision {
  allowed: boolean;
  /** Every rule, in order, refusals and permissions alike. */
  reasons: Reason[];
  rulesVersion: string;
  /** When a refused lead may be tried again; null: never by itself. */
  retryAt: number | null;
}
