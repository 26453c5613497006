import { greetingRules } from "../../../shared/greetings.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { readRules, writeRules } from "./queries.ts";

const tags = { tags: ["sounds"] };

export function greetingRuleRoutes(
  app: HttpApp,
  { database, clock, events }: { database: Database; clock: Clock; events: EventBus },
): void {
  app.get(
    "/api/v1/greetings",
    { config: { allow: "settings.manage" }, schema: { ...tags, response: { 200: greetingRules } } },
    async () => ({ rules: await readRules(database.db) }),
  );
  app.put(
    "/api/v1/greetings",
    {
      config: { allow: "settings.manage" },
      schema: {
        ...tags,
        summary: "the first rule that holds is heard",
        body: greetingRules,
        response: { 200: greetingRules },
      },
    },
    async (request) => {
      const { rules } = request.body;
      const actor = principalOf(request);
      const at = new Date(clock.now());
      await database.transact(async (tx) => {
        await writeRules(tx, rules, { at, userId: actor.userId });
        const detail = { rules: rules.map(({ name, on }) => ({ name, on })) };
        await recordAudit(tx, { actor, at, action: "greetings.changed", noun: "greetings", detail });
      });
      events.publish("greetings.changed", {});
      return { rules: await readRules(database.db) };
    },
  );
}
