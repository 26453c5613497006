import { z } from "zod";
import { idParam, onePage, pageOf } from "../../../../shared/common.ts";
import { replayDay, replayInput, replayState } from "../../../../shared/replay.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Database, Db } from "../../../kernel/db.ts";
import { invalid, notFound } from "../../../kernel/errors.ts";
import type { HttpApp } from "../../../kernel/http/server.ts";
import type { Log } from "../../../kernel/log.ts";
import { findCampaign } from "../../campaigns/index.ts";
import { readSettings } from "../../settings/index.ts";
import { allTrunkSettings } from "../../trunks/index.ts";
import { daysOf, readDay } from "./queries.ts";
import { createReplays, type Replays } from "./replays.ts";

const see = { allow: "reports.see" } as const;
const tags = { tags: ["replays"] };

async function requireCampaign(db: Db, id: number) {
  const campaign = await findCampaign(db, id);
  if (!campaign) throw notFound("campaign", id);
  return campaign;
}

/** Past days of a campaign through the pacing code with other settings. Dispose what it answers. */
export function replayRoutes(
  app: HttpApp,
  { database: { db }, clock, log }: { database: Pick<Database, "db">; clock: Clock; log: Log },
): Replays {
  const replays = createReplays({ clock, log });
  app.get(
    "/api/v1/campaigns/:id/replay-days",
    { config: see, schema: { ...tags, params: idParam, response: { 200: pageOf(replayDay) } } },
    async ({ params: { id } }) => {
      await requireCampaign(db, id);
      return onePage(await daysOf(db, id, (await readSettings(db)).timeZone));
    },
  );
  app.post(
    "/api/v1/campaigns/:id/replays",
    {
      config: see,
      schema: { ...tags, params: idParam, body: replayInput, response: { 202: replayState } },
    },
    async (request, reply) => {
      const { day: date, settings } = request.body;
      const campaign = await requireCampaign(db, request.params.id);
      const { timeZone } = await readSettings(db);
      const day = await readDay(db, { campaignId: campaign.id, day: date, timeZone });
      if (!day)
        throw invalid("replay-no-calls", `The campaign dialled nothing by itself on ${date}.`, { day: date });
      if (day.presence.length === 0)
        throw invalid("replay-no-agents", `No agent's times are known of ${date}.`, { day: date });
      const trunks = (await allTrunkSettings(db)).filter((trunk) => campaign.trunkIds.includes(trunk.id));
      const maxLines = trunks.reduce((sum, trunk) => sum + trunk.maxChannels, 0) || 1_000;
      const state = replays.start(
        { campaignId: campaign.id, day: date, settings },
        { day, settings, maxLines },
      );
      return reply.code(202).send(state);
    },
  );
  app.get(
    "/api/v1/replays/:id",
    {
      config: see,
      schema: { ...tags, params: z.object({ id: z.string() }), response: { 200: replayState } },
    },
    async ({ params: { id } }) => {
      const state = replays.get(id);
      if (!state) throw notFound("replay", id);
      return state;
    },
  );
  return replays;
}
