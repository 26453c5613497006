import type { BoxRow } from "../../../shared/voicemail.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import type { SendRecording } from "../recordings/index.ts";
import type { Mailboxes } from "./mailboxes.ts";
import type { Transcriber } from "./transcribe.ts";
import { findBox } from "./queries-boxes.ts";

export interface VoicemailRouteParts {
  database: Database;
  mailboxes: Mailboxes;
  transcriber: Pick<Transcriber, "wake">;
  clock: Clock;
  sendRecording: SendRecording;
  /** A WAV file of any usual format as 16 bits, 8 kHz, mono. Errors: `unsupported-sound`. */
  toSound: (file: Buffer) => { wav: Buffer; durationMs: number };
}

export const use = { allow: "desk.use" } as const;
export const tags = { tags: ["voicemail"] };

/** Shared boxes are seen by those who look after them and by who manages settings; one's own by oneself. */
export async function demandBox(database: Database, principal: Principal, id: number): Promise<BoxRow> {
  const found = await findBox(database.db, id);
  const { userId, permissions } = principal;
  const isTheirs =
    found?.userId === userId ||
    found?.keepers.some((keeper) => keeper.id === userId) ||
    (found?.userId === null && permissions.has("settings.manage"));
  if (!found || !isTheirs) throw notFound("voicemail box", id);
  return found;
}
