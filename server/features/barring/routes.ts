import { barringRules } from "../../../shared/barring.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import type { Barring } from "./barring.ts";

export function barringRoutes(
  app: HttpApp,
  { database, barring, clock }: { database: Database; barring: Barring; clock: Clock },
): void {
  const shown = async () => {
    const rules = await barring.rules();
    return { items: rules.map(({ id: _id, ...rule }) => rule) };
  };
  app.get(
    "/api/v1/barring",
    { config: { allow: "settings.manage" }, schema: { response: { 200: barringRules } } },
    shown,
  );
  app.put(
    "/api/v1/barring",
    {
      config: { allow: "settings.manage" },
      schema: { body: barringRules, response: { 200: barringRules } },
    },
    async (request) => {
      const actor = principalOf(request);
      await barring.save(request.body.items);
      await database.transact((tx) =>
        recordAudit(tx, {
          actor,
          at: new Date(clock.now()),
          action: "barring.changed",
          noun: "settings",
          detail: request.body,
        }),
      );
      return shown();
    },
  );
}
