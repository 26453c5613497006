import { z } from "zod";
import { instant } from "./common.ts";

/** `GET /api/v1/sip/bans`: addresses whose SIP is not listened to now; `DELETE /api/v1/sip/bans/:host` lifts one. */
export const sipBan = z.object({
  host: z.string(),
  /** The last offence, as the log has it. */
  reason: z.string(),
  since: instant,
  until: instant,
});
export type SipBan = z.infer<typeof sipBan>;
export const sipBanParam = z.object({ host: z.string().min(2).max(45) });
