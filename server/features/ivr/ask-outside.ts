/** What blocks ask of somebody else: HTTP services, databases of the company, scripts. Every answer is one of the exits. */
import type { BlockOf } from "../../../shared/ivr/blocks.ts";
import type { WorkBlock } from "../../../shared/ivr/state.ts";
import { fillText } from "../../../shared/script-text.ts";
import type { Databases } from "./ask-database.ts";
import { fetchBounded, type Fetched } from "./fetch-bounded.ts";
import type { Scripts } from "./run-script.ts";

export type AskedBlock = Exclude<WorkBlock, { kind: "message" }>;
export interface Outside {
  databases: Pick<Databases, "ask">;
  scripts: Pick<Scripts, "run">;
  /** Undefined: there is none. */
  urlOf: (databaseId: number) => string | undefined;
  allowedHosts: () => readonly string[];
}
export interface Answered {
  exit: string;
  set: Record<string, string>;
  /** For the story of the call; nothing that was asked or answered. */
  why?: string;
}
type Values = Readonly<Record<string, string>>;
type Saves = BlockOf<"http">["saves"];
type HttpQuestion = Omit<BlockOf<"verify">["by"] & { kind: "http" }, "kind">;
type SqlQuestion = Omit<BlockOf<"verify">["by"] & { kind: "sql" }, "kind">;

const longestValue = 500;
const none = { set: {} };

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, longestValue);
};

const mapped = (values: Values, change: (value: string) => string): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

function fetchFor(outside: Outside, asked: HttpQuestion, values: Values): Promise<Fetched> {
  const plain = mapped(values, (value) => value.replaceAll(/[\r\n\0]/g, " "));
  const headers = asked.headers.map(({ name, value }) => [name.toLowerCase(), fillText(value, plain)]);
  return fetchBounded({
    method: asked.method,
    url: fillText(asked.url, mapped(values, encodeURIComponent)),
    headers: {
      ...(asked.body !== "" && { "content-type": "application/json" }),
      ...(Object.fromEntries(headers) as Record<string, string>),
    },
    body: fillText(
      asked.body,
      mapped(values, (value) => JSON.stringify(value).slice(1, -1)),
    ),
    timeoutMs: asked.timeoutMs,
    allowed: outside.allowedHosts(),
  });
}

/** `data.items.0.name` of an answer. Errors: it is no JSON. */
function savedFrom(body: string, saves: Saves): Record<string, string> {
  if (saves.length === 0) return {};
  const answer: unknown = JSON.parse(body);
  const at = (path: string) =>
    path
      .split(".")
      .reduce<unknown>(
        (value, key) =>
          typeof value === "object" && value !== null && Object.hasOwn(value, key)
            ? (value as Record<string, unknown>)[key]
            : undefined,
        answer,
      );
  return Object.fromEntries(saves.map(({ variable, from }) => [variable, textOf(at(from))]));
}

async function askHttp(
  outside: Outside,
  asked: HttpQuestion,
  saves: Saves,
  values: Values,
): Promise<Answered> {
  const fetched = await fetchFor(outside, asked, values);
  if ("failed" in fetched)
    return { ...none, exit: fetched.failed === "timeout" ? "timeout" : "failed", why: fetched.failed };
  const { status, body } = fetched;
  if (status < 200 || status > 299) return { ...none, exit: "failed", why: `status ${status}` };
  try {
    return { exit: "ok", set: savedFrom(body, saves) };
  } catch {
    return { ...none, exit: "failed", why: "no JSON" };
  }
}

async function askSql(outside: Outside, asked: SqlQuestion, saves: Saves, values: Values): Promise<Answered> {
  const { databaseId: id } = asked;
  const url = id === null ? undefined : outside.urlOf(id);
  if (id === null || url === undefined) return { ...none, exit: "failed", why: "no database" };
  const answer = await outside.databases.ask({ id, url }, asked.query, values, asked.timeoutMs);
  if ("failed" in answer) return { ...none, exit: "failed", why: answer.failed };
  const [row] = answer.rows;
  if (!row) return { ...none, exit: "none" };
  return {
    exit: "found",
    set: Object.fromEntries(saves.map(({ variable, from }) => [variable, textOf(row[from])])),
  };
}

/** No match is `failed`; a service that cannot tell is `unavailable`, and the caller's tries do not count. */
async function verify(outside: Outside, { by, saves }: BlockOf<"verify">, values: Values): Promise<Answered> {
  if (by.kind === "sql") {
    const { exit, ...answer } = await askSql(outside, by, saves, values);
    return { ...answer, exit: exit === "found" ? "verified" : exit === "none" ? "failed" : "unavailable" };
  }
  const { exit, ...answer } = await askHttp(outside, by, saves, values);
  const isNone = answer.why === "status 404" || answer.why === "status 422";
  return { ...answer, exit: exit === "ok" ? "verified" : isNone ? "failed" : "unavailable" };
}

/** Never rejects. */
export async function askOutside(outside: Outside, block: AskedBlock, values: Values): Promise<Answered> {
  try {
    switch (block.kind) {
      case "http":
        return await askHttp(outside, block, block.saves, values);
      case "sql":
        return await askSql(outside, block, block.saves, values);
      case "verify":
        return await verify(outside, block, values);
      case "script": {
        const ran = await outside.scripts.run(block.code, values);
        if ("error" in ran) return { ...none, exit: "failed", why: ran.error };
        const own = Object.entries(ran.variables).filter(([name]) => /^[a-z][a-z0-9_]{0,39}$/.test(name));
        const exit = ran.exit ?? block.outcomes[0]!;
        const why = block.outcomes.includes(exit) ? {} : { why: `returned ${exit.slice(0, 40)}` };
        return { exit, set: Object.fromEntries(own), ...why };
      }
    }
  } catch (error) {
    const exit = block.kind === "verify" ? "unavailable" : "failed";
    return { ...none, exit, why: error instanceof Error ? error.name : "error" };
  }
}
