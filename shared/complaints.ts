import { z } from "zod";

export const complaintScopes = ["everywhere", "campaign", "none"] as const;

/**
 * `POST /api/v1/calls/:id/complaint`: the person called complained of this call. `doNotCall`: whether the number is never
 * dialled again, by anybody or by this campaign.
 */
export const complaintInput = z.object({
  note: z.string().trim().min(1).max(2_000),
  doNotCall: z.enum(complaintScopes).default("everywhere"),
});
export type ComplaintInput = z.infer<typeof complaintInput>;
