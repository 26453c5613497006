import { z } from "zod";
import { idParam, onePage, pageOf } from "../../../shared/common.ts";
import {
  screenInput,
  screenLink,
  screenRow,
  wallboardChange,
  wallboardInput,
  wallboardRow,
} from "../../../shared/wallboards.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { forbidden, notFound } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import type { Principal } from "../../kernel/http/access.ts";
import type { Random } from "../../kernel/random.ts";
import { recordAudit } from "../audit/index.ts";
import { visibleUnitIds } from "../users/index.ts";
import {
  changeLink,
  deleteBoard,
  deleteScreen,
  insertBoard,
  insertScreen,
  listBoards,
  listScreens,
  requireBoard,
  requireScreen,
  updateBoard,
  updateScreen,
} from "./queries.ts";
import { hashOf, newToken } from "./token.ts";

interface Parts {
  database: Database;
  clock: Clock;
  events: EventBus;
  random: Random;
}

const tags = { tags: ["wallboards"] };
const see = { allow: "live.see" } as const;
const manage = { allow: "agents.supervise" } as const;

/** Whether a person sees all the people that a board of this unit shows. */
async function unitsOf(database: Database, principal: Principal) {
  const units = await visibleUnitIds(database.db, principal);
  return (unitId: number | null) => units === "all" || (unitId !== null && units.includes(unitId));
}

export function wallboardRoutes(app: HttpApp, parts: Parts): void {
  boardRoutes(app, parts);
  screenRoutes(app, parts);
}

function audit(
  tx: Tx,
  { clock }: Parts,
  actor: Principal,
  noun: "wallboard" | "wall-screen",
  change: "created" | "changed" | "deleted" | "link-changed",
  id: number,
  detail: Record<string, unknown>,
): Promise<unknown> {
  const at = new Date(clock.now());
  return recordAudit(tx, { actor, at, action: `${noun}.${change}`, noun, nounId: id, detail });
}

function boardRoutes(app: HttpApp, parts: Parts): void {
  const { database, clock, events } = parts;
  const { db } = database;
  const now = () => new Date(clock.now());
  /** The board, for who may see its people. */
  async function own(principal: Principal, id: number) {
    const board = await requireBoard(db, id);
    if (!(await unitsOf(database, principal))(board.unitId)) throw notFound("wallboard", id);
    return board;
  }
  async function checkUnit(principal: Principal, unitId: number | null) {
    if (!(await unitsOf(database, principal))(unitId)) throw forbidden("Choose a unit whose people you see.");
  }

  app.get(
    "/api/v1/wallboards",
    { config: see, schema: { ...tags, response: { 200: pageOf(wallboardRow) } } },
    async (request) => {
      const sees = await unitsOf(database, principalOf(request));
      return onePage((await listBoards(db)).filter(({ unitId }) => sees(unitId)));
    },
  );
  app.get(
    "/api/v1/wallboards/:id",
    { config: see, schema: { ...tags, params: idParam, response: { 200: wallboardRow } } },
    async (request) => own(principalOf(request), request.params.id),
  );
  app.post(
    "/api/v1/wallboards",
    { config: manage, schema: { ...tags, body: wallboardInput, response: { 201: wallboardRow } } },
    async (request, reply) => {
      const principal = principalOf(request);
      await checkUnit(principal, request.body.unitId);
      const made = await database.transact(async (tx) => {
        const board = await insertBoard(tx, request.body, now());
        await audit(tx, parts, principal, "wallboard", "created", board.id, { name: board.name });
        return board;
      });
      return reply.code(201).send(made);
    },
  );
  app.put(
    "/api/v1/wallboards/:id",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: wallboardChange, response: { 200: wallboardRow } },
    },
    async (request) => {
      const principal = principalOf(request);
      const { id } = await own(principal, request.params.id);
      await checkUnit(principal, request.body.unitId);
      const saved = await database.transact(async (tx) => {
        const board = await updateBoard(tx, id, request.body, now());
        await audit(tx, parts, principal, "wallboard", "changed", id, { name: board.name });
        return board;
      });
      events.publish("wallboard.changed", { boardId: id });
      return saved;
    },
  );
  app.delete(
    "/api/v1/wallboards/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const principal = principalOf(request);
      const { id, name } = await own(principal, request.params.id);
      await database.transact(async (tx) => {
        await deleteBoard(tx, id);
        await audit(tx, parts, principal, "wallboard", "deleted", id, { name });
      });
      events.publish("wallboard.changed", { boardId: id });
      return reply.code(204).send(undefined);
    },
  );
}

