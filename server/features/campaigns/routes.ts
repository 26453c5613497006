import { z } from "zod";
import {
  campaignCopy,
  campaignDetail,
  campaignFilter,
  campaignInput,
  campaignRow,
  campaignTemplate,
  retryPreview,
  retryPreviewInput,
} from "../../../shared/campaigns.ts";
import { idParam, languages, pageOf } from "../../../shared/common.ts";
import { isTimeZone } from "../../../shared/hours.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { invalid } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { type Actor, recordAudit } from "../audit/index.ts";
import type { CampaignCommand } from "./campaign-machine.ts";
import { answerCounts } from "./answer-counts.ts";
import { previewRetries } from "./preview-retries.ts";
import { listCampaigns } from "./queries.ts";
import { listMixRoutes } from "./routes-list-mix.ts";
import { commandCampaign } from "./run-campaign.ts";
import { messageRoutes } from "./routes-messages.ts";
import { changeCampaign, copyCampaign, createCampaign, requireCampaign } from "./save-campaign.ts";
import { campaignTemplateIn } from "./templates.ts";
import "../scripts/index.ts";
import "./events.ts";

export interface CampaignRouteParts {
  database: Database;
  clock: Clock;
  events: EventBus;
}

const see = { allow: ["campaigns.see", "campaigns.manage", "campaigns.run"] } as const;
const manage = { allow: "campaigns.manage" } as const;
const tags = { tags: ["campaigns"] };
const commands = [
  ["start", "campaign.started"],
  ["pause", "campaign.paused"],
  ["stop", "campaign.stopped"],
] as const satisfies [CampaignCommand, string][];

export function campaignRoutes(app: HttpApp, parts: CampaignRouteParts): void {
  readRoutes(app, parts);
  saveRoutes(app, parts);
  runRoutes(app, parts);
  listMixRoutes(app, parts);
  messageRoutes(app, parts);
  parts.events.on("script.published", ({ campaigns }) => {
    for (const changed of campaigns) parts.events.publish("campaign.changed", changed);
  });
}

function readRoutes(app: HttpApp, { database: { db }, clock }: CampaignRouteParts): void {
  app.get(
    "/api/v1/campaigns",
    {
      config: see,
      schema: { ...tags, querystring: campaignFilter, response: { 200: pageOf(campaignRow) } },
    },
    async ({ query }) => listCampaigns(db, query),
  );
  app.get(
    "/api/v1/campaigns/template",
    {
      config: manage,
      schema: {
        ...tags,
        querystring: z.object({ language: z.enum(languages).optional() }),
        response: { 200: campaignTemplate },
      },
    },
    async (request) => campaignTemplateIn(request.query.language ?? principalOf(request).locale),
  );
  app.get(
    "/api/v1/campaigns/:id",
    { config: see, schema: { ...tags, params: idParam, response: { 200: campaignDetail } } },
    async ({ params }) => requireCampaign(db, params.id),
  );
  app.post(
    "/api/v1/campaigns/retry-preview",
    { config: manage, schema: { ...tags, body: retryPreviewInput, response: { 200: retryPreview } } },
    async ({ body }) => {
      if (!isTimeZone(body.timeZone))
        throw invalid("time-zone-unknown", `There is no time zone ${body.timeZone}.`, {
          timeZone: body.timeZone,
        });
      const counts = body.campaignId === null ? [] : await answerCounts(db, body.campaignId);
      return previewRetries(body, counts, clock.now());
    },
  );
}

/** Writes the audit log in the transaction of the change. */
function auditor(clock: Clock) {
  return (tx: Tx, actor: Actor, action: string, nounId: number, detail: Record<string, unknown> = {}) =>
    recordAudit(tx, { actor, at: new Date(clock.now()), action, noun: "campaign", nounId, detail });
}

function saveRoutes(app: HttpApp, { database, clock, events }: CampaignRouteParts): void {
  const audit = auditor(clock);
  app.post(
    "/api/v1/campaigns",
    {
      config: { ...manage, idempotent: true },
      schema: { ...tags, body: campaignInput, response: { 201: campaignDetail } },
    },
    async (request, reply) => {
      const actor = principalOf(request);
      const campaign = await database.transact(async (tx) => {
        const made = await createCampaign(tx, request.body, actor.userId);
        await audit(tx, actor, "campaign.created", made.id, { ...made });
        return made;
      });
      events.publish("campaign.changed", { campaignId: campaign.id, status: campaign.status });
      return reply.code(201).send(campaign);
    },
  );
  app.put(
    "/api/v1/campaigns/:id",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: campaignInput, response: { 200: campaignDetail } },
    },
    async (request) => {
      const { id } = request.params;
      const campaign = await database.transact(async (tx) => {
        const changed = await changeCampaign(tx, id, request.body);
        await audit(tx, principalOf(request), "campaign.changed", id, { ...changed });
        return changed;
      });
      events.publish("campaign.changed", { campaignId: id, status: campaign.status });
      return campaign;
    },
  );
  app.post(
    "/api/v1/campaigns/:id/copy",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: campaignCopy, response: { 201: campaignDetail } },
    },
    async (request, reply) => {
      const actor = principalOf(request);
      const campaign = await database.transact(async (tx) => {
        const made = await copyCampaign(tx, request.params.id, request.body.name, actor.userId);
        await audit(tx, actor, "campaign.created", made.id, { copyOf: request.params.id });
        return made;
      });
      events.publish("campaign.changed", { campaignId: campaign.id, status: campaign.status });
      return reply.code(201).send(campaign);
    },
  );
}

function runRoutes(app: HttpApp, { database, clock, events }: CampaignRouteParts): void {
  const audit = auditor(clock);
  const run = async (actor: Actor, id: number, command: CampaignCommand, action: string) => {
    const status = await database.transact(async (tx) => {
      const next = await commandCampaign(tx, id, command, new Date(clock.now()));
      await audit(tx, actor, action, id);
      return next;
    });
    events.publish("campaign.changed", { campaignId: id, status });
  };
  for (const [command, action] of commands)
    app.post(
      `/api/v1/campaigns/:id/${command}`,
      {
        config: { allow: "campaigns.run" },
        schema: { ...tags, params: idParam, response: { 200: campaignDetail } },
      },
      async (request) => {
        const { id } = request.params;
        await run(principalOf(request), id, command, action);
        return requireCampaign(database.db, id);
      },
    );
  app.delete(
    "/api/v1/campaigns/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      await run(principalOf(request), request.params.id, "delete", "campaign.deleted");
      return reply.code(204).send(undefined);
    },
  );
}
