import type { Outcome } from "../../../shared/calls.ts";
import type { Cause } from "../../switch/switch.ts";

const byCause: Record<Cause, Outcome> = {
  normal: "rejected",
  cancelled: "cancelled",
  "given-up": "given-up",
  "no-answer": "no-answer",
  busy: "busy",
  rejected: "rejected",
  "invalid-number": "invalid-number",
  unreachable: "unreachable",
  "powered-off": "powered-off",
  suspended: "suspended",
  moved: "invalid-number",
  "call-barred": "call-barred",
  blocked: "blocked",
  fax: "fax",
  congestion: "congestion",
  "trunk-failed": "trunk-failed",
  "no-trunk": "trunk-failed",
  "no-codec": "failed",
  "no-encryption": "failed",
  "time-limit": "failed",
  "media-lost": "failed",
  "media-process-died": "failed",
  "transport-lost": "failed",
  "switch-restarted": "crashed",
  error: "failed",
};

/** How an attempt that was never answered ended. */
export const outcomeOf = (cause: Cause): Outcome => byCause[cause];
