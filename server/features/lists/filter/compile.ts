/** Lead conditions as parameterised SQL. Pure. */
import { type RawBuilder, sql } from "kysely";
import {
  isGroup,
  type LeadCondition,
  type LeadConditions,
  type LeadField,
  ownPrefix,
} from "../../../../shared/lead-conditions.ts";
import { escapeLike } from "../../../kernel/like.ts";

type Sql = RawBuilder<unknown>;

const columns: Record<LeadField, string> = {
  name: "name",
  phone: "phone",
  numberKind: "number_kind",
  status: "status",
  lastOutcome: "last_outcome",
  timeZone: "time_zone",
  attempts: "attempts",
  priority: "priority",
  createdAt: "created_at",
  lastAttemptAt: "last_attempt_at",
};
const numbers = new Set(["attempts", "priority"]);
const instants = new Set(["createdAt", "lastAttemptAt"]);

/** The text as a number; null when it is none. */
const numberOf = (text: Sql) =>
  sql`(case when ${text} ~ '^\\s*[-+]?[0-9]+([.][0-9]+)?\\s*$' then (${text})::numeric end)`;
/** The text as a day, from `2026-01-31…`; null when it is none. */
const dayOf = (text: Sql) =>
  sql`(case when ${text} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}' then left(${text}, 10) end)`;

function compare(condition: LeadCondition, alias: string, now: Date): Sql {
  const { field, op, values } = condition;
  const isOwn = field.startsWith(ownPrefix);
  const column = isOwn
    ? sql`(${sql.ref(`${alias}.fields`)} ->> ${field.slice(ownPrefix.length)}::text)`
    : sql`${sql.ref(`${alias}.${columns[field as LeadField]}`)}`;
  const [value = ""] = values;
  const agoMs = (days: string) => new Date(now.getTime() - Number(days) * 86_400_000);
  if (instants.has(field))
    switch (op) {
      case "before":
        return sql`${column} < ${new Date(value)}::timestamptz`;
      case "after":
        return sql`${column} >= ${new Date(value)}::timestamptz`;
      case "in-last-days":
        return sql`${column} >= ${agoMs(value)}::timestamptz`;
      case "not-in-last-days":
        return sql`(${column} is null or ${column} < ${agoMs(value)}::timestamptz)`;
      default:
        return op === "is-empty" ? sql`${column} is null` : sql`${column} is not null`;
    }
  if (numbers.has(field)) {
    if (op === "is") return sql`${column} = any(${values}::numeric[])`;
    if (op === "is-not") return sql`${column} <> all(${values}::numeric[])`;
    return op === "at-least" ? sql`${column} >= ${value}::numeric` : sql`${column} <= ${value}::numeric`;
  }
  switch (op) {
    case "is":
      return sql`${column} = any(${values}::text[])`;
    case "is-not":
      return sql`(${column} is null or ${column} <> all(${values}::text[]))`;
    case "contains":
      return sql`${column} ilike ${`%${escapeLike(value)}%`}::text`;
    case "starts-with":
      return sql`${column} ilike ${`${escapeLike(value)}%`}::text`;
    case "at-least":
      return sql`${numberOf(column)} >= ${value}::numeric`;
    case "at-most":
      return sql`${numberOf(column)} <= ${value}::numeric`;
    case "before":
      return sql`${dayOf(column)} < ${value.slice(0, 10)}::text`;
    case "after":
      return sql`${dayOf(column)} >= ${value.slice(0, 10)}::text`;
    case "in-last-days":
      return sql`${dayOf(column)} >= ${agoMs(value).toISOString().slice(0, 10)}::text`;
    case "not-in-last-days":
      return sql`coalesce(${dayOf(column)} < ${agoMs(value).toISOString().slice(0, 10)}::text, true)`;
    case "is-empty":
      return sql`coalesce(${column}, '') = ''`;
    case "is-filled":
      return sql`coalesce(${column}, '') <> ''`;
  }
}

function compiled(group: LeadConditions, alias: string, now: Date): Sql {
  const parts = group.of.map((node) =>
    isGroup(node) ? compiled(node, alias, now) : sql`coalesce(${compare(node, alias, now)}, false)`,
  );
  if (parts.length === 0) return sql`true`;
  return sql`(${sql.join(parts, group.match === "all" ? sql` and ` : sql` or `)})`;
}

/** True or false for each row of `leads` under this alias; values are parameters, days are counted back from `now`. */
export function compileConditions(
  conditions: LeadConditions,
  alias: string,
  now: number,
): RawBuilder<boolean> {
  return sql<boolean>`${compiled(conditions, alias, new Date(now))}`;
}

/** Does it keep leads later that it does not keep now, by the mere passing of time? */
export function growsWithTime(conditions: LeadConditions): boolean {
  return conditions.of.some((node) => (isGroup(node) ? growsWithTime(node) : node.op === "not-in-last-days"));
}
