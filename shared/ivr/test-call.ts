/** Drafts of flows walked by the person who draws them, on a telephone of ours. Nothing of it is kept or counted. */
import { z } from "zod";

/** `POST /api/v1/ivr/flows/:id/test-calls`: calls the person and walks the stored draft. Errors (409): `test-no-line`, `test-line-busy`; 404 `extension-unknown`. */
export const ivrTestInput = z.object({
  /** Whose desk phone rings; empty: one's own line. */
  extension: z.string().trim().max(20).default(""),
  /** The draft takes the caller for this number; empty: for nobody known. */
  callerNumber: z.string().trim().max(40).default(""),
});
export type IvrTestInput = z.output<typeof ivrTestInput>;
/** `POST /api/v1/ivr/test-calls/:id/keys`: as if they were keyed on the telephone. */
export const ivrTestKeys = z.object({ keys: z.string().regex(/^[0-9*#]{1,32}$/) });
/** `POST /:id/back`: of whom it was sent to nobody took the caller; `exit` of the block where it is. */
export const ivrTestBack = z.object({ exit: z.string().max(40) });

const place = z.object({ flowId: z.number(), blockId: z.string() });
/** `GET /api/v1/ivr/test-calls/:id`, topic `ivr-tests` of the live feed: as it goes on, to whoever began it. */
export const ivrTestCall = z.object({
  id: z.string(),
  flowId: z.number(),
  /** `away`: somebody else would have the caller now; nobody is called. */
  state: z.enum(["ringing", "running", "away", "over"]),
  /** Where the caller is, in flows around it first. */
  at: z.array(place),
  passed: z.array(place.extend({ exit: z.string() })),
  /** By name; what is secret is masked. */
  variables: z.record(z.string(), z.string()),
  /** What services, databases and scripts did not answer, and why. */
  faults: z.array(z.object({ blockId: z.string(), why: z.string() })),
  /** How the flow ended (`shared/ivr/state.ts`); null while it goes on, and when the telephone was not picked up. */
  ended: z.string().nullable(),
  /** Why the line ended. */
  cause: z.string().nullable(),
});
export type IvrTestCall = z.output<typeof ivrTestCall>;
