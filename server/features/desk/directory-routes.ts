import { z } from "zod";
import { deskColleagues, deskDirectory } from "../../../shared/call-control.ts";
import type { Database } from "../../kernel/db.ts";
import type { HttpApp } from "../../kernel/http/server.ts";
import { principalOf } from "../../kernel/http/server.ts";
import type { AgentRegistry } from "../agents/index.ts";
import { type Calls, queueOf } from "../calls/index.ts";
import type { Queues } from "../queues/index.ts";
import { colleagues } from "../users/index.ts";
import { runningCampaigns } from "./queries.ts";

const most = 50;
/** Who can come at once stands first. */
const order = (state: string) => ["ready", "paused"].indexOf(state) + 1 || 9;

/** Whom a call can be sent to: colleagues with what they do now, and the lines of running campaigns. */
export function directoryRoutes(
  app: HttpApp,
  {
    database,
    agents,
    calls,
    queues,
  }: { database: Database; agents: AgentRegistry; calls: Calls; queues: Queues },
): void {
  app.get(
    "/api/v1/desk/colleagues",
    { config: { allow: "desk.use" }, schema: { response: { 200: deskColleagues } } },
    async (request) => {
      const { userId } = principalOf(request);
      const all = await colleagues(database.db);
      return { items: all.filter((colleague) => colleague.userId !== userId) };
    },
  );
  app.get(
    "/api/v1/desk/directory",
    {
      config: { allow: "desk.use" },
      schema: {
        querystring: z.object({ search: z.string().trim().max(100).default("") }),
        response: { 200: deskDirectory },
      },
    },
    async (request) => {
      const { userId } = principalOf(request);
      const wanted = request.query.search.toLocaleLowerCase();
      const matches = ({ name }: { name: string }) => name.toLocaleLowerCase().includes(wanted);
      const all = await colleagues(database.db);
      const extensions = new Map(all.map((user) => [user.userId, user.extension]));
      const present = agents
        .all()
        .map((agent) => ({ ...agent, extension: extensions.get(agent.userId) ?? null }))
        .filter(({ userId: id, legUp }) => id !== userId && legUp)
        .filter((agent) => matches(agent) || (wanted !== "" && agent.extension?.startsWith(wanted)));
      const campaigns = (await runningCampaigns(database.db)).filter(matches);
      const waiting = calls.waiting();
      const lines = queues
        .ids()
        .flatMap((id) => queues.live(id) ?? [])
        .filter(matches)
        .slice(0, most)
        .map(({ queueId, name, agentsReady, waiting: waits }) => ({
          queueId,
          campaignId: null,
          name,
          ready: agentsReady,
          waiting: waits,
        }));
      return {
        agents: present
          .sort((a, b) => order(a.state) - order(b.state) || a.name.localeCompare(b.name))
          .slice(0, most)
          .map(({ userId: id, name, extension, state }) => ({ userId: id, name, extension, state })),
        queues: [
          ...lines,
          ...campaigns.slice(0, most).map(({ id, name }) => ({
            queueId: null,
            campaignId: id,
            name,
            ready: agents.ready(id).length,
            waiting: waiting.filter((call) => queueOf(call) === `campaign-${id}`).length,
          })),
        ],
      };
    },
  );
}
