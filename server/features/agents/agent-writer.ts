import type { Database } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { writeOnce } from "../../kernel/write-once.ts";
import { type AgentEventRow, insertAgentEvents, saveAgents } from "./queries.ts";
import type { Agent } from "./registry.ts";

export interface AgentWriter {
  /** Queues the agent as it is now, and a line of history when the state changed. */
  write(agent: Agent, change: { at: number; cause: string } | null): void;
  settled(): Promise<void>;
  /** The same for the end of the process: what cannot be written now is given up. */
  close(): Promise<void>;
}

/** Puts agents into the database behind the registry: in order, as many as have gathered in one transaction. */
export function createAgentWriter(database: Database, log: Log): AgentWriter {
  let rows = new Map<number, Agent>();
  let history: AgentEventRow[] = [];
  let running: Promise<void> | undefined;
  let closing = false;

  async function run(): Promise<void> {
    while (rows.size > 0 || history.length > 0) {
      const [saved, events] = [[...rows.values()], history];
      rows = new Map();
      history = [];
      const users = saved.map((agent) => agent.userId);
      try {
        await writeOnce(
          database,
          async (tx) => {
            await saveAgents(tx, saved);
            await insertAgentEvents(tx, events);
          },
          (error) => {
            log.warn({ err: error, users }, "agents wait for the database");
            return !closing;
          },
        );
      } catch (error) {
        log.error({ err: error, users }, "agents could not be written");
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
