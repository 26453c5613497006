import { z } from "zod";
import { idParam, onePage, pageOf } from "../../../shared/common.ts";
import {
  followUpRow,
  surveyDetail,
  surveyInput,
  type SurveyInput,
  surveyReportQuery,
  surveyReportRow,
  surveyResult,
  surveyResultsQuery,
  surveyTrendRow,
} from "../../../shared/surveys.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { type Actor, recordAudit } from "../audit/index.ts";
import { readSettings } from "../settings/index.ts";
import { visibleUserIds } from "../users/index.ts";
import { demandUnused } from "../uses/index.ts";
import { allSurveys, deleteSurvey, saveSurvey, surveyProblems } from "./queries.ts";
import { followUps, type ResultSpan, surveyReport, surveyResults, surveyTrend } from "./queries-report.ts";

const see = { allow: ["queues.see", "queues.manage"] } as const;
const manage = { allow: "queues.manage" } as const;
const tags = { tags: ["surveys"] };
const longestReportMs = 400 * 86_400_000;

/** Errors: 409 `survey-name-taken`, `survey-stands-elsewhere`; 422 `survey-names-unknown`. */
async function check(tx: Tx, input: SurveyInput, id: number): Promise<void> {
  const problems = await surveyProblems(tx, input, id);
  if (problems.nameTaken)
    throw conflict("survey-name-taken", `${input.name} is a name already.`, { name: input.name });
  if (problems.used)
    throw conflict("survey-stands-elsewhere", "One of the queues or campaigns has another survey.");
  if (problems.unknown)
    throw invalid("survey-names-unknown", "It names a queue, a campaign or a prompt that there is not.");
}

export function surveyRoutes(
  app: HttpApp,
  { database, clock, events }: { database: Database; clock: Clock; events: EventBus },
): void {
  const { db } = database;

  async function act(
    actor: Actor,
    action: string,
    detail: Record<string, unknown>,
    work: (tx: Tx) => Promise<number>,
  ): Promise<number> {
    const surveyId = await database.transact(async (tx) => {
      const id = await work(tx);
      const at = new Date(clock.now());
      await recordAudit(tx, { actor, at, action, noun: "survey", nounId: id, detail });
      return id;
    });
    events.publish("surveys.changed", { surveyId });
    return surveyId;
  }

  const save = async (actor: Actor, id: number | null, input: SurveyInput) => {
    const saved = await act(actor, "survey.saved", { ...input }, async (tx) => {
      await check(tx, input, id ?? 0);
      const made = await saveSurvey(tx, id, input);
      if (made === undefined) throw notFound("survey", id ?? 0);
      return made;
    });
    return { ...input, id: saved };
  };

  app.get(
    "/api/v1/surveys",
    { config: see, schema: { ...tags, response: { 200: pageOf(surveyDetail) } } },
    async () => onePage(await allSurveys(db)),
  );
  app.post(
    "/api/v1/surveys",
    { config: manage, schema: { ...tags, body: surveyInput, response: { 201: surveyDetail } } },
    async (request, reply) => reply.code(201).send(await save(principalOf(request), null, request.body)),
  );
  app.put(
    "/api/v1/surveys/:id",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: surveyInput, response: { 200: surveyDetail } },
    },
    (request) => save(principalOf(request), request.params.id, request.body),
  );
  app.delete(
    "/api/v1/surveys/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      await act(principalOf(request), "survey.deleted", {}, async (tx) => {
        await demandUnused(tx, "survey", id);
        if ((await deleteSurvey(tx, id, new Date(clock.now()))) === undefined) throw notFound("survey", id);
        return id;
      });
      return reply.code(204).send(undefined);
    },
  );

  async function spanOf(
    principal: Principal,
    { from, to, by, surveyId }: z.output<typeof surveyReportQuery>,
  ): Promise<ResultSpan> {
    if (to < from || Date.parse(to) - Date.parse(from) > longestReportMs)
      throw invalid(
        "survey-report-span",
        "Choose a first day that is not after the last, and at most 400 days.",
      );
    const { timeZone } = await readSettings(db);
    return {
      from,
      to,
      by,
      surveyId: surveyId ?? null,
      timeZone,
      agents: await visibleUserIds(db, principal),
    };
  }
  app.get(
    "/api/v1/survey-report",
    {
      config: { allow: "reports.see" },
      schema: { ...tags, querystring: surveyReportQuery, response: { 200: pageOf(surveyReportRow) } },
    },
    async (request) => onePage(await surveyReport(db, await spanOf(principalOf(request), request.query))),
  );
  app.get(
    "/api/v1/survey-trend",
    {
      config: { allow: "reports.see" },
      schema: { ...tags, querystring: surveyReportQuery, response: { 200: pageOf(surveyTrendRow) } },
    },
    async (request) => onePage(await surveyTrend(db, await spanOf(principalOf(request), request.query))),
  );
  app.get(
    "/api/v1/survey-follow-ups",
    {
      config: { allow: "reports.see" },
      schema: { ...tags, querystring: surveyReportQuery, response: { 200: pageOf(followUpRow) } },
    },
    async (request) => onePage(await followUps(db, await spanOf(principalOf(request), request.query))),
  );
  app.get(
    "/api/v1/survey-results",
    {
      config: { allow: "reports.see" },
      schema: { ...tags, querystring: surveyResultsQuery, response: { 200: pageOf(surveyResult) } },
    },
    async (request) => {
      const { id = null, rating = null } = request.query;
      const span = await spanOf(principalOf(request), request.query);
      return onePage(await surveyResults(db, span, { id, rating }));
    },
  );
}
