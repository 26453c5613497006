import { sql } from "kysely";
import type { Db, Tx } from "../../kernel/db.ts";
import { stands } from "./queries-boxes.ts";
import "./tables.ts";

/** Messages that have come since a recogniser was chosen, and of which nobody was told, are to be written down. */
export async function askTranscripts(tx: Tx, at: Date): Promise<void> {
  await sql`update voicemail_messages m set transcript_state = 'waiting', transcript_due_at = ${at}
    from recordings r where r.id = m.id and m.noticed_at is null and m.transcript is null
      and m.transcript_state is null and ${stands}`.execute(tx);
}

/** One that somebody wants to have tried again. */
export async function askTranscript(tx: Tx, id: string, at: Date): Promise<void> {
  await tx
    .updateTable("voicemail_messages")
    .set({ transcript_state: "waiting", transcript_tries: 0, transcript_due_at: at, transcript_error: null })
    .where("id", "=", id)
    .where("transcript", "is", null)
    .execute();
}

export interface DueTranscript {
  id: string;
  tries: number;
}

/** The one that has been due the longest. */
export async function dueTranscript(db: Db, at: Date): Promise<DueTranscript | undefined> {
  const { rows } = await sql<DueTranscript>`
    select m.id, m.transcript_tries as tries from voicemail_messages m join recordings r on r.id = m.id
    where m.transcript_state = 'waiting' and m.transcript_due_at <= ${at} and ${stands}
    order by m.transcript_due_at limit 1`.execute(db);
  return rows[0];
}

export async function saveTranscript(tx: Tx, id: string, transcript: string): Promise<void> {
  await tx
    .updateTable("voicemail_messages")
    .set({ transcript, transcript_state: null, transcript_due_at: null, transcript_error: null })
    .where("id", "=", id)
    .execute();
}

/** `againAt` null: it is not tried any more. */
export async function failTranscript(
  tx: Tx,
  id: string,
  { error, againAt }: { error: string; againAt: Date | null },
): Promise<void> {
  await tx
    .updateTable("voicemail_messages")
    .set((eb) => ({
      transcript_state: againAt ? "waiting" : "failed",
      transcript_tries: eb("transcript_tries", "+", 1),
      transcript_due_at: againAt,
      transcript_error: error,
    }))
    .where("id", "=", id)
    .execute();
}
