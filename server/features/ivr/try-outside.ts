/** Connections tried before or after they are bound, with an answer that says what to mend. */
import pg from "pg";
import type { IvrTried, triedWhys } from "../../../shared/ivr/outside.ts";
import { fetchBounded } from "./fetch-bounded.ts";

const patienceMs = 4000;
type Why = (typeof triedWhys)[number];

/** By error codes of the system and of PostgreSQL (Appendix A of its manual). */
const whys: Readonly<Record<string, Why>> = {
  ENOTFOUND: "not-found",
  EAI_AGAIN: "not-found",
  ECONNREFUSED: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  ETIMEDOUT: "timeout",
  "28P01": "password",
  "28000": "password",
  "3D000": "no-database",
};

function whyOf(error: unknown): Why {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (whys[code]) return whys[code];
  if (error instanceof AggregateError) return whyOf(error.errors[0]);
  return error instanceof Error && /timeout/i.test(error.message) ? "timeout" : "protocol";
}

/** Tables that are no part of PostgreSQL itself. */
const mayWrite = `select rolsuper or exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname not like 'pg_toast%'
      and (has_table_privilege(c.oid, 'insert') or has_table_privilege(c.oid, 'update') or has_table_privilege(c.oid, 'delete'))
  ) as "mayWrite" from pg_roles where rolname = current_user`;

/** Never rejects. The address stands in no answer. */
export async function tryDatabase(url: string): Promise<IvrTried> {
  const begun = performance.now();
  const tried = (rest: Partial<IvrTried>): IvrTried => ({
    ok: false,
    ms: Math.round(performance.now() - begun),
    why: null,
    detail: "",
    mayWrite: false,
    ...rest,
  });
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    application_name: "waihu ivr test",
    options: "-c default_transaction_read_only=on",
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ mayWrite: boolean }>(mayWrite);
    return tried({ ok: true, mayWrite: rows[0]?.mayWrite ?? false });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return tried({ why: whyOf(error), detail: code });
  } finally {
    client.end().catch(() => undefined);
  }
}

/** Any answer is one: the host speaks HTTP. */
export async function tryHost(host: string): Promise<IvrTried> {
  const begun = performance.now();
  const ask = (scheme: string) =>
    fetchBounded({
      method: "GET",
      url: `${scheme}://${host}/`,
      headers: {},
      body: "",
      timeoutMs: patienceMs,
      allowed: [host, host.replace(/:\d+$/, "")],
    });
  let fetched = await ask(host.endsWith(":443") ? "https" : "http");
  if ("failed" in fetched && fetched.failed === "network") fetched = await ask("https");
  const ok = "status" in fetched || fetched.failed === "big";
  const why: Why = "failed" in fetched && fetched.failed === "timeout" ? "timeout" : "unreachable";
  return {
    ok,
    ms: Math.round(performance.now() - begun),
    why: ok ? null : why,
    detail: "status" in fetched ? `HTTP ${fetched.status}` : "",
    mayWrite: false,
  };
}
