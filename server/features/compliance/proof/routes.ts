import { idParam } from "../../../../shared/common.ts";
import {
  decisionVerification,
  leadStory,
  type LeadStory,
  type StoryEntry,
  verificationQuery,
} from "../../../../shared/decisions.ts";
import { maskPhone } from "../../../../shared/permissions.ts";
import { byteOrderMark, csvRow } from "../../../kernel/csv.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Database, Db } from "../../../kernel/db.ts";
import { notFound } from "../../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../../kernel/http/server.ts";
import { recordAudit } from "../../audit/index.ts";
import { findStoryLead, storyOf } from "./queries-story.ts";
import { perStep, verifyDecisions } from "./verify.ts";

const tags = ["compliance"];

async function tell(db: Db, id: number, seesPhones: boolean): Promise<LeadStory> {
  const lead = await findStoryLead(db, id);
  if (!lead) throw notFound("lead", id);
  const shown = (phone: string) => (seesPhones ? phone : maskPhone(phone));
  const entries = await storyOf(db, lead);
  return {
    ...lead,
    phones: lead.phones.map(shown),
    entries: entries.map((entry) => ({
      ...entry,
      at: entry.at.toISOString(),
      phone: entry.phone === null ? null : shown(entry.phone),
    })),
  };
}

const csvLine = ({ at, kind, what, phone, campaign, by, callId, detail }: StoryEntry) =>
  csvRow([at, kind, what, phone, campaign, by, callId, JSON.stringify(detail)]);

/** What the compliance officer asks for: is all proof whole, and what was done towards one person. */
export function proofRoutes(app: HttpApp, { database, clock }: { database: Database; clock: Clock }): void {
  app.get(
    "/api/v1/compliance/verification",
    {
      config: { allow: "compliance.see" },
      schema: {
        tags,
        summary: "Verify the chain of decisions, a step of it at a time",
        querystring: verificationQuery,
        response: { 200: decisionVerification },
      },
    },
    async ({ query }) => verifyDecisions(database.db, { ...query, limit: perStep }),
  );
  app.get(
    "/api/v1/leads/:id/story",
    {
      config: { allow: "compliance.see" },
      schema: { tags, params: idParam, response: { 200: leadStory } },
    },
    async (request) =>
      tell(database.db, request.params.id, principalOf(request).permissions.has("phones.see")),
  );
  app.get(
    "/api/v1/leads/:id/story.csv",
    { config: { allow: "compliance.see" }, schema: { tags, params: idParam } },
    async (request, reply) => {
      const { id } = request.params;
      const actor = principalOf(request);
      const story = await tell(database.db, id, actor.permissions.has("phones.see"));
      const at = new Date(clock.now());
      await database.transact((tx) =>
        recordAudit(tx, { actor, at, action: "lead.story-exported", noun: "lead", nounId: id }),
      );
      const head = csvRow(["at", "kind", "what", "phone", "campaign", "by", "call", "detail"]);
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="lead-${id}.csv"`)
        .send(byteOrderMark + head + story.entries.map(csvLine).join(""));
    },
  );
}
