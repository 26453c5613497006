import type { Insertable } from "kysely";
import type { Db, Tx } from "../../kernel/db.ts";
import type { Tables } from "../../kernel/tables.ts";
import type { Agent } from "./registry.ts";
import "./tables.ts";

export type AgentEventRow = Insertable<Tables["agent_events"]>;

const rowOf = (agent: Agent) => ({
  user_id: agent.userId,
  state: agent.state,
  since: new Date(agent.since),
  pause_reason_id: agent.pauseReasonId,
  campaign_ids: agent.campaignIds,
  endpoint: agent.endpoint,
  desk_id: agent.deskId,
  call_id: agent.callId,
  leg_up: agent.legUp,
  next: agent.next,
  signed_in_at: new Date(agent.signedInAt),
});

/** Agents as they are now; who signed out has no row. */
export async function saveAgents(tx: Tx, agents: Agent[]): Promise<void> {
  const gone = agents.filter((a) => a.state === "signed-out").map((a) => a.userId);
  const here = agents.filter((a) => a.state !== "signed-out").map(rowOf);
  if (gone.length > 0) await tx.deleteFrom("agents").where("user_id", "in", gone).execute();
  if (here.length === 0) return;
  await tx
    .insertInto("agents")
    .values(here)
    .onConflict((conflict) =>
      conflict.column("user_id").doUpdateSet((eb) => ({
        state: eb.ref("excluded.state"),
        since: eb.ref("excluded.since"),
        pause_reason_id: eb.ref("excluded.pause_reason_id"),
        campaign_ids: eb.ref("excluded.campaign_ids"),
        endpoint: eb.ref("excluded.endpoint"),
        desk_id: eb.ref("excluded.desk_id"),
        call_id: eb.ref("excluded.call_id"),
        leg_up: eb.ref("excluded.leg_up"),
        next: eb.ref("excluded.next"),
        signed_in_at: eb.ref("excluded.signed_in_at"),
      })),
    )
    .execute();
}

export async function insertAgentEvents(tx: Tx, rows: AgentEventRow[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto("agent_events").values(rows).execute();
}

/** After a restart nobody is signed in: ends every row with a line of history. Returns the users. */
export async function signEverybodyOut(tx: Tx, at: Date, cause: string): Promise<number[]> {
  const gone = await tx.deleteFrom("agents").returning(["user_id", "call_id"]).execute();
  await insertAgentEvents(
    tx,
    gone.map((row) => ({ ...row, at, state: "signed-out", pause_reason_id: null, cause })),
  );
  return gone.map((row) => row.user_id);
}

export function pauseReasons(db: Db) {
  return db
    .selectFrom("pause_reasons")
    .select(["id", "code", "label", "position", "archived"])
    .orderBy("archived")
    .orderBy("position")
    .orderBy("id")
    .execute();
}

export async function addPauseReason(
  tx: Tx,
  reason: { code: string; label: string; position: number },
): Promise<number> {
  const row = await tx.insertInto("pause_reasons").values(reason).returning("id").executeTakeFirstOrThrow();
  return row.id;
}

/** False when there is no such reason. */
export async function changePauseReason(
  tx: Tx,
  id: number,
  change: { code?: string; label?: string; position?: number; archived?: boolean },
): Promise<boolean> {
  const done = await tx
    .updateTable("pause_reasons")
    .set(change)
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst();
  return done !== undefined;
}

export function phoneOf(db: Db, userId: number) {
  return db
    .selectFrom("phones")
    .select(["sip_user", "created_at"])
    .where("user_id", "=", userId)
    .executeTakeFirst();
}

export function phoneByUser(db: Db, sipUser: string) {
  return db
    .selectFrom("phones")
    .select(["user_id", "ha1_md5", "ha1_sha256"])
    .where("sip_user", "=", sipUser)
    .executeTakeFirst();
}

export async function savePhone(
  tx: Tx,
  phone: { user_id: number; sip_user: string; ha1_md5: string; ha1_sha256: string },
): Promise<void> {
  await tx
    .insertInto("phones")
    .values(phone)
    .onConflict((c) =>
      c.column("user_id").doUpdateSet({ ha1_md5: phone.ha1_md5, ha1_sha256: phone.ha1_sha256 }),
    )
    .execute();
}
