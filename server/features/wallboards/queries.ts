import { type Selectable, sql } from "kysely";
import type { z } from "zod";
import type {
  ScreenInput,
  ScreenRow,
  WallboardInput,
  WallboardRow,
  wallboardChange,
  WallScreen,
} from "../../../shared/wallboards.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import { conflict, notFound } from "../../kernel/errors.ts";
import type { Tables } from "../../kernel/tables.ts";

const boardRow = (row: Selectable<Tables["wallboards"]>): WallboardRow => ({
  id: row.id,
  name: row.name,
  unitId: row.unit_id,
  widgets: row.widgets,
  version: row.version,
  updatedAt: row.updated_at.toISOString(),
});

const screenRow = (row: Selectable<Tables["wall_screens"]>): ScreenRow => ({
  id: row.id,
  name: row.name,
  boardIds: row.board_ids,
  seconds: row.seconds,
  theme: row.theme,
  language: row.language,
  seenAt: row.seen_at?.toISOString() ?? null,
});

export async function listBoards(db: Db): Promise<WallboardRow[]> {
  return (await db.selectFrom("wallboards").selectAll().orderBy("name").orderBy("id").execute()).map(
    boardRow,
  );
}

export async function requireBoard(db: Db, id: number): Promise<WallboardRow> {
  const row = await db.selectFrom("wallboards").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw notFound("wallboard", id);
  return boardRow(row);
}

const boardValues = ({ name, unitId, widgets }: WallboardInput, at: Date) => ({
  name,
  unit_id: unitId,
  widgets: JSON.stringify(widgets),
  updated_at: at,
});

export async function insertBoard(tx: Tx, given: WallboardInput, at: Date): Promise<WallboardRow> {
  const row = await tx
    .insertInto("wallboards")
    .values(boardValues(given, at))
    .returningAll()
    .executeTakeFirstOrThrow();
  return boardRow(row);
}

/** Saves over the version that was read, never over another. */
export async function updateBoard(
  tx: Tx,
  id: number,
  given: z.infer<typeof wallboardChange>,
  at: Date,
): Promise<WallboardRow> {
  const row = await tx
    .updateTable("wallboards")
    .set({ ...boardValues(given, at), version: given.version + 1 })
    .where("id", "=", id)
    .where("version", "=", given.version)
    .returningAll()
    .executeTakeFirst();
  if (row) return boardRow(row);
  await requireBoard(tx, id);
  throw conflict("wallboard-changed", "Somebody else saved this board meanwhile: open it again.");
}

/** Screens go on with their other boards. */
export async function deleteBoard(tx: Tx, id: number): Promise<void> {
  await sql`update wall_screens set board_ids = array_remove(board_ids, ${id}::integer)
    where ${id}::integer = any(board_ids)`.execute(tx);
  const { numDeletedRows } = await tx.deleteFrom("wallboards").where("id", "=", id).executeTakeFirst();
  if (numDeletedRows === 0n) throw notFound("wallboard", id);
}

export async function listScreens(db: Db): Promise<ScreenRow[]> {
  return (await db.selectFrom("wall_screens").selectAll().orderBy("name").orderBy("id").execute()).map(
    screenRow,
  );
}

export async function requireScreen(db: Db, id: number): Promise<ScreenRow> {
  const row = await db.selectFrom("wall_screens").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw notFound("screen", id);
  return screenRow(row);
}

const screenValues = ({ name, boardIds, seconds, theme, language }: ScreenInput) => ({
  name,
  board_ids: boardIds,
  seconds,
  theme,
  language,
});

export async function insertScreen(tx: Tx, given: ScreenInput, tokenHash: string, at: Date): Promise<number> {
  const { id } = await tx
    .insertInto("wall_screens")
    .values({ ...screenValues(given), token_hash: tokenHash, created_at: at })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateScreen(tx: Tx, id: number, given: ScreenInput): Promise<void> {
  await tx.updateTable("wall_screens").set(screenValues(given)).where("id", "=", id).execute();
}

export async function changeLink(tx: Tx, id: number, tokenHash: string): Promise<void> {
  await tx
    .updateTable("wall_screens")
    .set({ token_hash: tokenHash, seen_at: null })
    .where("id", "=", id)
    .execute();
}

export async function deleteScreen(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom("wall_screens").where("id", "=", id).execute();
}

/** The screen that holds this secret, with its boards in their order; notes that it was seen. */
export async function openScreen(
  tx: Tx,
  tokenHash: string,
  at: Date,
): Promise<(WallScreen & { id: number }) | undefined> {
  const row = await tx
    .updateTable("wall_screens")
    .set({ seen_at: at })
    .where("token_hash", "=", tokenHash)
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  const boards = new Map((await listBoards(tx)).map((board) => [board.id, board]));
  const { id, name, seconds, theme, language } = row;
  return {
    id,
    name,
    seconds,
    theme,
    language,
    boards: row.board_ids.flatMap((boardId) => boards.get(boardId) ?? []),
  };
}
