import type { ExpressionBuilder, Selectable } from "kysely";
import type { Page } from "../../../shared/common.ts";
import type { User, UserChange, UserInput, UserQuery } from "../../../shared/users.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { escapeLike } from "../../kernel/like.ts";
import type { Tables } from "../../kernel/tables.ts";
import type { UsersTable } from "./tables.ts";

export function present(row: Selectable<UsersTable>): User {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    role: row.role,
    orgUnitId: row.org_unit_id,
    extension: row.extension,
    locale: row.locale,
    active: row.active,
    mustChangePassword: row.must_change_password,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** `%` and `_` in a search mean themselves. */
const containing = (text: string) => `%${escapeLike(text)}%`;

function matches(query: UserQuery) {
  return (eb: ExpressionBuilder<Tables, "users">) => {
    const like = containing(query.search);
    const conditions = [
      eb.or([eb("name", "ilike", like), eb("login", "ilike", like), eb("extension", "like", like)]),
    ];
    if (query.role) conditions.push(eb("role", "=", query.role));
    if (query.active !== undefined) conditions.push(eb("active", "=", query.active));
    return eb.and(conditions);
  };
}

export async function findUsers(db: Db, query: UserQuery): Promise<Page<User>> {
  const found = db.selectFrom("users").where(matches(query));
  const { total } = await found
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  const rows = await found
    .selectAll()
    .orderBy("login")
    .limit(query.pageSize)
    .offset((query.page - 1) * query.pageSize)
    .execute();
  return { items: rows.map(present), total };
}

export function findUser(db: Db, id: number): Promise<Selectable<UsersTable> | undefined> {
  return db.selectFrom("users").selectAll().where("id", "=", id).executeTakeFirst();
}

export function findUserByLogin(db: Db, login: string): Promise<Selectable<UsersTable> | undefined> {
  return db
    .selectFrom("users")
    .selectAll()
    .where("login", "=", login.trim().toLowerCase())
    .executeTakeFirst();
}

export function findUserByExtension(db: Db, extension: string): Promise<Selectable<UsersTable> | undefined> {
  return db
    .selectFrom("users")
    .selectAll()
    .where("extension", "=", extension)
    .where("active", "=", true)
    .executeTakeFirst();
}

/** Everybody who is active, by name. */
export function colleagues(db: Db): Promise<{ userId: number; name: string; extension: string | null }[]> {
  return db
    .selectFrom("users")
    .select(["id as userId", "name", "extension"])
    .where("active", "=", true)
    .orderBy("name")
    .execute();
}

/** Locks the row until the transaction ends. */
export function lockUser(tx: Tx, id: number): Promise<Selectable<UsersTable> | undefined> {
  return tx.selectFrom("users").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
}

/** Which of the login and the extension somebody else (not `exceptId`) has. */
export async function findTaken(
  tx: Tx,
  input: UserInput,
  exceptId = 0,
): Promise<"login" | "extension" | undefined> {
  const other = await tx
    .selectFrom("users")
    .select(["login"])
    .where("id", "<>", exceptId)
    .where((eb) =>
      eb.or([
        eb("login", "=", input.login),
        ...(input.extension ? [eb("extension", "=", input.extension)] : []),
      ]),
    )
    .executeTakeFirst();
  if (!other) return undefined;
  return other.login === input.login ? "login" : "extension";
}

const columns = (input: UserInput) => ({
  login: input.login,
  name: input.name,
  role: input.role,
  org_unit_id: input.orgUnitId,
  extension: input.extension,
  locale: input.locale,
});

export function insertUser(
  tx: Tx,
  input: UserInput & { passwordHash: string; mustChangePassword: boolean; at: Date },
): Promise<Selectable<UsersTable>> {
  return tx
    .insertInto("users")
    .values({
      ...columns(input),
      password_hash: input.passwordHash,
      must_change_password: input.mustChangePassword,
      password_changed_at: input.at,
      created_at: input.at,
      updated_at: input.at,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function updateUser(
  tx: Tx,
  id: number,
  change: UserChange,
  at: Date,
): Promise<Selectable<UsersTable>> {
  return tx
    .updateTable("users")
    .set({ ...columns(change), active: change.active, updated_at: at })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function updateLocale(tx: Tx, id: number, locale: User["locale"]): Promise<void> {
  await tx.updateTable("users").set({ locale }).where("id", "=", id).execute();
}

export async function updatePassword(
  tx: Tx,
  id: number,
  { passwordHash, mustChange, at }: { passwordHash: string; mustChange: boolean; at: Date },
): Promise<void> {
  await tx
    .updateTable("users")
    .set({
      password_hash: passwordHash,
      must_change_password: mustChange,
      password_changed_at: at,
      updated_at: at,
    })
    .where("id", "=", id)
    .execute();
}

/** Active administrators other than `id`. */
export async function countOtherAdministrators(tx: Tx, id: number): Promise<number> {
  const { count } = await tx
    .selectFrom("users")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("role", "=", "administrator")
    .where("active", "=", true)
    .where("id", "<>", id)
    .executeTakeFirstOrThrow();
  return count;
}

export async function hasUsers(db: Db): Promise<boolean> {
  return (await db.selectFrom("users").select("id").limit(1).executeTakeFirst()) !== undefined;
}
