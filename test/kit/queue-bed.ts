import { sql } from "kysely";
import { queueInput } from "../../shared/queues.ts";
import type { CarrierCall } from "../../tools/carrier/call.ts";
import type { BedAgent } from "./bed-agent.ts";
import type { CallBed } from "./call-bed.ts";
import { until } from "./until.ts";

export interface Visit {
  phone: string;
  queueId: number;
  how: string | null;
  agent: string | null;
  detail: Record<string, unknown>;
  state: string;
  outcome: string | null;
}

/** Waits in queues with their calls, in the order of their coming: both in one look. */
export async function visits({ database }: CallBed, phone: string | null = null): Promise<Visit[]> {
  const { rows } = await sql<Visit>`
    select c.phone, v.queue_id as "queueId", v.how, u.login as agent, v.detail, c.state, c.outcome
    from queue_visits v join calls c on c.id = v.call_id left join users u on u.id = v.agent_user_id
    where ${phone}::text is null or c.phone = ${phone} order by v.id`.execute(database.db);
  return rows;
}

/** Queues with numbers of their own, and people who call them. */
export function queueBed(bed: CallBed) {
  const routes: { phone: string; target: { type: "queue"; id: number } }[] = [];
  let callers = 0;

  return {
    /** A queue, served by these agents; the number that leads there. */
    async queue(
      name: string,
      members: readonly BedAgent[],
      settings: Record<string, unknown> = {},
    ): Promise<{ id: number; phone: string }> {
      const input = {
        ...queueInput.parse({ name }),
        members: members.map(({ userId }) => ({ userId, rank: 1 })),
        ...settings,
      };
      const { id } = await bed.manager.ask("POST", "/queues", input);
      const phone = `+86755123460${String(10 + routes.length)}`;
      routes.push({ phone, target: { type: "queue", id } });
      await bed.manager.ask("PUT", "/inbound-routes", { items: routes });
      return { id, phone };
    },
    /** Somebody calls this number and stays on the line. */
    callIn(to: string, toneHz = 1900): CarrierCall {
      const target = { transport: "udp", ...bed.server.sip } as const;
      const from = `+861380013${String(7000 + callers++)}`;
      return bed.carrier.callIn({
        from,
        to,
        target,
        plan: [{ do: "talk", sound: { tonesHz: [toneHz] }, ms: 300_000 }],
      });
    },
    waits: (call: CarrierCall) =>
      until(`${call.from} waits`, async () => (await visits(bed, call.from)).at(-1)?.how === null),
    /** Who has this caller. */
    takenBy: (call: CarrierCall) =>
      until(`${call.from} is answered`, async () => {
        const [last] = (await visits(bed, call.from)).slice(-1);
        return last?.how === "answered" && last.state === "talking" && last.agent;
      }),
    /** The wait ended so, and the call with it. */
    over: (call: CarrierCall) =>
      until(`${call.from} is over`, async () => {
        const all = await visits(bed, call.from);
        return all.length > 0 && all.every(({ state, how }) => state === "closed" && how !== null) && all;
      }),
  };
}
