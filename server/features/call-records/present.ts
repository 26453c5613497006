import type { CallRow } from "../../../shared/calls.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import type { CallRecord } from "./queries.ts";

const iso = (date: Date | null) => date?.toISOString() ?? null;
const ref = (id: number | null, name: string | null) => (id === null ? null : { id, name: name ?? "" });

/** Numbers are masked for who may not see them, wherever they stand. */
export function presentCall(row: CallRecord, seesPhones: boolean): CallRow {
  const talkMs =
    row.connected_at && row.ended_at ? row.ended_at.getTime() - row.connected_at.getTime() : null;
  return {
    id: row.id,
    direction: row.direction,
    origin: row.origin as CallRow["origin"],
    state: row.state as CallRow["state"],
    outcome: row.outcome as CallRow["outcome"],
    cause: row.cause,
    campaign: ref(row.campaign_id, row.campaign_name),
    list: ref(row.list_id, row.list_name),
    leadId: row.lead_id,
    customer: ref(row.customer_id, row.customer_name),
    name: row.customer_name || row.name,
    phone: seesPhones || row.direction === "internal" ? row.phone : maskPhone(row.phone),
    agent: ref(row.agent_user_id, row.agent_name),
    trunk: ref(row.trunk_id, row.trunk_name),
    plannedAt: row.planned_at.toISOString(),
    answeredAt: iso(row.answered_at),
    connectedAt: iso(row.connected_at),
    endedAt: iso(row.ended_at),
    talkMs,
    disposition: row.disposition,
    hasRecording: row.has_recording,
    mos: row.mos,
  };
}

/** Any text of a call with its number in it (a SIP message, a fact), the number's digits masked. */
export function maskIn(text: string, phone: string): string {
  const national = phone.replace(/^\+/, "");
  const tail = national.slice(-8);
  return text.replaceAll(national, maskPhone(national)).replaceAll(tail, `****${tail.slice(-4)}`);
}
