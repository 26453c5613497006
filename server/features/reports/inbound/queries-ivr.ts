import { type RawBuilder, sql } from "kysely";
import {
  type FlowBlockRow,
  type FlowFigure,
  flowFigures,
  type FlowReportRow,
} from "../../../../shared/inbound-reports.ts";
import type { Db } from "../../../kernel/db.ts";
import { flowFigure } from "../../calls/index.ts";
import { inSpan, type Span } from "./queries-queues.ts";

/** Waits for people are theirs, and a part's time is counted in its own blocks. */
const inFlow = sql`i.kind not in ('queue', 'agent', 'number', 'sub-flow')`;

/** The figures that ask for facts of a visit, of facts that are joined: looking for them visit by visit keeps others waiting. */
const proof: Partial<Record<FlowFigure, RawBuilder<unknown>>> = {
  verified: sql`f.ok`,
  "not-verified": sql`not f.ok`,
};

/**
 * Callers by flow, in all and by the day on which they came to it; by name. A caller is one for a flow, however many of its
 * blocks they came to.
 */
export async function flowReport(db: Db, span: Span): Promise<FlowReportRow[]> {
  const told = flowFigures.filter((name) => name !== "entered");
  const each = sql.join(
    told.map((name) => sql`bool_or(${proof[name] ?? flowFigure[name]}) as ${sql.ref(name)}`),
  );
  const counted = sql.join(
    told.map((name) => sql`${sql.lit(name)}, count(*) filter (where w.${sql.ref(name)})`),
  );
  const { rows } = await sql<Omit<FlowReportRow, "meanMs"> & { day: string; ms: number }>`
    with walks as (
      select i.flow_id, i.call_id, min(i.entered_at) as at, ${each},
        coalesce(sum(i.left_at - i.entered_at) filter (where ${inFlow}), interval '0') as spent
      from ivr_visits i left join (select call_id, flow_id, block_id, bool_or(ok) as ok from ivr_facts group by 1, 2, 3) f
        on i.kind = 'verify' and f.call_id = i.call_id and f.flow_id = i.flow_id and f.block_id = i.block_id
      where ${inSpan(span, sql`i.entered_at`)} group by 1, 2
    ), days as (
      select w.flow_id, (w.at at time zone ${span.timeZone})::date as day,
        json_build_object('entered', count(*), ${counted}) as counts, (extract(epoch from sum(w.spent)) * 1000)::float8 as ms
      from walks w group by 1, 2
    )
    select d.flow_id as "flowId", f.name, to_char(d.day, 'YYYY-MM-DD') as day, d.counts, d.ms
    from days d join ivr_flows f on f.id = d.flow_id order by f.name, d.flow_id, d.day`.execute(db);
  return [...Map.groupBy(rows, ({ flowId }) => flowId).values()].flatMap((days) => {
    const { flowId, name } = days[0]!;
    const sum = (of: (day: (typeof days)[number]) => number) => days.reduce((all, day) => all + of(day), 0);
    const counts = Object.fromEntries(
      flowFigures.map((figure) => [figure, sum((day) => day.counts[figure])]),
    ) as FlowReportRow["counts"];
    const all = { flowId, name, day: null, counts, meanMs: sum(({ ms }) => ms) / counts.entered };
    return [all, ...days.map(({ ms, ...row }) => ({ ...row, meanMs: ms / row.counts.entered }))];
  });
}

interface BlockCount {
  blockId: string;
  kind: string;
  versionId: number;
  visits: number;
  leftHere: number;
  meanMs: number;
  exits: Record<string, number>;
}

interface Drawn {
  title: string;
  labels: Record<string, string>;
}

/** Its blocks that anybody came to, the most visited first; named as in the newest version that has them. */
export async function flowBlocks(db: Db, flowId: number, span: Span): Promise<FlowBlockRow[]> {
  const of = sql`i.flow_id = ${flowId} and ${inSpan(span, sql`i.entered_at`)}`;
  const [blocks, drawings, proofs] = await Promise.all([
    sql<BlockCount>`
      select block_id as "blockId", max(version) as "versionId", sum(visits)::int as visits,
        coalesce(sum(visits) filter (where exit = 'left'), 0)::int as "leftHere",
        (sum(ms) / sum(visits))::float8 as "meanMs", jsonb_object_agg(exit, visits) as exits
      from (select i.block_id, i.exit, max(i.version_id) as version, count(*) as visits,
          sum(extract(epoch from i.left_at - i.entered_at) * 1000) as ms
        from ivr_visits i where ${of} group by 1, 2) e
      group by 1 order by 3 desc, 1`.execute(db),
    sql<Drawn & { versionId: number; blockId: string; kind: string }>`
      select r.id as "versionId", b.block ->> 'id' as "blockId", b.block ->> 'kind' as kind,
        coalesce(b.block ->> 'title', '') as title,
        coalesce((select jsonb_object_agg(k ->> 'key', k ->> 'label') from jsonb_array_elements(
          case b.block ->> 'kind' when 'menu' then b.block -> 'keys' when 'condition' then b.block -> 'cases'
          else '[]' end) as k), '{}') as labels
      from ivr_versions r, jsonb_array_elements(r.document -> 'blocks') as b (block)
      where r.flow_id = ${flowId}`.execute(db),
    sql<{ blockId: string; callers: number; verified: number; tries: number }>`
      select block_id as "blockId", count(*)::int as callers, (count(*) filter (where ok))::int as verified,
        sum(tries)::int as tries
      from (select f.block_id, f.call_id, bool_or(f.ok) as ok, max(f.tries) as tries from ivr_facts f
        where f.flow_id = ${flowId} and f.call_id in (select i.call_id from ivr_visits i where ${of} and i.kind = 'verify')
        group by 1, 2) p
      group by 1`.execute(db),
  ]);
  const drawn = new Map(drawings.rows.map((row) => [`${row.versionId} ${row.blockId}`, row]));
  const proved = new Map(proofs.rows.map(({ blockId, ...row }) => [blockId, row]));
  return blocks.rows.map(({ versionId, exits, ...row }) => {
    const block = drawn.get(`${versionId} ${row.blockId}`);
    return {
      ...row,
      kind: block?.kind ?? "",
      title: block?.title ?? "",
      exits: Object.entries(exits)
        .map(([exit, visits]) => ({ exit, label: block?.labels[exit] ?? "", visits }))
        .toSorted((a, b) => b.visits - a.visits),
      verification: proved.get(row.blockId) ?? null,
    };
  });
}
