/**
 * Keys become a code, pure and total: `(keys so far, key) -> { keys, result }`.
 *
 *   nothing ── "*" ──▶ collecting ── complete ──▶ a code
 *      ▲  other key      │  ▲  │ the beginning of a code: more
 *      └──── passed ◀────┘  └──┘
 *            on: no code begins so, or nothing more was keyed in time
 */
import { type CodeEntry, type CodeName, holdsIn } from "./feature-codes.ts";

export type KeyResult =
  | { type: "more" }
  | { type: "code"; name: CodeName; argument: string }
  /** No code: the keys were meant for the other side. */
  | { type: "pass"; keys: string };

export interface KeyStep {
  /** Empty: nothing is being collected. */
  keys: string;
  result: KeyResult;
}

/** A code and a number of E.164 with its access digits. */
const mostKeys = 26;

const over = (result: KeyResult): KeyStep => ({ keys: "", result });

/** What is keyed in whole. */
function complete(entry: CodeEntry, argument: string): KeyResult | undefined {
  switch (entry.argument) {
    case "none":
      return argument === "" ? { type: "code", name: entry.name, argument } : undefined;
    case "two":
      return argument.length === 2 ? { type: "code", name: entry.name, argument } : undefined;
    default:
      return argument.endsWith("#")
        ? { type: "code", name: entry.name, argument: argument.slice(0, -1) }
        : undefined;
  }
}

const entryOf = (table: readonly CodeEntry[], where: "talk" | "idle", keys: string) =>
  table.find((entry) => holdsIn(entry, where) && keys.startsWith(entry.code));

/** One key. */
export function keyStep(
  table: readonly CodeEntry[],
  where: "talk" | "idle",
  before: string,
  key: string,
): KeyStep {
  const keys = before + key;
  if (before === "" && key !== "*") return over({ type: "pass", keys });
  const entry = entryOf(table, where, keys);
  if (entry) {
    const result = complete(entry, keys.slice(entry.code.length));
    if (result) return over(result);
    return keys.length < mostKeys ? { keys, result: { type: "more" } } : over({ type: "pass", keys });
  }
  const begins = table.some((other) => holdsIn(other, where) && other.code.startsWith(keys));
  return begins ? { keys, result: { type: "more" } } : over({ type: "pass", keys });
}

/** Nothing more is keyed: what needs no `#` to be whole is meant. */
export function keysOver(table: readonly CodeEntry[], where: "talk" | "idle", keys: string): KeyResult {
  const entry = entryOf(table, where, keys);
  const argument = entry ? keys.slice(entry.code.length) : "";
  const isWhole = entry?.argument === "lot" || (entry?.argument === "target" && argument !== "");
  return entry && isWhole ? { type: "code", name: entry.name, argument } : { type: "pass", keys };
}

/** A number as a phone dialled it, `*72102` or `*72102#`; undefined: it is no code. */
export function dialledCode(table: readonly CodeEntry[], dialled: string): KeyResult | undefined {
  if (!dialled.startsWith("*")) return undefined;
  let keys = "";
  for (const [at, key] of Array.from(dialled).entries()) {
    const step = keyStep(table, "idle", keys, key);
    keys = step.keys;
    if (step.result.type === "more") continue;
    return step.result.type === "code" && at === dialled.length - 1 ? step.result : undefined;
  }
  const result = keysOver(table, "idle", keys);
  return result.type === "code" ? result : undefined;
}
