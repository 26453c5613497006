import { z } from "zod";
import { outcomes } from "./calls.ts";
import { instant } from "./common.ts";

/** What an announcement can mean; words under `cause.<name>`. */
export const announcementCauses = [
  "invalid-number",
  "powered-off",
  "suspended",
  "unreachable",
  "busy",
  "no-answer",
  "rejected",
  "moved",
  "call-barred",
  "blocked",
  "congestion",
] as const;
export type AnnouncementCause = (typeof announcementCauses)[number];

export const announcementChange = z.object({
  name: z.string().trim().min(1).max(100),
  cause: z.enum(announcementCauses),
  enabled: z.boolean(),
});
export type AnnouncementChange = z.infer<typeof announcementChange>;

/** `GET /api/v1/announcements`; its sound: `GET /api/v1/announcements/:id/audio`. */
export const announcementRow = announcementChange.extend({
  id: z.number(),
  durationMs: z.number(),
  /** How often calls heard it. */
  hits: z.number(),
  lastHeardAt: instant.nullable(),
  createdBy: z.string().nullable(),
  createdAt: instant,
});
export type AnnouncementRow = z.infer<typeof announcementRow>;

/** The part of a recording that is the announcement, once; ms. Absent: all of it. */
export const span = z
  .object({ fromMs: z.coerce.number().int().min(0), toMs: z.coerce.number().int().min(1) })
  .refine(({ fromMs, toMs }) => fromMs < toMs, { path: ["toMs"], message: "before fromMs" });

/** `POST /api/v1/announcements?name=&cause=` with a WAV file as multipart/form-data. */
export const announcementUpload = announcementChange.omit({ enabled: true });
/** `POST /api/v1/announcements/from-call`: from early media that was kept. */
export const announcementFromCall = announcementUpload.extend({ callId: z.string(), span: span.optional() });
export type AnnouncementFromCall = z.infer<typeof announcementFromCall>;

/**
 * `POST /api/v1/announcements/try` with a WAV file, or `GET /api/v1/early-media/:callId/try`: what a call would hear in
 * it.
 */
export const announcementTrial = z.object({
  tones: z.array(
    z.object({ tone: z.string(), atMs: z.number(), levelDbm0: z.number(), cause: z.string().nullable() }),
  ),
  announcements: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      cause: z.string(),
      atMs: z.number(),
      errorRate: z.number(),
    }),
  ),
});
export type AnnouncementTrial = z.infer<typeof announcementTrial>;

/** `GET /api/v1/early-media`, newest first; its sound: `GET /api/v1/early-media/:callId/audio`. */
export const earlyMediaRow = z.object({
  callId: z.string(),
  at: instant,
  durationMs: z.number(),
  phone: z.string(),
  outcome: z.enum(outcomes).nullable(),
  cause: z.string().nullable(),
});
export type EarlyMediaRow = z.infer<typeof earlyMediaRow>;
