import { sql } from "kysely";
import { boxFigures, type BoxReportRow } from "../../../../shared/inbound-reports.ts";
import type { Db } from "../../../kernel/db.ts";
import { boxFigure } from "../../calls/index.ts";
import { countAll, inSpan, type Span } from "./queries-queues.ts";

/** Messages by the box in which they were left; by name. A message that was forwarded is its new box's. */
export async function boxReport(db: Db, span: Span): Promise<BoxReportRow[]> {
  const { rows } = await sql<BoxReportRow>`
    select m.box_id as "boxId", coalesce(b.name, u.name, '') as name, ${countAll(boxFigures, boxFigure)} as counts,
      (extract(epoch from avg(m.heard_at - m.left_at)) * 1000)::float8 as "meanUntilHeardMs",
      (extract(epoch from max(m.heard_at - m.left_at)) * 1000)::float8 as "longestUntilHeardMs"
    from voicemail_messages m join voicemail_boxes b on b.id = m.box_id left join users u on u.id = b.user_id
    where ${inSpan(span, sql`m.left_at`)} group by m.box_id, b.name, u.name order by name, m.box_id`.execute(
    db,
  );
  return rows;
}
