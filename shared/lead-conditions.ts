import { z } from "zod";

/**
 * Which leads: conditions on a lead's columns, joined by all or any, in groups. `field:KEY` is a column of the list's
 * own; its text is compared as a number or a day where the operator asks for one, and a text that is none fails.
 */
export const conditionOperators = [
  "is",
  "is-not",
  "contains",
  "starts-with",
  "at-least",
  "at-most",
  "before",
  "after",
  "in-last-days",
  "not-in-last-days",
  "is-empty",
  "is-filled",
] as const;
export type ConditionOperator = (typeof conditionOperators)[number];

export type FieldKind = "text" | "choice" | "number" | "instant" | "own";
export const leadFields = {
  name: "text",
  phone: "text",
  /** Of the first number: `phoneKinds`. */
  numberKind: "choice",
  status: "choice",
  lastOutcome: "choice",
  timeZone: "choice",
  attempts: "number",
  priority: "number",
  createdAt: "instant",
  lastAttemptAt: "instant",
} as const satisfies Record<string, FieldKind>;
export type LeadField = keyof typeof leadFields;

export const operatorsOf: Record<FieldKind, readonly ConditionOperator[]> = {
  text: ["is", "is-not", "contains", "starts-with", "is-empty", "is-filled"],
  choice: ["is", "is-not", "is-empty", "is-filled"],
  number: ["is", "is-not", "at-least", "at-most"],
  instant: ["before", "after", "in-last-days", "not-in-last-days", "is-empty", "is-filled"],
  own: conditionOperators,
};
/** These take no value; the others one, `is` and `is-not` one or more. */
export const withoutValue: ReadonlySet<ConditionOperator> = new Set(["is-empty", "is-filled"]);
export const withSeveral: ReadonlySet<ConditionOperator> = new Set(["is", "is-not"]);

export const ownPrefix = "field:";
/** undefined: there is no such column. */
export function kindOf(field: string): FieldKind | undefined {
  if (field.startsWith(ownPrefix) && field.length > ownPrefix.length) return "own";
  return Object.hasOwn(leadFields, field) ? leadFields[field as LeadField] : undefined;
}

const isNumber = (text: string) => text.trim() !== "" && Number.isFinite(Number(text));
const isDay = (text: string) => !Number.isNaN(Date.parse(text));

function valuesFit({
  field,
  op,
  values,
}: {
  field: string;
  op: ConditionOperator;
  values: string[];
}): boolean {
  if (withoutValue.has(op)) return values.length === 0;
  if (values.length === 0 || (!withSeveral.has(op) && values.length > 1)) return false;
  const kind = kindOf(field);
  if (op.endsWith("days")) return values.every((value) => isNumber(value) && Number(value) >= 0);
  if (op === "before" || op === "after") return values.every(isDay);
  if (kind === "number" || op.startsWith("at-")) return values.every(isNumber);
  return true;
}

export const leadCondition = z
  .object({
    field: z.string().min(1).max(80),
    op: z.enum(conditionOperators),
    values: z.array(z.string().max(200)).max(500),
  })
  .refine(
    ({ field, op }) => operatorsOf[kindOf(field) ?? "text"].includes(op) && kindOf(field) !== undefined,
    {
      message: "This column has no such comparison.",
    },
  )
  .refine(valuesFit, { message: "The value does not fit the comparison." });
export type LeadCondition = z.infer<typeof leadCondition>;

export interface LeadConditions {
  match: "all" | "any";
  of: (LeadCondition | LeadConditions)[];
}
export const isGroup = (node: LeadCondition | LeadConditions): node is LeadConditions => "of" in node;

const depthOf = (group: LeadConditions): number =>
  1 + Math.max(0, ...group.of.map((node) => (isGroup(node) ? depthOf(node) : 0)));
const sizeOf = (group: LeadConditions): number =>
  group.of.reduce((sum, node) => sum + (isGroup(node) ? sizeOf(node) : 1), 0);

const group: z.ZodType<LeadConditions, LeadConditions> = z.lazy(() =>
  z.object({ match: z.enum(["all", "any"]), of: z.array(z.union([leadCondition, group])).max(50) }),
);
/** No group is empty but the outermost, which then keeps every lead. */
export const leadConditions = group
  .refine((root) => depthOf(root) <= 4, { message: "Groups go four levels deep at most." })
  .refine((root) => sizeOf(root) <= 100, { message: "A filter has 100 conditions at most." });

/** `POST /api/v1/leads/count`: how many ready leads of these lists the conditions keep, while they are being made. */
export const leadCountQuery = z.object({
  listIds: z.array(z.number().int()).max(500),
  conditions: leadConditions,
});
/** `low` and `high` are the 95 % interval of a sample; equal to `leads` where the count is exact. */
export const estimate = z.object({
  leads: z.number(),
  low: z.number(),
  high: z.number(),
  exact: z.boolean(),
});
export type Estimate = z.infer<typeof estimate>;
export const leadCount = estimate.extend({ ready: z.number() });

/** Filters under a name: `GET`, `POST /api/v1/lead-filters`, `DELETE /api/v1/lead-filters/:id`. */
export const namedFilterInput = z.object({
  name: z.string().trim().min(1).max(100),
  conditions: leadConditions,
});
export const namedFilter = namedFilterInput.extend({ id: z.number() });
export type NamedFilter = z.infer<typeof namedFilter>;
