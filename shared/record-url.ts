/** The address of a call's record in the company's own system: a campaign's template, filled in. */
import { z } from "zod";

/** Names that stand for themselves between braces; any other is a field of the record, by its key. */
export const recordUrlNames = [
  "externalId",
  "callId",
  "leadId",
  "customerId",
  "campaignId",
  "phone",
  "name",
] as const;

/** `https://crm.example/contact/{externalId}`; the host is written out, so that no record can choose it. */
export const recordUrlTemplate = z
  .string()
  .trim()
  .max(1000)
  .regex(/^(https?:\/\/[^/\s{}?#]+([/?#][^\s]*)?)?$/i);

/** Of a record's fields, else of what a dial was given. */
export function externalIdOf(
  fields: Record<string, string>,
  data: Record<string, unknown> | null,
): string | null {
  const own = fields["external_id"] || fields["externalId"];
  const given = data?.["externalId"];
  return own || (typeof given === "string" || typeof given === "number" ? String(given) : null);
}

export interface RecordUrlValues {
  externalId: string | null;
  callId: string | null;
  leadId: number | null;
  customerId: number | null;
  campaignId: number | null;
  /** Whole; null for who may not see it. */
  phone: string | null;
  name: string;
  fields: Record<string, string>;
}

/** Each value is percent-encoded. Null when the template is empty, or names something that this record lacks. */
export function fillRecordUrl(template: string, values: RecordUrlValues): string | null {
  let lacks = template === "";
  const url = template.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const known = (recordUrlNames as readonly string[]).includes(name);
    const value = known ? values[name as (typeof recordUrlNames)[number]] : values.fields[name];
    if (value === null || value === undefined || value === "") lacks = true;
    return encodeURIComponent(String(value ?? ""));
  });
  return lacks ? null : url;
}
