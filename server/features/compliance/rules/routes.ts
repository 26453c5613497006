import { z } from "zod";
import { idParam, onePage, pageOf } from "../../../../shared/common.ts";
import { campaignCompliance, rulePack, type RulePack } from "../../../../shared/rule-packs.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Database, Db } from "../../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../../kernel/http/server.ts";
import { recordAudit } from "../../audit/index.ts";
import { findCampaign } from "../../campaigns/index.ts";
import { readCompliance, writeCompliance } from "../campaign-compliance.ts";
import { ownPacks } from "../queries-facts.ts";
import { packProblemsOf } from "./check-pack.ts";
import { insertPack } from "./queries.ts";
import { builtInPacks, byNumber } from "./rule-packs.ts";

const tags = ["compliance"];

async function requirePack(db: Db, id: string | null): Promise<void> {
  if (id === null || id === byNumber) return;
  const known = [...builtInPacks, ...(await ownPacks(db))].some((pack) => pack.id === id);
  if (!known) throw notFound("rule pack", id);
}

/** A pack of the company's own: refused when it contradicts itself, and never changed once it is there. */
function checkOwn(pack: RulePack, known: readonly RulePack[]): void {
  if (!pack.id.startsWith("own-"))
    throw invalid("rule-pack-not-own", "The id of your own rule pack begins with own-.", { id: pack.id });
  const problems = packProblemsOf(pack);
  if (problems.length > 0)
    throw invalid("rule-pack-contradiction", "The rule pack contradicts itself.", { problems });
  if (known.some(({ id, version }) => id === pack.id && version === pack.version))
    throw conflict("rule-pack-version-taken", "This version stands already; give the change a new one.", {
      id: pack.id,
      version: pack.version,
    });
}

/** Rule packs, and what a campaign says about the law. */
export function ruleRoutes(app: HttpApp, { database, clock }: { database: Database; clock: Clock }): void {
  app.get(
    "/api/v1/rule-packs",
    {
      config: { allow: "campaigns.see" },
      schema: { tags, summary: "All versions of all rule packs", response: { 200: pageOf(rulePack) } },
    },
    async () => onePage([...builtInPacks, ...(await ownPacks(database.db))]),
  );
  app.post(
    "/api/v1/rule-packs",
    {
      config: { allow: "compliance.manage" },
      schema: { tags, body: rulePack, response: { 201: z.object({ id: z.string(), version: z.string() }) } },
    },
    async (request, reply) => {
      const pack = request.body;
      const actor = principalOf(request);
      const { id, version } = pack;
      await database.transact(async (tx) => {
        checkOwn(pack, await ownPacks(tx));
        await insertPack(tx, pack, actor.userId);
        const at = new Date(clock.now());
        const detail = { version, validFrom: pack.validFrom };
        await recordAudit(tx, {
          actor,
          at,
          action: "rule-pack.added",
          noun: "rule-pack",
          nounId: id,
          detail,
        });
      });
      return reply.code(201).send({ id, version });
    },
  );
  app.get(
    "/api/v1/campaigns/:id/compliance",
    {
      config: { allow: "campaigns.see" },
      schema: { tags, params: idParam, response: { 200: campaignCompliance } },
    },
    async ({ params: { id } }) => {
      if (!(await findCampaign(database.db, id))) throw notFound("campaign", id);
      return readCompliance(database.db, id);
    },
  );
  app.put(
    "/api/v1/campaigns/:id/compliance",
    {
      config: { allow: "campaigns.manage" },
      schema: { tags, params: idParam, body: campaignCompliance, response: { 200: campaignCompliance } },
    },
    async (request) => {
      const { id } = request.params;
      const actor = principalOf(request);
      const at = new Date(clock.now());
      return database.transact(async (tx) => {
        if (!(await findCampaign(tx, id))) throw notFound("campaign", id);
        await requirePack(tx, request.body.rulePack);
        await writeCompliance(tx, id, request.body, { at, userId: actor.userId });
        const said = await readCompliance(tx, id);
        await recordAudit(tx, {
          actor,
          at,
          action: "campaign.compliance",
          noun: "campaign",
          nounId: id,
          detail: said,
        });
        return said;
      });
    },
  );
}
