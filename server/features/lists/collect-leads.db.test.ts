import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { type TestClient, type TestHttp, testHttp } from "../../../test/kit/http.ts";
import { silentLog } from "../../kernel/log.ts";
import { createImports, type Imports } from "./import/imports.ts";
import { importRoutes } from "./import/routes.ts";
import { listRoutes } from "./routes.ts";
import { collectRoutes } from "./routes-collect.ts";
import { leadRoutes } from "./routes-leads.ts";

let dataDir: string;
let http: TestHttp;
let imports: Imports;
let manager: TestClient;
before(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "waihu-collect-"));
  http = await testHttp(async (app, parts) => {
    imports = await createImports({ ...parts, dataDir, log: silentLog });
    await importRoutes(app, { ...parts, imports, maxUploadBytes: 2 ** 20 });
    listRoutes(app, parts);
    leadRoutes(app, parts);
    collectRoutes(app, { ...parts, imports });
  });
  manager = await http.as("manager");
});
after(async () => {
  await imports[Symbol.asyncDispose]();
  await http[Symbol.asyncDispose]();
  rmSync(dataDir, { recursive: true });
});

async function makeList(name: string, columns: string[]): Promise<number> {
  const body = { name, country: "CN", columns: columns.map((key) => ({ key, label: key })) };
  return (await manager.post("/api/v1/lists", body)).body.id;
}
/** A lead whose last attempt ended so; where it stands, by hand: what leads there is not the matter here. */
async function makeLead(listId: number, phone: string, outcome: string | null, status = "done") {
  const made = await manager.post("/api/v1/leads", { listId, phone, name: phone, fields: { city: "北京" } });
  await sql`update leads set status = ${status}, last_outcome = ${outcome}, attempts = 3,
    invalid_phones = ${outcome === "suspended" ? [made.body.phone] : []}::text[]
    where id = ${made.body.id}`.execute(http.database.db);
  return made.body;
}
const leadsOf = async (listId: number) =>
  (await manager.get(`/api/v1/leads?listId=${listId}`)).body.items as { id: number; phone: string }[];

test("leads that were not reached become a list, a number once, with a way back to what they were", async () => {
  const [first, second] = [await makeList("first", ["city"]), await makeList("second", ["city", "plan"])];
  const old = await makeLead(first, "13800138001", "no-answer");
  await makeLead(first, "13800138002", "connected");
  await makeLead(first, "13800138003", "busy", "ready");
  await makeLead(first, "13800138004", "busy", "excluded");
  await makeLead(first, "13800138005", "no-answer", "callback");
  await makeLead(second, "13800138001", "busy");
  await makeLead(second, "13800138006", "suspended");
  const wanted = { listIds: [first, second], outcomes: ["no-answer", "busy", "suspended"] };

  const counted = await manager.post("/api/v1/leads/collect/count", wanted);
  assert.deepEqual(counted.body, { leads: 3, numbers: 2 });
  const withReady = await manager.post("/api/v1/leads/collect/count", { ...wanted, stillReady: true });
  assert.deepEqual(withReady.body, { leads: 4, numbers: 3 });
  const conditions = { match: "all", of: [{ field: "phone", op: "contains", values: ["00138001"] }] };
  const narrowed = await manager.post("/api/v1/leads/collect/count", { ...wanted, conditions });
  assert.deepEqual(narrowed.body, { leads: 2, numbers: 1 });

  const begun = await manager.post("/api/v1/leads/collect", { ...wanted, name: "again" });
  assert.equal(begun.status, 202, JSON.stringify(begun.body));
  assert.deepEqual(
    [begun.body.format, begun.body.state, begun.body.fileName, begun.body.bytesTotal],
    ["leads", "running", "first, second", 3],
  );
  await imports.idle();
  const { body: done } = await manager.get(`/api/v1/imports/${begun.body.id}`);
  assert.deepEqual(
    [done.state, done.rowsRead, done.rowsAdded, done.rowsDuplicate, done.bytesDone],
    ["done", 3, 2, 1, 3],
  );
  const { body: list } = await manager.get(`/api/v1/lists/${done.listId}`);
  assert.deepEqual(
    [list.columns.map(({ key }: { key: string }) => key), list.leads.ready],
    [["city", "plan"], 2],
  );

  const [copy] = await leadsOf(done.listId);
  const { body: lead } = await manager.get(`/api/v1/leads/${copy!.id}`);
  assert.deepEqual(
    [lead.phone, lead.status, lead.attempts, lead.lastOutcome, lead.fields[0].value, lead.importId],
    ["+8613800138001", "ready", 0, null, "北京", done.id],
  );
  assert.deepEqual(lead.origin, { id: old.id, listId: first, listName: "first" });

  const undone = await manager.post(`/api/v1/imports/${done.id}/undo`);
  assert.deepEqual([undone.body, await leadsOf(done.listId)], [{ removed: 2, kept: [] }, []]);
  assert.equal((await leadsOf(first)).length, 5);
});

test("only leads that the campaign dialled; nothing to copy, or a name that is taken, makes no list", async () => {
  const listId = await makeList("shared", []);
  const mine = await makeLead(listId, "13800138011", "no-answer");
  await makeLead(listId, "13800138012", "no-answer");
  const campaignId = 77;
  await sql`insert into campaigns (id, name, mode, hours, attempts, retries) overriding system value
    values (${campaignId}, 'mine', 'ratio', '{}', '{}', '{}')`.execute(http.database.db);
  await sql`insert into calls (id, direction, origin, state, phone, lead_id, campaign_id, planned_at)
    values ('c1', 'outbound', 'ratio', 'closed', ${mine.phone}, ${mine.id}, ${campaignId}, now())`.execute(
    http.database.db,
  );
  const wanted = { listIds: [listId], outcomes: ["no-answer"], campaignId };
  assert.deepEqual((await manager.post("/api/v1/leads/collect/count", wanted)).body, {
    leads: 1,
    numbers: 1,
  });
  const collect = (change: object) => manager.post("/api/v1/leads/collect", { ...wanted, ...change });
  const nothing = await collect({ name: "none", outcomes: ["fax"] });
  assert.deepEqual([nothing.status, nothing.body.error.code], [422, "collect-nothing"]);
  const taken = await collect({ name: "shared" });
  assert.deepEqual([taken.status, taken.body.error.code], [409, "list-name-taken"]);
  assert.equal((await manager.get("/api/v1/lists?search=none")).body.total, 0);
});

test("a copy that the end of the server cuts off begins again, and has each number once", async () => {
  const listId = await makeList("cut off", []);
  await makeLead(listId, "13800138021", "busy");
  const begun = await manager.post("/api/v1/leads/collect", { listIds: [listId], name: "begun twice" });
  await imports.idle();
  // As a crash before the commit leaves it.
  await sql`delete from leads where import_id = ${begun.body.id}`.execute(http.database.db);
  await sql`update imports set state = 'running' where id = ${begun.body.id}`.execute(http.database.db);
  await imports.resume();
  await imports.idle();
  const { body: done } = await manager.get(`/api/v1/imports/${begun.body.id}`);
  assert.deepEqual([done.state, (await leadsOf(done.listId)).length], ["done", 1]);
});
