import { z } from "zod";
import { idParam, onePage, pageOf } from "../../../shared/common.ts";
import {
  queueDetail,
  queueInput,
  type QueueInput,
  skillDetail,
  skillInput,
  type SkillInput,
} from "../../../shared/queues.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { type Actor, recordAudit } from "../audit/index.ts";
import { demandUnused } from "../uses/index.ts";
import {
  allQueues,
  allSkills,
  deleteQueue,
  deleteSkill,
  insertQueue,
  queueProblems,
  saveSkill,
  skillProblems,
  updateQueue,
} from "./queries.ts";

export interface QueueRouteParts {
  database: Database;
  clock: Clock;
  events: EventBus;
}

const see = { allow: ["queues.see", "queues.manage"] } as const;
const manage = { allow: "queues.manage" } as const;
const tags = { tags: ["queues"] };

const unknown = () =>
  invalid("queue-names-unknown", "It names a person, a skill, a trunk or a queue that there is not.");

const nameTaken = (name: string) => conflict("queue-name-taken", `${name} is a name already.`, { name });

/** Errors: `queue-name-taken` 409; 422: `queue-names-unknown`, `queue-overflows-to-itself`. */
async function checkQueue(tx: Tx, input: QueueInput, id: number): Promise<void> {
  if (input.overflow.type === "queue" && input.overflow.queueId === id)
    throw invalid("queue-overflows-to-itself", "A queue cannot overflow to itself.");
  const problems = await queueProblems(tx, input, id);
  if (problems.nameTaken) throw nameTaken(input.name);
  if (problems.unknown) throw unknown();
}

async function checkSkill(tx: Tx, input: SkillInput, id: number): Promise<void> {
  const problems = await skillProblems(tx, input, id);
  if (problems.nameTaken) throw nameTaken(input.name);
  if (problems.unknown) throw unknown();
}

export function queueRoutes(app: HttpApp, parts: QueueRouteParts): void {
  const { database, clock, events } = parts;
  const { db } = database;
  const audit = (tx: Tx, actor: Actor, action: string, nounId: number | null, detail: object) =>
    recordAudit(tx, {
      actor,
      at: new Date(clock.now()),
      action,
      noun: "queue",
      ...(nounId !== null && { nounId }),
      detail: { ...detail },
    });
  const changed = (queueId: number | null) => events.publish("queues.changed", { queueId });
  const readQueue = async (id: number) => {
    const found = (await allQueues(db)).find((queue) => queue.id === id);
    if (!found) throw notFound("queue", id);
    return found;
  };

  app.get(
    "/api/v1/queues",
    { config: see, schema: { ...tags, response: { 200: pageOf(queueDetail) } } },
    async () => onePage(await allQueues(db)),
  );
  app.get(
    "/api/v1/queues/:id",
    { config: see, schema: { ...tags, params: idParam, response: { 200: queueDetail } } },
    ({ params }) => readQueue(params.id),
  );
  app.post(
    "/api/v1/queues",
    { config: manage, schema: { ...tags, body: queueInput, response: { 201: queueDetail } } },
    async (request, reply) => {
      const id = await database.transact(async (tx) => {
        await checkQueue(tx, request.body, 0);
        const made = await insertQueue(tx, request.body);
        await audit(tx, principalOf(request), "queue.created", made, request.body);
        return made;
      });
      changed(id);
      return reply.code(201).send(await readQueue(id));
    },
  );
  app.put(
    "/api/v1/queues/:id",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: queueInput, response: { 200: queueDetail } },
    },
    async (request) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        await checkQueue(tx, request.body, id);
        if (!(await updateQueue(tx, id, request.body))) throw notFound("queue", id);
        await audit(tx, principalOf(request), "queue.changed", id, request.body);
      });
      changed(id);
      return readQueue(id);
    },
  );
  app.delete(
    "/api/v1/queues/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        await demandUnused(tx, "queue", id);
        const name = await deleteQueue(tx, id, new Date(clock.now()));
        if (name === undefined) throw notFound("queue", id);
        await audit(tx, principalOf(request), "queue.deleted", id, { name });
      });
      changed(id);
      return reply.code(204).send(undefined);
    },
  );
  skillRoutes(app, { ...parts, audit, changed });
}

type Audit = (
  tx: Tx,
  actor: Actor,
  action: string,
  nounId: number | null,
  detail: object,
) => Promise<unknown>;

function skillRoutes(
  app: HttpApp,
  { database, audit, changed }: QueueRouteParts & { audit: Audit; changed: (id: null) => void },
): void {
  const save = async (actor: Actor, id: number | null, input: SkillInput) => {
    const saved = await database.transact(async (tx) => {
      await checkSkill(tx, input, id ?? 0);
      const skillId = await saveSkill(tx, id, input);
      if (skillId === undefined) throw notFound("skill", id);
      await audit(tx, actor, "skill.saved", skillId, input);
      return skillId;
    });
    changed(null);
    return { ...input, id: saved };
  };
  app.get(
    "/api/v1/skills",
    { config: see, schema: { ...tags, response: { 200: pageOf(skillDetail) } } },
    async () => onePage(await allSkills(database.db)),
  );
  app.post(
    "/api/v1/skills",
    { config: manage, schema: { ...tags, body: skillInput, response: { 201: skillDetail } } },
    async (request, reply) => reply.code(201).send(await save(principalOf(request), null, request.body)),
  );
  app.put(
    "/api/v1/skills/:id",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: skillInput, response: { 200: skillDetail } },
    },
    (request) => save(principalOf(request), request.params.id, request.body),
  );
  app.delete(
    "/api/v1/skills/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        if (!(await deleteSkill(tx, id))) throw notFound("skill", id);
        await audit(tx, principalOf(request), "skill.deleted", id, {});
      });
      changed(null);
      return reply.code(204).send(undefined);
    },
  );
}
