import { z } from "zod";
import {
  shiftExceptionInput,
  shiftImport,
  shiftImported,
  shiftInput,
  shiftPlan,
} from "../../../shared/agent-time.ts";
import { idParam } from "../../../shared/common.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { forbidden, invalid, notFound } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { visibleUserIds } from "../users/index.ts";
import { importShifts } from "./import-shifts.ts";
import { deleteShift, insertPatterns, putException, readPlan } from "./queries.ts";

const tags = ["agent-time"];
const plan = { allow: "agents.supervise" } as const;

export function shiftRoutes(app: HttpApp, { database, clock }: { database: Database; clock: Clock }): void {
  const { db } = database;

  /** A supervisor plans people whom they see; units are planned by who sees everybody, or is in them. */
  async function change(
    principal: Principal,
    action: string,
    whose: { userId: number | null; orgUnitId: number | null },
    write: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const { userId, orgUnitId } = whose;
    if ((userId === null) === (orgUnitId === null))
      throw invalid("shift-whose", "A shift is one person's or one unit's.");
    const visible = await visibleUserIds(db, principal);
    const mayPlan =
      userId === null
        ? visible === "all" || orgUnitId === principal.orgUnitId
        : visible === "all" || visible.includes(userId);
    if (!mayPlan) throw forbidden("They are not in your unit.");
    await database.transact(async (tx) => {
      await write(tx);
      const entry = {
        actor: principal,
        at: new Date(clock.now()),
        noun: userId === null ? "org-unit" : "user",
      };
      await recordAudit(tx, { ...entry, action, nounId: userId ?? orgUnitId ?? 0 });
    });
  }

  app.get(
    "/api/v1/shifts",
    { config: plan, schema: { tags, response: { 200: shiftPlan } } },
    async (request) => {
      const { patterns, exceptions } = await readPlan(db, await visibleUserIds(db, principalOf(request)));
      return { patterns: [...patterns], exceptions: [...exceptions] };
    },
  );
  app.post(
    "/api/v1/shifts",
    { config: plan, schema: { tags, body: shiftInput, response: { 204: z.null() } } },
    async (request, reply) => {
      const { body } = request;
      await change(principalOf(request), "shift.planned", body, (tx) => insertPatterns(tx, body));
      return reply.code(204).send(null);
    },
  );
  app.post(
    "/api/v1/shifts/exceptions",
    { config: plan, schema: { tags, body: shiftExceptionInput, response: { 204: z.null() } } },
    async (request, reply) => {
      const { body } = request;
      if ((body.starts === null) !== (body.ends === null))
        throw invalid("shift-times", "A shift has a begin and an end, or neither.");
      await change(principalOf(request), "shift.changed", body, (tx) => putException(tx, body));
      return reply.code(204).send(null);
    },
  );
  for (const [path, table] of [
    ["/api/v1/shifts/:id", "shift_patterns"],
    ["/api/v1/shifts/exceptions/:id", "shift_exceptions"],
  ] as const)
    app.delete(
      path,
      { config: plan, schema: { tags, params: idParam, response: { 204: z.null() } } },
      async (request, reply) => {
        const { id } = request.params;
        const principal = principalOf(request);
        const { patterns, exceptions } = await readPlan(db, await visibleUserIds(db, principal));
        const row = (table === "shift_patterns" ? patterns : exceptions).find((one) => one.id === id);
        if (!row) throw notFound("shift", id);
        await change(principal, "shift.removed", row, async (tx) => void (await deleteShift(tx, table, id)));
        return reply.code(204).send(null);
      },
    );
  app.post(
    "/api/v1/shifts/import",
    { config: plan, schema: { tags, body: shiftImport, response: { 200: shiftImported } } },
    async (request) => {
      const principal = principalOf(request);
      const visible = await visibleUserIds(db, principal);
      return database.transact(async (tx) => {
        const done = await importShifts(tx, request.body.csv, visible);
        const entry = {
          actor: principal,
          at: new Date(clock.now()),
          action: "shift.imported",
          noun: "shift",
          nounId: 0,
        };
        await recordAudit(tx, { ...entry, detail: { rows: done.rows, problems: done.problems.length } });
        return done;
      });
    },
  );
}
