import { type Database, isConnectionLost } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { type AgentEventRow, insertAgentEvents, saveAgents } from "./queries.ts";
import type { Agent } from "./registry.ts";

export interface AgentWriter {
  /** Queues the agent as it is now, and a line of history when the state changed. */
  write(agent: Agent, change: { at: number; cause: string } | null): void;
  settled(): Promise<void>;
  /** The same for the end of the process: what cannot be written now is given up. */
  close(): Promise<void>;
}

const retryMs = 500;
/** Ten minutes without a database. */
const mostFailures = 1200;

/** Puts agents into the database behind the registry: in order, as many as have gathered in one transaction. */
export function createAgentWriter(database: Database, log: Log): AgentWriter {
  let rows = new Map<number, Agent>();
  let history: AgentEventRow[] = [];
  let running: Promise<void> | undefined;
  let failures = 0;
  let closing = false;

  async function run(): Promise<void> {
    while (rows.size > 0 || history.length > 0) {
      const [saved, events] = [[...rows.values()], history];
      rows = new Map();
      history = [];
      try {
        await database.transact(async (tx) => {
          await saveAgents(tx, saved);
          await insertAgentEvents(tx, events);
        });
        failures = 0;
      } catch (error) {
        log.error({ err: error, users: saved.map((a) => a.userId) }, "agents could not be written");
        if (closing || !isConnectionLost(error) || ++failures > mostFailures) continue;
        // What has come since then is newer.
        for (const agent of saved) if (!rows.has(agent.userId)) rows.set(agent.userId, agent);
        history = [...events, ...history];
        await new Promise<void>((resolve) => setTimeout(resolve, retryMs));
      }
    }
    running = undefined;
  }

  return {
    write(agent, change) {
      rows.set(agent.userId, { ...agent });
      if (change)
        history.push({
          user_id: agent.userId,
          at: new Date(change.at),
          state: agent.state,
          pause_reason_id: agent.pauseReasonId,
          call_id: agent.callId,
          cause: change.cause,
        });
      running ??= Promise.resolve().then(run);
    },
    settled: async () => {
      await running;
    },
    async close() {
      closing = true;
      await running;
    },
  };
}
