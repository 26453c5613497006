import { sql } from "kysely";
import type { z } from "zod";
import type { DiaryAct, diaryHistory } from "../../../shared/diary.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

const time = (at: string | Date | undefined) => (at === undefined ? null : new Date(at));
const iso = (at: Date | null) => at?.toISOString() ?? null;

export interface Line {
  noun: "callback" | "entry";
  id: number;
  at: Date;
  byUserId: number | null;
  act: DiaryAct;
  from?: { userId?: number | null; at?: string | Date };
  to?: { userId?: number | null; at?: string | Date };
  why?: string;
}

export async function addHistory(tx: Tx, line: Line): Promise<void> {
  await tx
    .insertInto("diary_history")
    .values({
      callback_id: line.noun === "callback" ? line.id : null,
      entry_id: line.noun === "entry" ? line.id : null,
      at: line.at,
      by_user_id: line.byUserId,
      act: line.act,
      from_user_id: line.from?.userId ?? null,
      to_user_id: line.to?.userId ?? null,
      from_at: time(line.from?.at),
      to_at: time(line.to?.at),
      why: line.why ?? "",
    })
    .execute();
}

type HistoryLine = z.infer<typeof diaryHistory>["items"][number];

export async function historyOf(db: Db, noun: "callback" | "entry", id: number): Promise<HistoryLine[]> {
  const column = noun === "callback" ? sql`h.callback_id` : sql`h.entry_id`;
  const { rows } = await sql<HistoryLine & { at: Date; fromAt: Date | null; toAt: Date | null }>`
    select h.at, u.name as by, h.act, f.name as "fromAgent", t.name as "toAgent", h.from_at as "fromAt",
      h.to_at as "toAt", h.why
    from diary_history h left join users u on u.id = h.by_user_id left join users f on f.id = h.from_user_id
      left join users t on t.id = h.to_user_id
    where ${column} = ${id} order by h.id desc limit 200`.execute(db);
  return rows.map((row) => ({
    ...row,
    at: (row.at as unknown as Date).toISOString(),
    fromAt: iso(row.fromAt),
    toAt: iso(row.toAt),
  }));
}

/** Who works beside this person: in a campaign or the unit of theirs, or everybody active for whom that is asked. */
export async function colleagues(
  db: Db,
  user: { userId: number; orgUnitId: number | null; all: boolean },
): Promise<{ id: number; name: string }[]> {
  const { rows } = await sql<{ id: number; name: string }>`
    select u.id, u.name from users u
    where u.active and u.id <> ${user.userId} and (${user.all} or u.org_unit_id = ${user.orgUnitId}
      or exists (select from campaign_agents a join campaign_agents mine using (campaign_id)
        where a.user_id = u.id and mine.user_id = ${user.userId}))
    order by u.name, u.id limit 1000`.execute(db);
  return rows;
}
