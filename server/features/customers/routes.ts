import { z } from "zod";
import { idParam, pageOf } from "../../../shared/common.ts";
import {
  customerByPhone,
  customerDetail,
  type CustomerDetail,
  customerFilter,
  customerInput,
  customerRow,
} from "../../../shared/customers.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import { phoneFor, type Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import { recordAudit } from "../audit/index.ts";
import { readSettings } from "../settings/index.ts";
import { deleteCustomer, findCustomerByPhone, listCustomers } from "./queries.ts";
import { changeCustomer, createCustomer, requireCustomer } from "./save-customer.ts";
import "./events.ts";

export interface CustomerRouteParts {
  database: Database;
  clock: Clock;
  events: EventBus;
}

const see = { allow: "customers.see" } as const;
const manage = { allow: "customers.manage" } as const;
const tags = { tags: ["customers"] };

function shownTo<C extends Pick<CustomerDetail, "phones">>(principal: Principal, customer: C): C {
  const show = phoneFor(principal);
  const phones = customer.phones.map(({ phone, kind }) => ({ phone: show(phone), kind }));
  return { ...customer, phones };
}

export function customerRoutes(app: HttpApp, parts: CustomerRouteParts): void {
  readRoutes(app, parts);
  writeRoutes(app, parts);
}

function readRoutes(app: HttpApp, { database: { db } }: CustomerRouteParts): void {
  app.get(
    "/api/v1/customers",
    {
      config: see,
      schema: { ...tags, querystring: customerFilter, response: { 200: pageOf(customerRow) } },
    },
    async (request) => {
      const { search = "" } = request.query;
      const { defaultCountry } = await readSettings(db);
      const phone = parsePhone(search, defaultCountry)?.e164;
      const { items, total } = await listCustomers(db, { ...request.query, phone });
      return { items: items.map((item) => shownTo(principalOf(request), item)), total };
    },
  );
  app.get(
    "/api/v1/customers/by-phone",
    { config: see, schema: { ...tags, querystring: customerByPhone, response: { 200: customerDetail } } },
    async (request) => {
      const customer = await findCustomerByPhone(db, request.query.phone);
      if (!customer) throw notFound("customer", "with this number");
      return shownTo(principalOf(request), customer);
    },
  );
  app.get(
    "/api/v1/customers/:id",
    { config: see, schema: { ...tags, params: idParam, response: { 200: customerDetail } } },
    async (request) => shownTo(principalOf(request), await requireCustomer(db, request.params.id)),
  );
}

function writeRoutes(app: HttpApp, { database, clock, events }: CustomerRouteParts): void {
  app.post(
    "/api/v1/customers",
    {
      config: { ...manage, idempotent: true },
      schema: { ...tags, body: customerInput, response: { 201: customerDetail } },
    },
    async (request, reply) => {
      const { defaultCountry } = await readSettings(database.db);
      const customer = await database.transact((tx) => createCustomer(tx, request.body, defaultCountry));
      events.publish("customer.changed", { customerId: customer.id });
      return reply.code(201).send(shownTo(principalOf(request), customer));
    },
  );
  app.put(
    "/api/v1/customers/:id",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: customerInput, response: { 200: customerDetail } },
    },
    async (request) => {
      const { id } = request.params;
      const { defaultCountry } = await readSettings(database.db);
      const customer = await database.transact((tx) => changeCustomer(tx, id, request.body, defaultCountry));
      events.publish("customer.changed", { customerId: id });
      return shownTo(principalOf(request), customer);
    },
  );
  app.delete(
    "/api/v1/customers/:id",
    {
      // Forgetting a person is not an agent's to decide.
      config: { allow: "compliance.manage" },
      schema: { ...tags, params: idParam, response: { 204: z.undefined() } },
    },
    async (request, reply) => {
      const { id } = request.params;
      await database.transact(async (tx) => {
        await requireCustomer(tx, id);
        await deleteCustomer(tx, id);
        await recordAudit(tx, {
          actor: principalOf(request),
          at: new Date(clock.now()),
          action: "customer.deleted",
          noun: "customer",
          nounId: id,
        });
      });
      events.publish("customer.changed", { customerId: id });
      return reply.code(204).send(undefined);
    },
  );
}
