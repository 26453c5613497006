/** Boxes that call about their messages: one row each, from the message until it was heard or nobody is called any more. */
import { sql } from "kysely";
import type { BoxCallOut } from "../../../shared/voicemail.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { stands } from "./queries-boxes.ts";
import "./tables.ts";

/** A message of the box (`o`) that nobody has heard. */
const hasUnheard = sql<boolean>`exists (select from voicemail_messages m join recordings r on r.id = m.id
  where m.box_id = o.box_id and m.heard_at is null and ${stands})`;

/** Calling begins for what has come, and ends where all was heard or nobody is to be called. */
export async function settleCallOuts(tx: Tx, at: Date): Promise<void> {
  await sql`
    with fresh as (
      update voicemail_messages m set called_out_at = ${at}
      from recordings r, voicemail_boxes b
      where m.called_out_at is null and r.id = m.id and b.id = m.box_id and ${stands}
        and not exists (select from voicemail_call_outs o where o.box_id = b.id and o.state = 'calling')
      returning m.box_id, m.heard_at, b.call_out)
    insert into voicemail_call_outs (box_id, state, due_at)
    select distinct box_id, 'due', ${at}::timestamptz from fresh where heard_at is null and call_out is not null
    on conflict (box_id) do update
      set state = 'due', tries = 0, due_at = excluded.due_at, last_result = null`.execute(tx);
  await sql`delete from voicemail_call_outs o where state <> 'calling'
    and (not ${hasUnheard} or (select call_out from voicemail_boxes b where b.id = o.box_id) is null)`.execute(
    tx,
  );
}

export interface CallOut {
  boxId: number;
  boxName: string;
  /** Whose own box; null: a shared one. */
  userId: number | null;
  state: "due" | "calling";
  tries: number;
  dueAt: Date;
  callId: string | null;
  hasUnheard: boolean;
  hasPin: boolean;
  /** Null: nobody is called any more. */
  rules: BoxCallOut | null;
  /** Of the call under way; null: it has no row. */
  call: { closed: boolean; outcome: string | null } | null;
}

/** Those that are due, also later, and those that are calling. */
export async function openCallOuts(db: Db): Promise<CallOut[]> {
  const { rows } = await sql<CallOut>`
    select o.box_id as "boxId", coalesce(b.name, u.name) as "boxName", b.user_id as "userId", o.state, o.tries,
      o.due_at as "dueAt", o.call_id as "callId", ${hasUnheard} as "hasUnheard", b.pin_hash is not null as "hasPin",
      b.call_out as rules,
      case when c.id is not null
        then json_build_object('closed', c.state = 'closed', 'outcome', c.outcome) end as call
    from voicemail_call_outs o join voicemail_boxes b on b.id = o.box_id
    left join users u on u.id = b.user_id left join calls c on c.id = o.call_id
    where o.state <> 'given-up' order by o.due_at`.execute(db);
  return rows;
}

/** False: another was quicker, or there is nothing to call about any more. */
export async function claimCallOut(tx: Tx, boxId: number, callId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("voicemail_call_outs")
    .set({ state: "calling", call_id: callId })
    .where("box_id", "=", boxId)
    .where("state", "=", "due")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The person whose extension it is, who has this box or looks after it. */
export async function personOfBox(db: Db, boxId: number, extension: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("users as u")
    .innerJoin("voicemail_boxes as b", (join) => join.on("b.id", "=", boxId))
    .select("u.id")
    .where("u.extension", "=", extension)
    .where("u.active", "=", true)
    .where((eb) =>
      eb.or([
        eb("b.user_id", "=", eb.ref("u.id")),
        eb.exists(
          eb
            .selectFrom("voicemail_keepers as k")
            .select("k.user_id")
            .whereRef("k.box_id", "=", "b.id")
            .whereRef("k.user_id", "=", "u.id"),
        ),
      ]),
    )
    .executeTakeFirst();
  return row?.id;
}

/** What follows a call, or a look at what is due. */
export interface CallOutNext {
  /** Null: it gives up. */
  dueAt: Date | null;
  counts: boolean;
  result: string | null;
}

/** Nothing of a row that was settled otherwise meanwhile. */
export async function endCallOutTry(
  tx: Tx,
  { boxId, callId }: { boxId: number; callId: string | null },
  { dueAt, counts, result }: CallOutNext,
): Promise<void> {
  await sql`update voicemail_call_outs set state = ${dueAt ? "due" : "given-up"}, call_id = null,
    due_at = coalesce(${dueAt}::timestamptz, due_at), tries = tries + ${counts ? 1 : 0}, last_result = ${result}
    where box_id = ${boxId} and call_id is not distinct from ${callId}`.execute(tx);
}

/** Its box was opened on the call: there is nothing left to tell. */
export async function forgetCallOut(tx: Tx, boxId: number): Promise<void> {
  await tx.deleteFrom("voicemail_call_outs").where("box_id", "=", boxId).execute();
}
