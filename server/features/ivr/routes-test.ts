import { z } from "zod";
import { idParam } from "../../../shared/common.ts";
import { ivrTestBack, ivrTestCall, ivrTestInput, ivrTestKeys } from "../../../shared/ivr/test-call.ts";
import type { Database } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import { findCustomerByPhone } from "../customers/index.ts";
import { readSettings } from "../settings/index.ts";
import { findUserByExtension } from "../users/index.ts";
import type { Ivr } from "./ivr.ts";
import { requireFlow } from "./save-flow.ts";

const manage = { allow: "campaigns.manage" } as const;
const tags = { tags: ["ivr"] };
const testParam = z.object({ id: z.string().max(60) });

/** Drafts on a telephone of ours; a test is its beginner's alone. */
export function ivrTestRoutes(
  app: HttpApp,
  { database: { db }, ivr: { testCalls } }: { database: Database; ivr: Pick<Ivr, "testCalls"> },
): void {
  async function whose(extension: string, userId: number): Promise<number> {
    if (extension === "") return userId;
    const found = await findUserByExtension(db, extension);
    if (!found) throw notFound("extension", extension);
    return found.id;
  }
  /** The draft takes the caller for who would call from there. */
  async function callerOf(typed: string) {
    const { defaultCountry: country } = await readSettings(db);
    const phone = parsePhone(typed, country)?.e164 ?? typed;
    const known = typed === "" ? undefined : await findCustomerByPhone(db, phone);
    return { phone, name: known?.name ?? "", customerId: known?.id ?? null, vip: known?.vip ?? 0, country };
  }
  app.post(
    "/api/v1/ivr/flows/:id/test-calls",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: ivrTestInput, response: { 201: ivrTestCall } },
    },
    async (request, reply) => {
      const { userId } = principalOf(request);
      const { extension, callerNumber } = request.body;
      const { id: flowId, document } = await requireFlow(db, request.params.id);
      const draft = { flowId, versionId: 0, document };
      const [lineOf, caller] = await Promise.all([whose(extension, userId), callerOf(callerNumber)]);
      return reply.code(201).send(testCalls.start(userId, draft, { lineOf, caller }));
    },
  );
  app.get(
    "/api/v1/ivr/test-calls/:id",
    { config: manage, schema: { ...tags, params: testParam, response: { 200: ivrTestCall } } },
    async (request) => {
      const { id } = request.params;
      const test = testCalls.get(id, principalOf(request).userId);
      if (!test) throw notFound("test call", id);
      return test;
    },
  );
  app.post(
    "/api/v1/ivr/test-calls/:id/keys",
    {
      config: manage,
      schema: { ...tags, params: testParam, body: ivrTestKeys, response: { 204: z.undefined() } },
    },
    async (request, reply) => {
      testCalls.keys(request.params.id, principalOf(request).userId, request.body.keys);
      return reply.code(204).send(undefined);
    },
  );
  app.post(
    "/api/v1/ivr/test-calls/:id/back",
    {
      config: manage,
      schema: { ...tags, params: testParam, body: ivrTestBack, response: { 204: z.undefined() } },
    },
    async (request, reply) => {
      testCalls.back(request.params.id, principalOf(request).userId, request.body.exit);
      return reply.code(204).send(undefined);
    },
  );
  app.delete(
    "/api/v1/ivr/test-calls/:id",
    { config: manage, schema: { ...tags, params: testParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      testCalls.stop(request.params.id, principalOf(request).userId);
      return reply.code(204).send(undefined);
    },
  );
}
