import type { Outcome } from "../../../shared/calls.ts";
import type { Cause } from "../../switch/switch.ts";

const byCause: Record<Cause, Outcome> = {
  normal: "rejected",
  cancelled: "cancelled",
  "no-answer": "no-answer",
  busy: "busy",
  rejected: "rejected",
  "invalid-number": "invalid-number",
  unreachable: "unreachable",
  congestion: "congestion",
  "trunk-failed": "trunk-failed",
  "no-trunk": "trunk-failed",
  "no-codec": "failed",
  "media-lost": "failed",
  "media-process-died": "failed",
  "transport-lost": "failed",
  "switch-restarted": "crashed",
  error: "failed",
};

/** How an attempt that was never answered ended. */
export const outcomeOf = (cause: Cause): Outcome => byCause[cause];
