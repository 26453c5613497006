import { routeAnswer, routeQuestion } from "../../../shared/numbers.ts";
import type { Database } from "../../kernel/db.ts";
import type { HttpApp } from "../../kernel/http/server.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import { readSettings } from "../settings/index.ts";
import type { Numbers } from "./numbers.ts";

/** What would happen to a caller, asked before it does. */
export function routeTestRoutes(
  app: HttpApp,
  { database, numbers }: { database: Database; numbers: Numbers },
): void {
  app.post(
    "/api/v1/inbound-routes/test",
    {
      config: { allow: "queues.manage" },
      schema: { tags: ["numbers"], body: routeQuestion, response: { 200: routeAnswer } },
    },
    async ({ body }) => {
      const { defaultCountry } = await readSettings(database.db);
      const read = (text: string) => parsePhone(text, defaultCountry)?.e164 ?? text;
      const phone = body.from === null ? null : read(body.from);
      const called = read(body.called);
      const led = await numbers.leadsTo(
        { called, trunkId: body.trunkId, phone, at: Date.parse(body.at) },
        true,
      );
      return {
        called,
        caller: { phone, name: led.caller.name, vip: led.caller.vip, region: led.region },
        looked: led.looked.map(({ row, fits, conditions }) => ({
          phone: row.phone,
          trunkId: row.trunkId,
          rule: row.rule,
          fits,
          conditions,
        })),
        target: led.target ?? null,
      };
    },
  );
}
