import { sql } from "kysely";
import type { CallState } from "../../../shared/calls.ts";
import type { Tx } from "../../kernel/db.ts";
import "./tables.ts";

/** Columns a step may set; a column is set once and never emptied, but for `draft`. */
export interface StepColumns {
  outcome?: string;
  cause?: string;
  sip_status?: number;
  sip_reason?: string;
  ended_by?: string;
  agent_user_id?: number;
  customer_id?: number;
  trunk_id?: number;
  campaign_id?: number;
  ringing_at?: Date;
  answered_at?: Date;
  connected_at?: Date;
  ended_at?: Date;
  wrap_ended_at?: Date;
  answer_to_audio_ms?: number;
  abandoned?: boolean;
  disposition_id?: number;
  form?: Record<string, unknown>;
  note?: string;
  /** `false` takes the draft away: the summary is final. */
  draft?: Record<string, unknown> | false;
}

export interface StepRow {
  callId: string;
  /** The state the call must be in; equal to `to` when the step moves nothing. */
  from: CallState;
  to: CallState;
  columns: StepColumns;
  /** The line for `call_events`; null for what is no event (a draft). */
  type: string | null;
  at: Date;
  data?: Record<string, unknown>;
}

interface Merged {
  id: string;
  from: CallState;
  to: CallState;
  columns: StepColumns;
}

/** The steps of one call as one update. */
function merge(rows: readonly StepRow[]): Merged[] {
  const calls = new Map<string, Merged>();
  for (const row of rows) {
    const found = calls.get(row.callId);
    if (!found)
      calls.set(row.callId, { id: row.callId, from: row.from, to: row.to, columns: { ...row.columns } });
    else {
      found.to = row.to;
      Object.assign(found.columns, row.columns);
    }
  }
  return [...calls.values()];
}

/** Applies steps and appends their events. Returns the steps whose call was not in the expected state; those change nothing. */
export async function applySteps(tx: Tx, rows: readonly StepRow[]): Promise<StepRow[]> {
  const calls = merge(rows);
  const patches = calls.map(({ id, from, to, columns }) => ({
    id,
    from_state: from,
    to_state: to,
    ...columns,
  }));
  const { rows: done } = await sql<{ id: string }>`
    update calls c set
      state = p.to_state,
      outcome = coalesce(p.outcome, c.outcome),
      cause = coalesce(p.cause, c.cause),
      sip_status = coalesce(p.sip_status, c.sip_status),
      sip_reason = coalesce(p.sip_reason, c.sip_reason),
      ended_by = coalesce(p.ended_by, c.ended_by),
      agent_user_id = coalesce(p.agent_user_id, c.agent_user_id),
      customer_id = coalesce(p.customer_id, c.customer_id),
      trunk_id = coalesce(p.trunk_id, c.trunk_id),
      campaign_id = coalesce(p.campaign_id, c.campaign_id),
      ringing_at = coalesce(p.ringing_at, c.ringing_at),
      answered_at = coalesce(p.answered_at, c.answered_at),
      connected_at = coalesce(p.connected_at, c.connected_at),
      ended_at = coalesce(p.ended_at, c.ended_at),
      wrap_ended_at = coalesce(p.wrap_ended_at, c.wrap_ended_at),
      answer_to_audio_ms = coalesce(p.answer_to_audio_ms, c.answer_to_audio_ms),
      abandoned = coalesce(p.abandoned, c.abandoned),
      disposition_id = coalesce(p.disposition_id, c.disposition_id),
      form = coalesce(p.form, c.form),
      note = coalesce(p.note, c.note),
      draft = case when p.draft = 'false' then null else coalesce(p.draft, c.draft) end
    from jsonb_to_recordset(${JSON.stringify(patches)}::jsonb) as p (
      id text, from_state text, to_state text, outcome text, cause text, sip_status smallint, sip_reason text,
      ended_by text, agent_user_id integer, customer_id bigint, trunk_id integer, campaign_id integer, ringing_at timestamptz,
      answered_at timestamptz, connected_at timestamptz, ended_at timestamptz, wrap_ended_at timestamptz,
      answer_to_audio_ms integer, abandoned boolean, disposition_id integer, form jsonb, note text, draft jsonb)
    where c.id = p.id and c.state = p.from_state
    returning c.id`.execute(tx);
  const updated = new Set(done.map((row) => row.id));
  await appendEvents(
    tx,
    rows.filter((row) => updated.has(row.callId)),
  );
  return updated.size === calls.length ? [] : rows.filter((row) => !updated.has(row.callId));
}

/** What happened to a call without a step of it: its state stays. */
export async function addCallEvent(
  tx: Tx,
  event: { callId: string; at: Date; type: string; data: Record<string, unknown> },
): Promise<void> {
  await tx
    .insertInto("call_events")
    .values({
      call_id: event.callId,
      at: event.at,
      type: event.type,
      data: JSON.stringify(event.data),
    })
    .execute();
}

export async function appendEvents(tx: Tx, rows: readonly StepRow[]): Promise<void> {
  const events = rows
    .filter((row) => row.type !== null)
    .map((row) => ({
      call_id: row.callId,
      at: row.at,
      type: row.type,
      from_state: row.from,
      to_state: row.to,
      data: row.data ?? {},
    }));
  if (events.length === 0) return;
  await sql`
    insert into call_events (call_id, at, type, from_state, to_state, data)
    select call_id, at, type, from_state, to_state, data from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      as e (call_id text, at timestamptz, type text, from_state text, to_state text, data jsonb)`.execute(tx);
}