function screenRoutes(app: HttpApp, parts: Parts): void {
  const { database, clock, events, random } = parts;
  const { db } = database;
  const now = () => new Date(clock.now());
  /** Whether a person may see everything that a screen of these boards shows. */
  async function seesBoards(principal: Principal) {
    const sees = await unitsOf(database, principal);
    const boards = new Map((await listBoards(db)).map(({ id, unitId }) => [id, unitId]));
    return {
      every: (ids: readonly number[]) => ids.every((id) => sees(boards.get(id) ?? null)),
      missing: (ids: readonly number[]) => ids.find((id) => !boards.has(id)),
    };
  }
  async function own(principal: Principal, id: number) {
    const screen = await requireScreen(db, id);
    if (!(await seesBoards(principal)).every(screen.boardIds)) throw notFound("screen", id);
    return screen;
  }
  async function checkBoards(principal: Principal, ids: readonly number[]) {
    const boards = await seesBoards(principal);
    const missing = boards.missing(ids);
    if (missing !== undefined || !boards.every(ids)) throw notFound("wallboard", missing ?? ids[0]);
  }

  app.get(
    "/api/v1/wall-screens",
    { config: see, schema: { ...tags, response: { 200: pageOf(screenRow) } } },
    async (request) => {
      const boards = await seesBoards(principalOf(request));
      return onePage((await listScreens(db)).filter(({ boardIds }) => boards.every(boardIds)));
    },
  );
  app.post(
    "/api/v1/wall-screens",
    { config: manage, schema: { ...tags, body: screenInput, response: { 201: screenLink } } },
    async (request, reply) => {
      const principal = principalOf(request);
      await checkBoards(principal, request.body.boardIds);
      const token = newToken(random);
      const id = await database.transact(async (tx) => {
        const made = await insertScreen(tx, request.body, hashOf(token), now());
        await audit(tx, parts, principal, "wall-screen", "created", made, { ...request.body });
        return made;
      });
      return reply.code(201).send({ id, token });
    },
  );
  app.put(
    "/api/v1/wall-screens/:id",
    { config: manage, schema: { ...tags, params: idParam, body: screenInput, response: { 200: screenRow } } },
    async (request) => {
      const principal = principalOf(request);
      const { id } = await own(principal, request.params.id);
      await checkBoards(principal, request.body.boardIds);
      await database.transact(async (tx) => {
        await updateScreen(tx, id, request.body);
        await audit(tx, parts, principal, "wall-screen", "changed", id, { ...request.body });
      });
      events.publish("wall-screen.changed", { screenId: id });
      return requireScreen(db, id);
    },
  );
  app.post(
    "/api/v1/wall-screens/:id/link",
    { config: manage, schema: { ...tags, params: idParam, response: { 200: screenLink } } },
    async (request) => {
      const principal = principalOf(request);
      const { id, name } = await own(principal, request.params.id);
      const token = newToken(random);
      await database.transact(async (tx) => {
        await changeLink(tx, id, hashOf(token));
        await audit(tx, parts, principal, "wall-screen", "link-changed", id, { name });
      });
      events.publish("wall-screen.changed", { screenId: id });
      return { id, token };
    },
  );
  app.delete(
    "/api/v1/wall-screens/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const principal = principalOf(request);
      const { id, name } = await own(principal, request.params.id);
      await database.transact(async (tx) => {
        await deleteScreen(tx, id);
        await audit(tx, parts, principal, "wall-screen", "deleted", id, { name });
      });
      events.publish("wall-screen.changed", { screenId: id });
      return reply.code(204).send(undefined);
    },
  );
}
