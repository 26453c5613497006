import { idParam, pageOf } from "../../../shared/common.ts";
import {
  leadChange,
  type LeadDetail,
  leadDetail,
  leadExclusion,
  leadFilter,
  leadInput,
  leadRow,
  numberParams,
  type LeadRow,
} from "../../../shared/lists.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { phoneFor, type Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import { readSettings } from "../settings/index.ts";
import {
  activateLead,
  addLead,
  changeLead,
  excludeLead,
  requireLead,
  reviveLeadNumber,
} from "./change-lead.ts";
import { findImport } from "./import/queries.ts";
import { findLeads } from "./queries-search.ts";
import { findList } from "./queries-lists.ts";

export interface LeadRouteParts {
  database: Database;
  clock: Clock;
}

const see = { allow: "leads.see" } as const;
const manage = { allow: "leads.import" } as const;
const tags = { tags: ["leads"] };

function shownTo<L extends LeadRow>(principal: Principal, lead: L): L {
  const show = phoneFor(principal);
  return { ...lead, phone: show(lead.phone), morePhones: lead.morePhones.map(show) };
}

function detailFor(principal: Principal, lead: LeadDetail): LeadDetail {
  const show = phoneFor(principal);
  const numbers = lead.numbers.map((number) => ({ ...number, phone: show(number.phone) }));
  return { ...shownTo(principal, lead), numbers };
}

export function leadRoutes(app: HttpApp, parts: LeadRouteParts): void {
  readRoutes(app, parts);
  writeRoutes(app, parts);
}

function readRoutes(app: HttpApp, { database: { db } }: LeadRouteParts): void {
  app.get(
    "/api/v1/leads",
    { config: see, schema: { ...tags, querystring: leadFilter, response: { 200: pageOf(leadRow) } } },
    async (request) => {
      const { listId, importId, search } = request.query;
      const list = listId === undefined ? undefined : await findList(db, listId);
      const country = list?.country ?? (await readSettings(db)).defaultCountry;
      const phone = search === undefined ? undefined : parsePhone(search, country)?.e164;
      const imported = importId === undefined ? undefined : await findImport(db, importId);
      const idRange = [imported?.first_lead_id ?? 0, imported?.last_lead_id ?? 0] as const;
      const { items, total } = await findLeads(db, { ...request.query, phone, idRange });
      return { items: items.map((lead) => shownTo(principalOf(request), lead)), total };
    },
  );
  app.get(
    "/api/v1/leads/:id",
    { config: see, schema: { ...tags, params: idParam, response: { 200: leadDetail } } },
    async (request) => detailFor(principalOf(request), await requireLead(db, request.params.id)),
  );
}

function writeRoutes(app: HttpApp, { database, clock }: LeadRouteParts): void {
  const by = (principal: Principal) => ({ userId: principal.userId, at: new Date(clock.now()) });
  app.post(
    "/api/v1/leads",
    {
      config: { ...manage, idempotent: true },
      schema: { ...tags, body: leadInput, response: { 201: leadDetail } },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const lead = await database.transact((tx) => addLead(tx, request.body, by(principal)));
      return reply.code(201).send(detailFor(principal, lead));
    },
  );
  app.patch(
    "/api/v1/leads/:id",
    { config: manage, schema: { ...tags, params: idParam, body: leadChange, response: { 200: leadDetail } } },
    async (request) => {
      const principal = principalOf(request);
      const { id } = request.params;
      const lead = await database.transact((tx) => changeLead(tx, id, request.body, by(principal)));
      return detailFor(principal, lead);
    },
  );
  app.post(
    "/api/v1/leads/:id/numbers/:position/revive",
    { config: manage, schema: { ...tags, params: numberParams, response: { 200: leadDetail } } },
    async (request) => {
      const principal = principalOf(request);
      const { id, position } = request.params;
      const lead = await database.transact((tx) => reviveLeadNumber(tx, id, position, by(principal)));
      return detailFor(principal, lead);
    },
  );
  app.post(
    "/api/v1/leads/:id/exclude",
    {
      config: manage,
      schema: { ...tags, params: idParam, body: leadExclusion, response: { 200: leadDetail } },
    },
    async (request) => {
      const principal = principalOf(request);
      const { params, body } = request;
      const lead = await database.transact((tx) => excludeLead(tx, params.id, body.reason, by(principal)));
      return detailFor(principal, lead);
    },
  );
  app.post(
    "/api/v1/leads/:id/activate",
    { config: manage, schema: { ...tags, params: idParam, response: { 200: leadDetail } } },
    async (request) => {
      const principal = principalOf(request);
      const lead = await database.transact((tx) => activateLead(tx, request.params.id, by(principal)));
      return detailFor(principal, lead);
    },
  );
}
