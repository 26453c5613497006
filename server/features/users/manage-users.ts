import type { NewUser, User, UserChange, UserInput } from "../../../shared/users.ts";
import type { Tx } from "../../kernel/db.ts";
import { conflict, notFound } from "../../kernel/errors.ts";
import { type Actor, recordAudit } from "../audit/index.ts";
import { hashPassword } from "./password.ts";
import {
  countOtherAdministrators,
  findTaken,
  insertUser,
  lockUser,
  present,
  updatePassword,
  updateUser,
} from "./queries.ts";

async function refuseTaken(tx: Tx, input: UserInput, exceptId?: number): Promise<void> {
  const taken = await findTaken(tx, input, exceptId);
  if (taken === "login")
    throw conflict("login-taken", `The login ${input.login} is taken.`, { login: input.login });
  if (taken === "extension")
    throw conflict("extension-taken", `The extension ${input.extension} is taken.`, {
      extension: input.extension,
    });
}

/** Creates a person who can sign in. */
export async function createUser(tx: Tx, actor: Actor, input: NewUser, at: Date): Promise<User> {
  await refuseTaken(tx, input);
  const { password, ...rest } = input;
  const row = await insertUser(tx, { ...rest, passwordHash: await hashPassword(password), at });
  const { login, name, role } = row;
  await recordAudit(tx, {
    actor,
    at,
    action: "user.created",
    noun: "user",
    nounId: row.id,
    detail: { login, name, role },
  });
  return present(row);
}

const watched = ["login", "name", "role", "orgUnitId", "extension", "locale", "active"] as const;

/** Changes or deactivates a person. The last active administrator stays one. */
export async function changeUser(
  tx: Tx,
  actor: Actor,
  id: number,
  change: UserChange,
  at: Date,
): Promise<User> {
  const before = await lockUser(tx, id);
  if (!before) throw notFound("user", id);
  await refuseTaken(tx, change, id);
  const losesAdministrator =
    before.role === "administrator" && before.active && !(change.active && change.role === "administrator");
  if (losesAdministrator && (await countOtherAdministrators(tx, id)) === 0)
    throw conflict("last-administrator", "This is the last active administrator: make another one first.");
  const old = present(before);
  const now = present(await updateUser(tx, id, change, at));
  const changed = watched.filter((key) => old[key] !== now[key]);
  const detail = Object.fromEntries(changed.map((key) => [key, { from: old[key], to: now[key] }]));
  await recordAudit(tx, { actor, at, action: "user.changed", noun: "user", nounId: id, detail });
  return now;
}

/** Sets a password; every session of the person ends. */
export async function setPassword(
  tx: Tx,
  actor: Actor,
  { userId, password, mustChange, at }: { userId: number; password: string; mustChange: boolean; at: Date },
): Promise<void> {
  if (!(await lockUser(tx, userId))) throw notFound("user", userId);
  await updatePassword(tx, userId, { passwordHash: await hashPassword(password), mustChange, at });
  const action = actor.userId === userId ? "password.changed" : "password.reset";
  await recordAudit(tx, { actor, at, action, noun: "user", nounId: userId });
}
