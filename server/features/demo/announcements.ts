import type { Tx } from "../../kernel/db.ts";
import { ensureAnnouncement, type AnnouncementAudio } from "../announcements/index.ts";

/** What the simulated carrier says of numbers that cannot be reached; each is trained like a real network's. */
export interface DemoAnnouncements {
  trainingOf: AnnouncementAudio["trainingOf"];
  /** WAV files of its words. */
  invalid: Buffer;
  off: Buffer;
}

export async function seedAnnouncements(
  tx: Tx,
  { trainingOf, invalid, off }: DemoAnnouncements,
  at: Date,
): Promise<void> {
  await ensureAnnouncement(tx, {
    name: "模拟运营商：空号",
    cause: "invalid-number",
    at,
    ...trainingOf(invalid),
  });
  await ensureAnnouncement(tx, { name: "模拟运营商：关机", cause: "powered-off", at, ...trainingOf(off) });
}
