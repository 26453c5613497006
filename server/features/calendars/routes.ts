import { z } from "zod";
import {
  calendar,
  calendarFile,
  type CalendarInput,
  calendarInput,
  calendarReading,
} from "../../../shared/calendars.ts";
import { idParam, onePage, pageOf } from "../../../shared/common.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { conflict, notFound } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { type Actor, recordAudit } from "../audit/index.ts";
import { demandUnused } from "../uses/index.ts";
import { allCalendars, deleteCalendar, insertCalendar, isNameTaken, updateCalendar } from "./queries.ts";
import { readCalendarFile } from "./read-file.ts";
import "./events.ts";

const see = { allow: ["queues.see", "queues.manage"] } as const;
const manage = { allow: "queues.manage" } as const;
const tags = { tags: ["calendars"] };

export function calendarRoutes(
  app: HttpApp,
  { database, clock, events }: { database: Database; clock: Clock; events: EventBus },
): void {
  const audit = (tx: Tx, actor: Actor, action: string, nounId: number, detail: object) =>
    recordAudit(tx, {
      actor,
      at: new Date(clock.now()),
      action,
      noun: "calendar",
      nounId,
      detail: { ...detail },
    });

  async function save(actor: Actor, id: number | null, input: CalendarInput): Promise<number> {
    const saved = await database.transact(async (tx) => {
      if (await isNameTaken(tx, input.name, id))
        throw conflict("calendar-name-taken", `${input.name} is a name already.`, { name: input.name });
      const calendarId = id ?? (await insertCalendar(tx, input));
      if (id !== null && !(await updateCalendar(tx, id, input))) throw notFound("calendar", id);
      await audit(tx, actor, "calendar.saved", calendarId, input);
      return calendarId;
    });
    events.publish("calendars.changed", {});
    return saved;
  }

  app.get(
    "/api/v1/calendars",
    { config: see, schema: { ...tags, response: { 200: pageOf(calendar) } } },
    async () => onePage(await allCalendars(database.db)),
  );
  app.post(
    "/api/v1/calendars/read",
    { config: manage, schema: { ...tags, body: calendarFile, response: { 200: calendarReading } } },
    ({ body }) => readCalendarFile(body.text),
  );
  app.post(
    "/api/v1/calendars",
    { config: manage, schema: { ...tags, body: calendarInput, response: { 201: calendar } } },
    async (request, reply) =>
      reply.code(201).send({
        ...request.body,
        id: await save(principalOf(request), null, request.body),
      }),
  );
  app.put(
    "/api/v1/calendars/:id",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: calendarInput, response: { 200: calendar } },
    },
    async (request) => ({
      ...request.body,
      id: await save(principalOf(request), request.params.id, request.body),
    }),
  );
  app.delete(
    "/api/v1/calendars/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        await demandUnused(tx, "calendar", id);
        if (!(await deleteCalendar(tx, id))) throw notFound("calendar", id);
        await audit(tx, principalOf(request), "calendar.deleted", id, {});
      });
      events.publish("calendars.changed", {});
      return reply.code(204).send(undefined);
    },
  );
}
