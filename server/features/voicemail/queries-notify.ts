import { sql } from "kysely";
import type { Language } from "../../../shared/common.ts";
import type { Tx } from "../../kernel/db.ts";
import { stands } from "./queries-boxes.ts";

export interface UntoldMessage {
  id: string;
  phone: string;
  name: string;
  leftAt: Date;
  durationMs: number;
  transcript: string | null;
  boxName: string;
  /** Empty: its box tells nobody. */
  email: string;
  withSound: boolean;
  /** Of the box's person; null: it is of several. */
  locale: Language | null;
}

/** So long a letter waits for the words of its message. */
const wordsMinutes = 5;

/**
 * Messages that stand and of which it was not settled whether a mail tells: now it is. One that is being written down is told
 * of with its words, or when that failed once, or takes too long.
 */
export async function untoldMessages(tx: Tx, at: Date): Promise<UntoldMessage[]> {
  const { rows } = await sql<UntoldMessage>`
    update voicemail_messages m set noticed_at = ${at}
    from recordings r, voicemail_boxes b left join users u on u.id = b.user_id
    where m.noticed_at is null and r.id = m.id and b.id = m.box_id and ${stands}
      and (m.transcript_state is distinct from 'waiting' or m.transcript_tries > 0
        or m.left_at + r.duration_ms * interval '1 ms' < ${at}::timestamptz - make_interval(mins => ${wordsMinutes}))
    returning m.id, m.phone, m.name, m.left_at as "leftAt", r.duration_ms as "durationMs", m.transcript,
      coalesce(b.name, u.name) as "boxName", b.email, b.email_sound as "withSound", u.locale`.execute(tx);
  return rows;
}
