import { z } from "zod";
import { answerTruth, callVerdict, campaignAccuracy } from "../../../shared/answering.ts";
import { idParam } from "../../../shared/common.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { accuracyOfCampaign, learnTruth } from "./measure.ts";
import { findVerdict } from "./queries.ts";

const tags = { tags: ["calls"] };

/** How good detection is for a campaign, and a person's word on who answered a call. */
export function answeringRoutes(
  app: HttpApp,
  { database, clock, events }: { database: Database; clock: Clock; events: EventBus },
): void {
  app.get(
    "/api/v1/campaigns/:id/answering",
    {
      config: { allow: ["campaigns.see", "campaigns.manage", "campaigns.run"] },
      schema: { ...tags, params: idParam, response: { 200: campaignAccuracy } },
    },
    async ({ params }) => accuracyOfCampaign(database.db, params.id, clock.now()),
  );
  app.put(
    "/api/v1/calls/:id/answered-by",
    {
      config: { allow: ["campaigns.manage", "campaigns.run"] },
      schema: {
        ...tags,
        params: z.object({ id: z.uuid() }),
        body: answerTruth,
        response: { 200: callVerdict },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { truth } = request.body;
      const actor = principalOf(request);
      const at = clock.now();
      const changed = await database.transact(async (tx) => {
        if (!(await findVerdict(tx, id))) throw notFound("verdict", id);
        const turnedOff = await learnTruth(tx, id, { truth, source: "review", userId: actor.userId, at });
        const action = "call.answered-by-corrected";
        await recordAudit(tx, {
          actor,
          at: new Date(at),
          action,
          noun: "call",
          nounId: id,
          detail: { truth },
        });
        return turnedOff;
      });
      if (changed) events.publish("campaign.changed", changed);
      return (await findVerdict(database.db, id))!;
    },
  );
}
