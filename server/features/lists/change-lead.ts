import type { z } from "zod";
import type { Db, Tx } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import { isTimeZone } from "../../../shared/hours.ts";
import type { LeadChange, LeadDetail, leadInput } from "../../../shared/lists.ts";
import { lockList } from "./queries-lists.ts";
import {
  findLead,
  insertLead,
  insertLeadEvent,
  reviveNumber,
  setLeadStatus,
  updateLead,
} from "./queries-leads.ts";
import { requireList } from "./save-list.ts";

export interface By {
  userId: number | null;
  at: Date;
}

export async function requireLead(db: Db, id: number): Promise<LeadDetail> {
  const lead = await findLead(db, id);
  if (!lead) throw notFound("lead", id);
  return lead;
}

function numberOf(text: string, country: string) {
  const number = parsePhone(text, country);
  if (!number) throw invalid("phone-invalid", `${text} is not a telephone number.`, { phone: text });
  return number;
}

function zoneOrThrow(timeZone: string): string {
  if (!isTimeZone(timeZone))
    throw invalid("time-zone-unknown", `There is no time zone ${timeZone}.`, { timeZone });
  return timeZone;
}

/** Each number once, with its kind; "" where the number itself is to tell. */
function typedNumbers(phones: readonly string[], kinds: readonly string[]) {
  const unique = [...new Set(phones)];
  return {
    phone: unique[0]!,
    morePhones: unique.slice(1),
    phoneKinds: unique.map((phone) => kinds[phones.indexOf(phone)] ?? ""),
  };
}

/** The numbers after the change: those that stay keep their kinds. undefined: none of it is changed. */
function changedNumbers(before: LeadDetail, change: LeadChange, country: string, phone: string | undefined) {
  if (change.phone === undefined && change.morePhones === undefined && change.phoneKinds === undefined)
    return undefined;
  const others = change.morePhones?.map((text) => numberOf(text, country).e164) ?? before.morePhones;
  const phones = [phone ?? before.phone, ...others];
  const kindBefore = (of: string) => before.numbers.find((number) => number.phone === of)?.kind ?? "";
  const { phone: first, ...rest } = typedNumbers(phones, change.phoneKinds ?? phones.map(kindBefore));
  return first === before.phone ? rest : { phone: first, ...rest };
}

/** Errors: `phone-invalid`, `time-zone-unknown` 422; `lead-exists` 409. */
export async function addLead(tx: Tx, input: z.output<typeof leadInput>, by: By): Promise<LeadDetail> {
  // So that the list is not deleted meanwhile.
  await lockList(tx, input.listId);
  const list = await requireList(tx, input.listId);
  const number = numberOf(input.phone, list.country);
  const others = input.morePhones.map((phone) => numberOf(phone, list.country).e164);
  const id = await insertLead(tx, {
    ...input,
    ...typedNumbers([number.e164, ...others], input.phoneKinds),
    timeZone: input.timeZone === null ? number.timeZone : zoneOrThrow(input.timeZone),
  });
  if (id === undefined) throw conflict("lead-exists", "This number is on the list already.");
  await insertLeadEvent(tx, { leadId: id, at: by.at, type: "added", byUserId: by.userId, data: {} });
  return requireLead(tx, id);
}

/**
 * Changes what a person may change. A lead in a call keeps its number until the call is over. Errors: `phone-invalid`,
 * `time-zone-unknown` 422; `lead-in-call` 409.
 */
export async function changeLead(tx: Tx, id: number, change: LeadChange, by: By): Promise<LeadDetail> {
  const before = await requireLead(tx, id);
  const { country } = await requireList(tx, before.listId);
  const number = change.phone === undefined ? undefined : numberOf(change.phone, country);
  if (number && number.e164 !== before.phone && before.status === "claimed")
    throw conflict("lead-in-call", "The lead is in a call; change its number afterwards.");
  const timeZone =
    change.timeZone === undefined
      ? number && number.e164 !== before.phone
        ? number.timeZone
        : undefined
      : ((change.timeZone === null ? undefined : zoneOrThrow(change.timeZone)) ?? number?.timeZone);
  await updateLead(tx, id, {
    name: change.name,
    ...changedNumbers(before, change, country, number?.e164),
    timeZone,
    priority: change.priority,
    fields: change.fields,
    ownerUserId: change.ownerUserId,
    dueAt: change.dueAt === undefined || change.dueAt === null ? change.dueAt : new Date(change.dueAt),
  });
  const type = change.ownerUserId === undefined ? "edited" : "assigned";
  // Which fields, not their content: the history outlives an erasure.
  await insertLeadEvent(tx, {
    leadId: id,
    at: by.at,
    type,
    byUserId: by.userId,
    data: { fields: Object.keys(change) },
  });
  return requireLead(tx, id);
}

/** Dials a number again that was given up. Errors: `number-not-given-up` 409. */
export async function reviveLeadNumber(tx: Tx, id: number, position: number, by: By): Promise<LeadDetail> {
  const { numbers } = await requireLead(tx, id);
  const phone = numbers[position]?.phone;
  if (phone === undefined || !(await reviveNumber(tx, id, phone)))
    throw conflict("number-not-given-up", "This number is dialled already.");
  const data = { position };
  await insertLeadEvent(tx, { leadId: id, at: by.at, type: "number-revived", byUserId: by.userId, data });
  return requireLead(tx, id);
}

/** Takes a lead out of dialling. Errors: `lead-in-call` 409. */
export async function excludeLead(tx: Tx, id: number, reason: string, by: By): Promise<LeadDetail> {
  await requireLead(tx, id);
  if (!(await setLeadStatus(tx, id, { to: "excluded", reason })))
    throw conflict("lead-in-call", "The lead is in a call; exclude it afterwards.");
  await insertLeadEvent(tx, {
    leadId: id,
    at: by.at,
    type: "excluded",
    byUserId: by.userId,
    data: { reason },
  });
  return requireLead(tx, id);
}

/** Makes a lead ready again, with its attempts counted from nought. Errors: `lead-in-call` 409. */
export async function activateLead(tx: Tx, id: number, by: By): Promise<LeadDetail> {
  await requireLead(tx, id);
  if (!(await setLeadStatus(tx, id, { to: "ready", reason: null })))
    throw conflict("lead-in-call", "The lead is in a call.");
  await insertLeadEvent(tx, { leadId: id, at: by.at, type: "activated", byUserId: by.userId, data: {} });
  return requireLead(tx, id);
}
