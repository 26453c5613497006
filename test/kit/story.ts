import { sql } from "kysely";
import type { Database } from "../../server/kernel/db.ts";
import { until } from "./until.ts";

/** What the database tells of the calls to one number, oldest first. */
export async function callsTo(database: Database, phone: string) {
  return await database.db
    .selectFrom("calls")
    .selectAll()
    .select(
      sql<string[]>`array(select type from call_events where call_id = calls.id order by call_events.id)`.as(
        "events",
      ),
    )
    .where("phone", "=", phone)
    .orderBy("planned_at")
    .execute();
}

/** The `n`th call to this number once it is closed. */
export function closedCall(database: Database, phone: string, n = 1) {
  return until(`call ${n} to ${phone} is closed`, async () => {
    const call = (await callsTo(database, phone))[n - 1];
    return call?.state === "closed" && call;
  });
}

export async function leadOf(database: Database, id: number) {
  return database.db.selectFrom("leads").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
}

/** `brokenInvariants`, once what is still being written down (a recording's digest, a last step) has had its time. */
export async function brokenAtRest(database: Database): Promise<string[]> {
  let broken: string[] = [];
  for (let look = 0; look < 100; look++) {
    broken = await brokenInvariants(database);
    if (broken.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return broken;
}

/**
 * What must hold when nothing is under way, whatever happened before. Returns what does not: an open call, a
 * lead held by nobody, an agent on a ghost call, a recording without an end, an attempt that is not accounted for.
 */
export async function brokenInvariants(database: Database): Promise<string[]> {
  const { db } = database;
  const broken: string[] = [];
  const open = await db.selectFrom("calls").select(["id", "state"]).where("state", "<>", "closed").execute();
  for (const call of open) broken.push(`call ${call.id} is ${call.state}`);
  const claimed = await db.selectFrom("lead_claims").select("lead_id").execute();
  for (const lead of claimed) broken.push(`lead ${lead.lead_id} is claimed`);
  const agents = await db.selectFrom("agents").selectAll().where("call_id", "is not", null).execute();
  for (const agent of agents) broken.push(`agent ${agent.user_id} is ${agent.state} on ${agent.call_id}`);
  const recordings = await db.selectFrom("recordings").selectAll().where("state", "=", "recording").execute();
  for (const recording of recordings)
    broken.push(`recording ${recording.id} of call ${recording.call_id} has no end`);
  const calls = await db.selectFrom("calls").selectAll().execute();
  const events = await db.selectFrom("call_events").selectAll().orderBy("id").execute();
  const decisions = new Set(
    (await db.selectFrom("decisions").select("call_id").execute()).map((row) => row.call_id),
  );
  for (const call of calls) {
    const own = events.filter((event) => event.call_id === call.id);
    if (call.outcome === null) broken.push(`call ${call.id} has no outcome`);
    const wasMachine = own.some((event) => event.type === "agent-says" || event.type === "taken-back");
    if (call.outcome !== "connected" && call.connected_at && !wasMachine)
      broken.push(`call ${call.id} talked, yet ${call.outcome}`);
    if (!own.some((event) => event.to_state === "closed"))
      broken.push(`call ${call.id} was never seen closing`);
    if (call.direction === "outbound" && !decisions.has(call.id))
      broken.push(`call ${call.id} has no decision`);
    const moves = own.filter((event) => event.from_state !== event.to_state);
    for (let i = 1; i < moves.length; i++)
      if (moves[i]!.from_state !== moves[i - 1]!.to_state)
        broken.push(`call ${call.id}: ${moves[i - 1]!.to_state} then from ${moves[i]!.from_state}`);
  }
  return broken;
}
