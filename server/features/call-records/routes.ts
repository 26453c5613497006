import { z } from "zod";
import { callDetail, callFilter, callRow, type CallDetail, ladderMessage } from "../../../shared/calls.ts";
import { complaintInput } from "../../../shared/complaints.ts";
import { pageOf } from "../../../shared/common.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { findVerdict } from "../answering/index.ts";
import { dispositionPath } from "../campaigns/index.ts";
import { scriptOfCall } from "../scripts/index.ts";
import { recordingsOfCall } from "../recordings/index.ts";
import { readSettings } from "../settings/index.ts";
import { visibleUserIds } from "../users/index.ts";
import { complain } from "./complain.ts";
import { maskIn, presentCall } from "./present.ts";
import { namesIn } from "./names.ts";
import {
  type CallRecordDetail,
  decisionOfCall,
  eventsOfCall,
  findCall,
  findCalls,
  ladderOfCall,
} from "./queries.ts";

const callId = z.object({ id: z.uuid() });
const seesPhones = (principal: Principal) => principal.permissions.has("phones.see");
/** An extension is no secret. */
const seesNumberOf = (principal: Principal, { direction }: CallRecordDetail) =>
  direction === "internal" || seesPhones(principal);

async function requireCall(database: Database, principal: Principal, id: string): Promise<CallRecordDetail> {
  const [call, visible] = await Promise.all([
    findCall(database.db, id),
    visibleUserIds(database.db, principal),
  ]);
  const of = (id: number | null) => id !== null && visible !== "all" && visible.includes(id);
  const seen = visible === "all" || (call && (of(call.agent_user_id) || of(call.colleague_user_id)));
  if (!call || !seen) throw notFound("call", id);
  return call;
}

async function detailOf(database: Database, call: CallRecordDetail, sees: boolean): Promise<CallDetail> {
  const { db } = database;
  const [events, decision, recordings, path, verdict, script] = await Promise.all([
    eventsOfCall(db, call.id),
    decisionOfCall(db, call.id),
    recordingsOfCall(db, call.id),
    call.disposition_id === null ? [] : dispositionPath(db, call.disposition_id),
    findVerdict(db, call.id),
    scriptOfCall(db, call.id),
  ]);
  const names = await namesIn(
    db,
    events.map(({ data }) => data),
    sees,
  );
  const masked = <T>(value: T): T =>
    sees ? value : (JSON.parse(maskIn(JSON.stringify(value), call.phone)) as T);
  return {
    ...presentCall(call, sees),
    callerId: call.caller_id,
    sipStatus: call.sip_status,
    sipReason: call.sip_reason,
    endedBy: call.ended_by,
    dialledAt: call.dialled_at?.toISOString() ?? null,
    ringingAt: call.ringing_at?.toISOString() ?? null,
    wrapEndedAt: call.wrap_ended_at?.toISOString() ?? null,
    answerToAudioMs: call.answer_to_audio_ms,
    note: call.note,
    form: call.form,
    dispositionPath: path,
    quality: call.quality,
    answeredBy: verdict ?? null,
    complainedAt: call.complained_at?.toISOString() ?? null,
    script: script ?? null,
    names,
    events: events.map((event) => ({
      id: event.id,
      at: event.at.toISOString(),
      type: event.type,
      fromState: event.from_state,
      toState: event.to_state,
      data: masked(event.data),
    })),
    decision: decision
      ? {
          allowed: decision.allowed,
          at: decision.at.toISOString(),
          rulesVersion: decision.rules_version,
          reasons: decision.reasons,
          facts: masked({ ...decision.facts }),
        }
      : null,
    recordings: recordings.map((recording) => ({
      id: recording.id,
      state: recording.state,
      startedAt: recording.started_at.toISOString(),
      durationMs: recording.duration_ms,
      bytes: recording.bytes,
      error: recording.error,
      archiveBytes: recording.archive_bytes,
      archiveError: recording.archive_error,
      originalDeleted: recording.original_deleted_at !== null,
    })),
  };
}

/** The list of calls, the page of one call, and its SIP ladder. */
export function callRecordRoutes(
  app: HttpApp,
  { database, clock }: { database: Database; clock: Clock },
): void {
  app.post(
    "/api/v1/calls/:id/complaint",
    { config: { allow: "calls.see" }, schema: { params: callId, body: complaintInput } },
    async (request, reply) => {
      const actor = principalOf(request);
      const call = await requireCall(database, actor, request.params.id);
      const at = new Date(clock.now());
      await database.transact((tx) => complain(tx, call, request.body, { actor, at }));
      return reply.code(204).send(null);
    },
  );
  app.get(
    "/api/v1/calls",
    {
      config: { allow: "calls.see" },
      schema: { querystring: callFilter, response: { 200: pageOf(callRow) } },
    },
    async (request) => {
      const principal = principalOf(request);
      const [{ timeZone }, visible] = await Promise.all([
        readSettings(database.db),
        visibleUserIds(database.db, principal),
      ]);
      const { rows, total } = await findCalls(database.db, request.query, timeZone, visible);
      return { items: rows.map((row) => presentCall(row, seesPhones(principal))), total };
    },
  );
  app.get(
    "/api/v1/calls/:id",
    { config: { allow: "calls.see" }, schema: { params: callId, response: { 200: callDetail } } },
    async (request) => {
      const principal = principalOf(request);
      const call = await requireCall(database, principal, request.params.id);
      return detailOf(database, call, seesNumberOf(principal, call));
    },
  );
  app.get(
    "/api/v1/calls/:id/ladder",
    {
      config: { allow: "calls.ladder" },
      schema: { params: callId, response: { 200: z.object({ items: z.array(ladderMessage) }) } },
    },
    async (request) => {
      const principal = principalOf(request);
      const call = await requireCall(database, principal, request.params.id);
      const sees = seesNumberOf(principal, call);
      const messages = await ladderOfCall(database.db, call.id);
      return {
        items: messages.map(({ at, leg, direction, local, remote, message }) => ({
          at: at.toISOString(),
          leg,
          direction,
          local,
          remote,
          message: sees ? message : maskIn(message, call.phone),
        })),
      };
    },
  );
}
