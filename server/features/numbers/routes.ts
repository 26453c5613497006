import { onePage, pageOf } from "../../../shared/common.ts";
import { inboundRoutes, strayNumber } from "../../../shared/numbers.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { invalid } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { allInboundRoutes, areRoutesKnown, replaceInboundRoutes } from "./queries.ts";
import { strayNumbers } from "./queries-strays.ts";
import "./events.ts";

const straysMs = 30 * 86_400_000;

export function numberRoutes(
  app: HttpApp,
  { database, clock, events }: { database: Database; clock: Clock; events: EventBus },
): void {
  const schema = { tags: ["numbers"], response: { 200: inboundRoutes } };
  const shown = async () => ({ items: await allInboundRoutes(database.db) });
  app.get("/api/v1/inbound-routes", { config: { allow: ["queues.see", "queues.manage"] }, schema }, shown);
  app.get(
    "/api/v1/inbound-routes/strays",
    {
      config: { allow: ["queues.see", "queues.manage"] },
      schema: { tags: ["numbers"], response: { 200: pageOf(strayNumber) } },
    },
    async () => onePage(await strayNumbers(database.db, new Date(clock.now() - straysMs))),
  );
  app.put(
    "/api/v1/inbound-routes",
    { config: { allow: "queues.manage" }, schema: { ...schema, body: inboundRoutes } },
    async (request) => {
      const { items } = request.body;
      const keys = items.map(({ phone, trunkId }) => `${phone} ${trunkId}`);
      if (new Set(keys).size < keys.length)
        throw invalid("inbound-route-repeated", "A number stands twice for the same trunk.");
      await database.transact(async (tx) => {
        if (!(await areRoutesKnown(tx, items)))
          throw invalid(
            "inbound-target-unknown",
            "A number leads to what there is not, or its trunk is gone.",
          );
        await replaceInboundRoutes(tx, items);
        await recordAudit(tx, {
          actor: principalOf(request),
          at: new Date(clock.now()),
          action: "inbound-routes.changed",
          noun: "number",
          detail: { items },
        });
      });
      events.publish("numbers.changed", {});
      return shown();
    },
  );
}
