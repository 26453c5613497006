import type { Config } from "../config.ts";
import type { ContactCentre } from "../contact-centre.ts";
import type { Database } from "../kernel/db.ts";
import type { EventBus } from "../kernel/events.ts";
import type { HttpApp } from "../kernel/http/server.ts";
import { callMetrics, databaseMetrics } from "./business-metrics.ts";
import { canaryMetrics } from "./canary-metrics.ts";
import { createRegistry, metricsRoute } from "./metrics.ts";
import { legMetrics, signallingMetrics } from "./switch-metrics.ts";

/** Gathers the metrics of every part and serves them under `/metrics`; names and alerts are in docs/operations.md. */
export function exposeMetrics(
  app: HttpApp,
  parts: {
    config: Pick<Config, "metricsToken">;
    centre: ContactCentre;
    database: Database;
    events: EventBus;
  },
): void {
  const { centre, database, events } = parts;
  const { calls, agents, canary } = centre;
  const registry = createRegistry();
  const nameOf = (trunkId: number) =>
    calls.trunks().find(({ id }) => id === trunkId)?.name ?? String(trunkId);
  databaseMetrics(registry, database);
  callMetrics(registry, { calls, agents, events });
  legMetrics(registry, centre.switch);
  signallingMetrics(registry, centre.switch, nameOf);
  if (canary) canaryMetrics(registry, () => canary.ways());
  metricsRoute(app, registry, parts.config.metricsToken);
}
