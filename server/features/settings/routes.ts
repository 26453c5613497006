import { settings, settingsChange } from "../../../shared/settings.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { readSettings, writeSettings } from "./queries.ts";
import "./events.ts";

export interface SettingsRouteParts {
  database: Database;
  clock: Clock;
  events: EventBus;
}

export function settingsRoutes(app: HttpApp, { database, clock, events }: SettingsRouteParts): void {
  app.get(
    "/api/v1/settings",
    { config: { allow: "signed-in" }, schema: { response: { 200: settings } } },
    async () => readSettings(database.db),
  );
  app.patch(
    "/api/v1/settings",
    { config: { allow: "settings.manage" }, schema: { body: settingsChange, response: { 200: settings } } },
    async (request) => {
      const actor = principalOf(request);
      const at = new Date(clock.now());
      const now = await database.transact(async (tx) => {
        await writeSettings(tx, request.body, { at, userId: actor.userId });
        await recordAudit(tx, {
          actor,
          at,
          action: "settings.changed",
          noun: "settings",
          detail: request.body,
        });
        return readSettings(tx);
      });
      events.publish("settings.changed", { settings: now });
      return now;
    },
  );
}
