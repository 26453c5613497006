/** Who uses what somebody would delete: as long as anybody does, it stays. */
import { z } from "zod";

/** By what it is used, and so where it is changed. */
export const useKinds = [
  "settings", // `name` is the setting's
  "number", // a dialled number or a trunk leads there; `place`: its rule, empty by default
  "flow", // callers walk it; `place`: the block, empty for the words at a flow's end
  "flow-draft", // only in what is being drawn
  "queue", // handles its calls as this campaign, or has this survey
  "queue-waiting", // callers of the queue hear it, or get there by key
  "queue-overflow",
  "survey",
  "greeting", // a rule of personal greetings
  "campaign", // has this survey
  "campaign-message",
  "prompt",
  "wallboard",
] as const;
export const use = z.object({
  kind: z.enum(useKinds),
  /** Null: there is one alone, or it has none. */
  id: z.number().nullable(),
  name: z.string(),
  place: z.string(),
});
export type Use = z.infer<typeof use>;

/** `detail` of the 409 `in-use` with which a DELETE is refused; `names` are those of the uses, for people. */
export const inUseDetail = z.object({ uses: z.array(use).min(1), names: z.string() });
