import { z } from "zod";
import { idParam, onePage, pageOf } from "../../../shared/common.ts";
import {
  ivrDatabase,
  ivrDatabaseChange,
  ivrDatabaseInput,
  ivrDatabaseTest,
  ivrHosts,
  ivrHostsSeen,
  ivrHostTest,
  ivrTried,
} from "../../../shared/ivr/outside.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { type Actor, recordAudit } from "../audit/index.ts";
import type { Ivr } from "./ivr.ts";
import {
  allowedHosts,
  databaseUrls,
  deleteDatabase,
  documentsOfFlows,
  insertDatabase,
  listDatabases,
  replaceHosts,
  updateDatabase,
} from "./queries-outside.ts";
import { tryDatabase, tryHost } from "./try-outside.ts";
import { databasesIn, hostsIn, whoAsks } from "./who-asks.ts";

const see = { allow: "campaigns.see" } as const;
/** What is reached by it lies inside the company: not for everybody who may draw a flow. */
const manage = { allow: "settings.manage" } as const;
const tags = { tags: ["ivr"] };

export function ivrOutsideRoutes(
  app: HttpApp,
  { database, ivr, clock }: { database: Database; ivr: Pick<Ivr, "refresh">; clock: Clock },
): void {
  const { db } = database;
  async function act(
    actor: Actor,
    action: "database-added" | "database-changed" | "database-removed" | "hosts-changed",
    work: (tx: Tx) => Promise<number>,
    detail: Record<string, unknown>,
  ): Promise<void> {
    await database.transact(async (tx) => {
      const nounId = await work(tx);
      const at = new Date(clock.now());
      await recordAudit(tx, { actor, at, action: `ivr.${action}`, noun: "ivr-flow", nounId, detail });
    });
    await ivr.refresh();
  }
  async function databases() {
    const [rows, flows] = await Promise.all([listDatabases(db), documentsOfFlows(db)]);
    const asking = whoAsks(flows, databasesIn);
    return rows.map((row) => ({ ...row, flows: asking.get(row.id) ?? [] }));
  }
  app.get(
    "/api/v1/ivr/databases",
    { config: see, schema: { ...tags, response: { 200: pageOf(ivrDatabase) } } },
    async () => onePage(await databases()),
  );
  app.put(
    "/api/v1/ivr/databases/:id",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: ivrDatabaseChange, response: { 200: pageOf(ivrDatabase) } },
    },
    async (request) => {
      const { params, body } = request;
      const change = async (tx: Tx) => {
        if (!(await updateDatabase(tx, params.id, body))) throw notFound("IVR database", params.id);
        return params.id;
      };
      const detail = { name: body.name, moved: body.url !== undefined };
      await act(principalOf(request), "database-changed", change, detail);
      return onePage(await databases());
    },
  );
  app.post(
    "/api/v1/ivr/databases/test",
    { config: manage, schema: { ...tags, body: ivrDatabaseTest, response: { 200: ivrTried } } },
    async ({ body }) => {
      if ("url" in body) return tryDatabase(body.url);
      const url = (await databaseUrls(db)).get(body.id);
      if (url === undefined) throw notFound("IVR database", body.id);
      return tryDatabase(url);
    },
  );
  app.post(
    "/api/v1/ivr/databases",
    { config: manage, schema: { ...tags, body: ivrDatabaseInput, response: { 201: pageOf(ivrDatabase) } } },
    async (request, reply) => {
      const { body } = request;
      await act(principalOf(request), "database-added", (tx) => insertDatabase(tx, body), {
        name: body.name,
      });
      return reply.code(201).send(onePage(await databases()));
    },
  );
  app.delete(
    "/api/v1/ivr/databases/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { id } = request.params;
      const remove = async (tx: Tx) => {
        if (!(await deleteDatabase(tx, id))) throw notFound("IVR database", id);
        return id;
      };
      await act(principalOf(request), "database-removed", remove, {});
      return reply.code(204).send(undefined);
    },
  );
  app.get(
    "/api/v1/ivr/hosts",
    { config: manage, schema: { ...tags, response: { 200: ivrHostsSeen } } },
    async () => {
      const [hosts, flows] = await Promise.all([allowedHosts(db), documentsOfFlows(db)]);
      const asking = whoAsks(flows, hostsIn);
      return { hosts, flows: Object.fromEntries(hosts.map((host) => [host, asking.get(host) ?? []])) };
    },
  );
  app.post(
    "/api/v1/ivr/hosts/test",
    { config: manage, schema: { ...tags, body: ivrHostTest, response: { 200: ivrTried } } },
    ({ body }) => tryHost(body.host),
  );
  app.put(
    "/api/v1/ivr/hosts",
    { config: manage, schema: { ...tags, body: ivrHosts, response: { 200: ivrHosts } } },
    async (request) => {
      const { hosts } = request.body;
      await act(principalOf(request), "hosts-changed", (tx) => replaceHosts(tx, hosts).then(() => 0), {
        hosts: hosts.join(", "),
      });
      return { hosts: await allowedHosts(db) };
    },
  );
}
