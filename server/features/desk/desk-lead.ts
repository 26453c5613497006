import type { DeskLead } from "../../../shared/desk.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import type { Db } from "../../kernel/db.ts";
import { callHistory, customerCard, leadCard, openCallbacks, peopleWithNumber } from "./queries.ts";

export interface WhoIsIt {
  callId: string;
  leadId: number | null;
  customerId: number | null;
  name: string;
  phone: string;
  timeZone: string;
}

/** The record on the agent's screen: the lead, else the customer, else what the call knows. */
export async function deskLeadOf(db: Db, who: WhoIsIt): Promise<DeskLead> {
  const lead = who.leadId === null ? undefined : await leadCard(db, who.leadId);
  const card = lead ?? (who.customerId === null ? undefined : await customerCard(db, who.customerId));
  const phones = [...new Set([who.phone, ...(card?.phones ?? [])])];
  const [history, callbacks, people] = await Promise.all([
    callHistory(db, phones, who.callId),
    openCallbacks(db, phones),
    peopleWithNumber(db, who.phone),
  ]);
  const fields = card?.fields ?? {};
  const columns = card?.columns ?? Object.keys(fields).map((key) => ({ key, label: key }));
  return {
    leadId: who.leadId,
    listName: card?.listName ?? null,
    customerId: who.customerId,
    name: card?.name || who.name,
    phone: who.phone,
    morePhones: phones.slice(1),
    timeZone: card?.timeZone ?? who.timeZone,
    vip: card?.vip ?? 0,
    candidates: people.length > 1 ? people : [],
    fields: columns.map(({ key, label }) => ({ key, label, value: fields[key] ?? "" })),
    callbacks: callbacks.map((callback) => ({ ...callback, dueAt: callback.dueAt.toISOString() })),
    history: history.map((call) => ({ ...call, at: call.at.toISOString() })),
  };
}

/** The other of an internal call: nothing is kept of colleagues. */
export const colleagueCard = (name: string, extension: string): DeskLead => ({
  leadId: null,
  listName: null,
  customerId: null,
  name,
  phone: extension,
  morePhones: [],
  timeZone: "UTC",
  vip: 0,
  candidates: [],
  fields: [],
  callbacks: [],
  history: [],
});

/** For an agent who may not see numbers. */
export const maskLead = (lead: DeskLead): DeskLead => ({
  ...lead,
  phone: maskPhone(lead.phone),
  morePhones: lead.morePhones.map(maskPhone),
});
