import { z } from "zod";
import { onePage, pageOf } from "../../../shared/common.ts";
import { sipBan, sipBanParam } from "../../../shared/sip-bans.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";

export interface BanRouteParts {
  database: Database;
  clock: Clock;
  /** Who keeps the bans; times in ms since the epoch. */
  guard: {
    bans(): { host: string; reason: string; since: number; until: number }[];
    unban(host: string): boolean;
  };
}

const tags = { tags: ["health"] };

export function banRoutes(app: HttpApp, { database, clock, guard }: BanRouteParts): void {
  app.get(
    "/api/v1/sip/bans",
    { config: { allow: "health.see" }, schema: { ...tags, response: { 200: pageOf(sipBan) } } },
    async () =>
      onePage(
        guard.bans().map((ban) => ({
          ...ban,
          since: new Date(ban.since).toISOString(),
          until: new Date(ban.until).toISOString(),
        })),
      ),
  );
  app.delete(
    "/api/v1/sip/bans/:host",
    {
      config: { allow: "settings.manage" },
      schema: { ...tags, params: sipBanParam, response: { 204: z.undefined() } },
    },
    async (request, reply) => {
      const { host } = request.params;
      if (!guard.unban(host)) throw notFound("ban", host);
      await database.transact((tx) =>
        recordAudit(tx, {
          actor: principalOf(request),
          at: new Date(clock.now()),
          action: "sip.unbanned",
          noun: "sip",
          detail: { host },
        }),
      );
      return reply.code(204).send(undefined);
    },
  );
}
