/** Numbers behind two digits: a person's own and everybody's; one's own comes first. */
import { z } from "zod";

export const speedDialScopes = ["own", "shared"] as const;
export type SpeedDialScope = (typeof speedDialScopes)[number];

/** `PUT /api/v1/speed-dials/:scope/:code`, and `DELETE`; the shared ones need `agents.supervise`. */
export const speedDialInput = z.object({
  name: z.string().trim().min(1).max(60),
  /** As typed: in the default country's form or E.164. */
  phone: z.string().trim().min(2).max(30),
  /** False: a code that has an entry is refused (409 `speed-dial-taken`, `detail.name`) instead of replaced. */
  replace: z.boolean().default(true),
});
export type SpeedDialInput = z.output<typeof speedDialInput>;
export const speedDialKey = z.object({
  scope: z.enum(speedDialScopes),
  code: z.coerce.number().int().min(0).max(99),
});
/** `GET /api/v1/speed-dials`: one's own and the shared. */
export const speedDial = speedDialInput
  .omit({ replace: true })
  .extend({ scope: z.enum(speedDialScopes), code: z.number() });
export type SpeedDial = z.infer<typeof speedDial>;
