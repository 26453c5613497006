import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { callStates } from "../../shared/calls.ts";
import { agentStates } from "../../shared/desk.ts";
import type { AgentRegistry } from "../features/agents/index.ts";
import type { Calls } from "../features/calls/index.ts";
import type { Database } from "../kernel/db.ts";
import type { EventBus } from "../kernel/events.ts";

/** Calls, agents and the dialler. */
export function callMetrics(
  registry: Registry,
  { calls, agents, events }: { calls: Calls; agents: AgentRegistry; events: EventBus },
): void {
  const registers = [registry];
  registry.registerMetric(
    new Gauge({
      name: "waihu_calls",
      help: "Calls that are not closed, by state",
      labelNames: ["state"],
      registers: [],
      collect() {
        for (const state of callStates) if (state !== "closed") this.set({ state }, 0);
        for (const call of calls.active()) this.inc({ state: call.core.state });
      },
    }),
  );
  const closed = new Counter({
    name: "waihu_calls_closed_total",
    help: "Calls that were closed, by outcome",
    labelNames: ["outcome"],
    registers,
  });
  events.on("call.closed", ({ outcome }) => closed.inc({ outcome }));
  registry.registerMetric(
    new Gauge({
      name: "waihu_agents",
      help: "Signed-in agents, by state",
      labelNames: ["state"],
      registers: [],
      collect() {
        for (const state of agentStates) if (state !== "signed-out") this.set({ state }, 0);
        for (const agent of agents.all()) this.inc({ state: agent.state });
      },
    }),
  );
  dialerMetrics(registry, events);
}

function dialerMetrics(registry: Registry, events: EventBus): void {
  const registers = [registry];
  const looks = new Counter({ name: "waihu_dialer_looks_total", help: "Rounds of the dialler", registers });
  const running = new Gauge({
    name: "waihu_dialer_campaigns",
    help: "Campaigns that the dialler looked at in its last round",
    registers,
  });
  const claims = new Histogram({
    name: "waihu_dialer_claim_seconds",
    help: "Time of one claim of leads in the database",
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1],
    registers,
  });
  const claimed = new Counter({ name: "waihu_dialer_leads_claimed_total", help: "Leads claimed", registers });
  events.on("dialer.looked", ({ campaignIds }) => {
    looks.inc();
    running.set(campaignIds.length);
  });
  events.on("dialer.claimed", ({ ms, leads }) => {
    claims.observe(ms / 1000);
    claimed.inc(leads);
  });
}

export function databaseMetrics(registry: Registry, { pool }: Database): void {
  registry.registerMetric(
    new Gauge({
      name: "waihu_database_connections",
      help: "Connections of the pool: used, idle, and requests that wait for one",
      labelNames: ["state"],
      registers: [],
      collect() {
        this.set({ state: "used" }, pool.totalCount - pool.idleCount);
        this.set({ state: "idle" }, pool.idleCount);
        this.set({ state: "waiting" }, pool.waitingCount);
      },
    }),
  );
}
