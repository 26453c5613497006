import { type CallbackChange, type CallbackRow } from "../../../shared/callbacks.ts";
import type { Tx } from "../../kernel/db.ts";
import { conflict, forbidden, invalid, notFound } from "../../kernel/errors.ts";
import { leaveCallback } from "../lists/index.ts";
import { cancelCallback } from "./queries.ts";
import { type CallbackScope, findCallback, moveCallback } from "./queries-list.ts";

const notWaiting = () =>
  conflict("callback-not-waiting", "This callback is being dialled, or is closed already.");

async function demand(tx: Tx, id: number, scope: CallbackScope): Promise<CallbackRow> {
  const found = await findCallback(tx, id, scope);
  if (!found) throw notFound("callback", id);
  return found;
}

/**
 * Moves a callback or gives it to somebody else. Errors: `callback-not-waiting` 409, `callback-in-the-past`,
 * `callback-without-team`, `callback-unknown-agent` 422, `forbidden` 403.
 */
export async function changeCallback(
  tx: Tx,
  id: number,
  change: CallbackChange,
  by: { scope: CallbackScope; at: Date },
): Promise<CallbackRow> {
  const found = await demand(tx, id, by.scope);
  const { userId } = change;
  const dueAt = change.dueAt === undefined ? undefined : new Date(change.dueAt);
  if (dueAt && dueAt.getTime() < by.at.getTime() - 60_000)
    throw invalid("callback-in-the-past", "Choose a time that is to come.");
  if (userId === null && found.campaign === null)
    throw invalid("callback-without-team", "A callback without a campaign has no team.");
  if (userId !== undefined && userId !== null) {
    if (!by.scope.all && userId !== by.scope.userId)
      throw forbidden("Only a supervisor gives a callback to somebody else.");
    const user = await tx
      .selectFrom("users")
      .select("id")
      .where("id", "=", userId)
      .where("active", "=", true)
      .executeTakeFirst();
    if (!user) throw invalid("callback-unknown-agent", "There is no such agent.", { userId });
  }
  if (!(await moveCallback(tx, id, { dueAt, userId, note: change.note }))) throw notWaiting();
  return (await findCallback(tx, id, { ...by.scope, all: true }))!;
}

/** Cancels a callback; its lead goes on by the campaign's rules, or is done. Errors: `callback-not-waiting` 409. */
export async function endCallback(
  tx: Tx,
  id: number,
  end: { reason: string; lead: "ready" | "done" },
  by: { scope: CallbackScope; at: Date },
): Promise<CallbackRow> {
  const found = await demand(tx, id, by.scope);
  const close = { reason: end.reason, byUserId: by.scope.userId, at: by.at };
  if (!(await cancelCallback(tx, id, close))) throw notWaiting();
  if (found.leadId !== null) await leaveCallback(tx, found.leadId, end.lead);
  return (await findCallback(tx, id, { ...by.scope, all: true }))!;
}
