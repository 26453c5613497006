import { sql } from "kysely";
import { mailConfig, type MailConfig, type MailInput } from "../../../shared/mail.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import type { Attachment } from "./tables.ts";

export interface StoredMail {
  config: MailConfig;
  password: string | null;
}

export async function readMailConfig(db: Db): Promise<StoredMail> {
  const row = await db.selectFrom("mail_config").select(["config", "password"]).executeTakeFirst();
  const read = mailConfig.safeParse(row?.config ?? {});
  return { config: read.success ? read.data : mailConfig.parse({}), password: row?.password ?? null };
}

/** A password that is left out stays. */
export async function writeMailConfig(
  tx: Tx,
  { password, ...config }: MailInput,
  { at, userId }: { at: Date; userId: number | null },
): Promise<void> {
  const row = {
    config: JSON.stringify(config),
    ...(password !== undefined && { password }),
    updated_at: at,
    updated_by: userId,
  };
  await tx
    .insertInto("mail_config")
    .values({ id: true, password: null, ...row })
    .onConflict((oc) => oc.column("id").doUpdateSet(row))
    .execute();
}

export interface NewMail {
  recipient: string;
  subject: string;
  body: string;
  attachment: Attachment | null;
  at: Date;
}

/** It goes out after this transaction; see `Outbox.wake`. */
export async function insertMail(
  tx: Tx,
  { recipient, subject, body, attachment, at }: NewMail,
): Promise<void> {
  await tx
    .insertInto("mails")
    .values({
      recipient,
      subject,
      body,
      attachment: attachment && JSON.stringify(attachment),
      created_at: at,
      due_at: at,
      last_error: null,
      sent_at: null,
    })
    .execute();
}

/** What is to go out now, the oldest first. */
export function dueMails(db: Db, at: Date, most: number) {
  return db
    .selectFrom("mails")
    .selectAll()
    .where("due_at", "<=", at)
    .orderBy("due_at")
    .orderBy("id")
    .limit(most)
    .execute();
}
export type DueMail = Awaited<ReturnType<typeof dueMails>>[number];

/** What became of one try; `dueAt` null: it is the last. */
export async function saveTry(
  tx: Tx,
  id: number,
  { sentAt, dueAt, error }: { sentAt: Date | null; dueAt: Date | null; error: string | null },
): Promise<void> {
  await tx
    .updateTable("mails")
    .set((on) => ({ sent_at: sentAt, due_at: dueAt, last_error: error, tries: sql`${on.ref("tries")} + 1` }))
    .where("id", "=", id)
    .execute();
}

/** How the outbox stands; given up since `since`. */
export async function outboxState(
  db: Db,
  since: Date,
): Promise<{ waiting: number; givenUp: number; lastError: string | null }> {
  const { rows } = await sql<{ waiting: number; given_up: number; last_error: string | null }>`
    select (count(*) filter (where due_at is not null))::int as waiting,
      (count(*) filter (where due_at is null and sent_at is null and created_at >= ${since}))::int as given_up,
      (select last_error from mails where last_error is not null and sent_at is null
        and (due_at is not null or created_at >= ${since}) order by id desc limit 1) as last_error
    from mails where due_at is not null or created_at >= ${since}`.execute(db);
  const [row] = rows;
  return { waiting: row?.waiting ?? 0, givenUp: row?.given_up ?? 0, lastError: row?.last_error ?? null };
}

/** What went or was given up before this moment is forgotten. */
export async function forgetMails(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom("mails").where("due_at", "is", null).where("created_at", "<", before).execute();
}
