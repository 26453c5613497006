import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import ExcelJS from "exceljs";
import { type TestClient, type TestHttp, testHttp, type TestResponse } from "../../../../test/kit/http.ts";
import type { ImportRow } from "../../../../shared/imports.ts";
import { silentLog } from "../../../kernel/log.ts";
import { claimLead } from "../queries-claim.ts";
import { listRoutes } from "../routes.ts";
import { leadRoutes } from "../routes-leads.ts";
import { cleanUploads } from "./clean-uploads.ts";
import { createImports, type Imports } from "./imports.ts";
import { importRoutes } from "./routes.ts";

let dataDir: string;
let http: TestHttp;
let imports: Imports;
let manager: TestClient;

before(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "waihu-imports-"));
  http = await testHttp(async (app, parts) => {
    imports = await createImports({ ...parts, dataDir, log: silentLog });
    await importRoutes(app, { ...parts, imports, maxUploadBytes: 2 ** 20 });
    listRoutes(app, parts);
    leadRoutes(app, parts);
  });
  manager = await http.as("manager");
});
after(async () => {
  await imports[Symbol.asyncDispose]();
  await http[Symbol.asyncDispose]();
  rmSync(dataDir, { recursive: true });
});

let lists = 0;
async function makeList(): Promise<number> {
  const made = await manager.post("/api/v1/lists", { name: `list ${++lists}`, country: "CN" });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body.id;
}

function upload(listId: number, content: string | Buffer, name = "leads.csv"): Promise<TestResponse> {
  const boundary = "----waihu";
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const body = Buffer.concat([
    Buffer.from(head),
    Buffer.from(content),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const type = { "content-type": `multipart/form-data; boundary=${boundary}` };
  return manager.send("POST", `/api/v1/imports?listId=${listId}`, body, type);
}

/** Upload, preview, start as suggested, wait for the end. */
async function importFile(
  listId: number,
  content: string | Buffer,
  change: Record<string, unknown> = {},
  name?: string,
): Promise<ImportRow> {
  const { body: uploaded } = await upload(listId, content, name);
  const { body: preview } = await manager.post(`/api/v1/imports/${uploaded.id}/preview`, {});
  const started = await manager.post(`/api/v1/imports/${uploaded.id}/start`, { ...preview, ...change });
  assert.equal(started.status, 202, JSON.stringify(started.body));
  await imports.idle();
  return (await manager.get(`/api/v1/imports/${uploaded.id}`)).body;
}

const phones = async (listId: number) =>
  (await manager.get(`/api/v1/leads?listId=${listId}`)).body.items.map(
    (lead: { phone: string }) => lead.phone,
  );
const filesLeft = () => readdirSync(join(dataDir, "imports")).filter((name) => name.endsWith(".upload"));

test("a file becomes leads in its order; what does not is told row by row in a file for Excel", async () => {
  const listId = await makeList();
  const seen: ImportRow[] = [];
  using _ = { [Symbol.dispose]: http.events.on("import.changed", ({ item }) => void seen.push(item)) };
  const row = await importFile(
    listId,
    '姓名,手机,城市\n王,13800138000,北京\n李,+86 138-0013-8000,上海\n=cmd(),abc,\'"<b>\n赵,,\n钱,13900139000,"a\nb"\n',
  );
  assert.deepEqual(
    [row.state, row.rowsRead, row.rowsAdded, row.rowsDuplicate, row.rowsInvalid],
    ["done", 5, 2, 1, 2],
  );
  assert.deepEqual(await phones(listId), ["+8613800138000", "+8613900139000"]);
  const errors = await manager.get(`/api/v1/imports/${row.id}/errors.csv`);
  assert.equal(
    errors.body,
    '\ufeffRow,Reason,姓名,手机,城市\r\n3,Number stands earlier in the file,李,\'+86 138-0013-8000,上海\r\n4,Not a telephone number,\'=cmd(),abc,"\'""<b>"\r\n5,No telephone number,赵,,\r\n',
  );
  const { body: list } = await manager.get(`/api/v1/lists/${listId}`);
  assert.deepEqual([list.leads.ready, list.columns], [2, [{ key: "城市", label: "城市" }]]);
  const { body: page } = await manager.get(
    `/api/v1/leads?listId=${listId}&search=${encodeURIComponent("钱")}`,
  );
  const lead = (await manager.get(`/api/v1/leads/${page.items[0].id}`)).body;
  assert.deepEqual(lead.fields, [{ key: "城市", label: "城市", value: "a\nb" }]);
  assert.equal(seen.at(-1)?.state, "done");
  assert.deepEqual(filesLeft(), []);
});

test("a column says of what kind its numbers are; an update of the numbers keeps what is known of those that stay", async () => {
  const listId = await makeList();
  const first = await importFile(listId, "姓名,手机,办公电话\n王,13800000051,010-88886666\n");
  assert.equal(first.rowsAdded, 1);
  const shown = async () => {
    const [lead] = (await manager.get(`/api/v1/leads?listId=${listId}`)).body.items;
    const { numbers } = (await manager.get(`/api/v1/leads/${lead.id}`)).body;
    return numbers.map((n: { phone: string; kind: string; givenUp: boolean }) => [
      n.phone,
      n.kind,
      n.givenUp,
    ]);
  };
  assert.deepEqual(await shown(), [
    ["+8613800000051", "mobile", false],
    ["+861088886666", "work", false],
  ]);
  await http.database.pool.query(
    "update leads set invalid_phones = $2, phone_kinds = $3 where list_id = $1",
    [listId, ["+8613800000051", "+861088886666"], ["home", "work"]],
  );
  await importFile(listId, "phone,phone 2\n13800000051,13900000052\n", {
    duplicates: { scope: "list", otherListIds: [], action: "update" },
  });
  assert.deepEqual(await shown(), [
    ["+8613800000051", "home", true],
    ["+8613900000052", "mobile", false],
  ]);
});

test("an import says of what kind each lead's first number is, and a column may say otherwise", async () => {
  const listId = await makeList();
  await importFile(listId, "name,phone\n王,13800000061\n李,010-88886666\n");
  const kinds = async () => {
    const { rows } = await http.database.pool.query(
      "select number_kind from leads where list_id = $1 order by id",
      [listId],
    );
    return rows.map((row) => row.number_kind);
  };
  assert.deepEqual(await kinds(), ["mobile", "home"]);
  await importFile(listId, "姓名,办公电话\n李,010-88886666\n", {
    duplicates: { scope: "list", otherListIds: [], action: "update" },
  });
  assert.deepEqual(await kinds(), ["mobile", "work"]);
});

test("numbers known already are skipped or updated, on this list and on others, as the rule says", async () => {
  const [a, b] = [await makeList(), await makeList()];
  await importFile(a, "name,phone\nold,13800000001\nold,13800000002\n");
  const skipped = await importFile(a, "name,phone\nnew,13800000001\nnew,13800000003\n");
  assert.deepEqual([skipped.rowsAdded, skipped.rowsDuplicate], [1, 1]);
  const updated = await importFile(a, "name,phone,city\nnewer,13800000002,X\n", {
    duplicates: { scope: "list", otherListIds: [], action: "update" },
  });
  assert.deepEqual([updated.rowsAdded, updated.rowsUpdated, updated.rowsDuplicate], [0, 1, 0]);
  const { body } = await manager.get(`/api/v1/leads?listId=${a}&search=13800000002`);
  assert.equal(body.items[0].name, "newer");
  const across = { scope: "lists", otherListIds: [a], action: "skip" };
  const other = await importFile(b, "name,phone\nx,13800000001\ny,13800000009\n", { duplicates: across });
  assert.deepEqual([other.rowsAdded, other.rowsDuplicate], [1, 1]);
  const same = await importFile(b, "name,phone\nx,13800000001\n");
  assert.equal(same.rowsAdded, 1);
});

test("forty thousand rows of one number are one lead, and each other row is told", async () => {
  const listId = await makeList();
  const done = await importFile(listId, `phone\n${"13600000077\n".repeat(40_000)}`);
  assert.deepEqual([done.state, done.rowsAdded, done.rowsDuplicate], ["done", 1, 39_999]);
  assert.deepEqual(await phones(listId), ["+8613600000077"]);
});

test("a workbook is imported like a text", async () => {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet();
  sheet.addRow(["手机", "姓名"]);
  for (let i = 0; i < 300; i++) sheet.addRow([13700000000 + i, `客户${i}`]);
  const listId = await makeList();
  const content = Buffer.from(await workbook.xlsx.writeBuffer());
  const row = await importFile(listId, content, {}, "名单.xlsx");
  assert.deepEqual([row.state, row.rowsAdded, row.fileName], ["done", 300, "名单.xlsx"]);
});

const touch = (phone: string, change: string) =>
  http.database.pool.query(`update leads set ${change} where phone = $1`, [phone]);

test("undo removes what was never dialled and says why the rest stays", async () => {
  const listId = await makeList();
  const kept = await importFile(listId, "phone\n13600000000\n");
  const row = await importFile(listId, "phone\n13600000001\n13600000002\n13600000003\n13600000004\n");
  await touch("+8613600000001", "attempts = 1, status = 'done'");
  const held = await http.database.pool.query("select id from leads where phone = '+8613600000002'");
  await http.database.transact((tx) => claimLead(tx, held.rows[0].id, "call"));
  const undone = await manager.post(`/api/v1/imports/${row.id}/undo`);
  assert.deepEqual(undone.body, {
    removed: 2,
    kept: [
      { reason: "dialled", leads: 1 },
      { reason: "open-call", leads: 1 },
    ],
  });
  const { body: list } = await manager.get(`/api/v1/lists/${listId}`);
  assert.equal(list.leads.total, 3);
  assert.equal((await manager.post(`/api/v1/imports/${row.id}/undo`)).body.error.code, "import-not-done");
  assert.equal((await manager.get(`/api/v1/imports/${kept.id}`)).body.state, "done");
});

const many = `phone,name\n${Array.from({ length: 30_000 }, (_, i) => `135${String(i).padStart(8, "0")},n\n`).join("")}`;

async function startOnly(listId: number, content: string, service: Imports | undefined): Promise<number> {
  const { body: uploaded } = await upload(listId, content);
  const { body: preview } = await manager.post(`/api/v1/imports/${uploaded.id}/preview`, {});
  if (service) await manager.post(`/api/v1/imports/${uploaded.id}/start`, preview);
  else
    await http.database.pool.query(
      "update imports set state = 'running', options = $2, error_path = id || '.errors.csv', started_at = now() where id = $1",
      [
        uploaded.id,
        JSON.stringify({ ...preview, duplicates: { scope: "list", otherListIds: [], action: "skip" } }),
      ],
    );
  return uploaded.id;
}
const stateOf = async (id: number) => (await manager.get(`/api/v1/imports/${id}`)).body as ImportRow;
const leftovers = async () => {
  const { rows } = await http.database.pool.query(
    "select relname from pg_class where relname like 'import\\_rows%'",
  );
  return rows;
};

test("a cancelled import leaves no lead, no table and no file", async () => {
  const listId = await makeList();
  const id = await startOnly(listId, many, imports);
  assert.equal((await manager.post(`/api/v1/imports/${id}/cancel`)).status, 202);
  await imports.idle();
  const row = await stateOf(id);
  assert.deepEqual([row.state, row.rowsAdded, row.error], ["cancelled", 0, null]);
  assert.equal((await manager.get(`/api/v1/lists/${listId}`)).body.leads.total, 0);
  assert.deepEqual([await leftovers(), filesLeft()], [[], []]);
});

test("an import cut off by the server's end begins anew at the next start, but not for ever", async () => {
  const listId = await makeList();
  const options = { ...http, dataDir, log: silentLog };
  const id = await startOnly(listId, many, undefined);
  {
    await using killed = await createImports(options);
    const { promise: begun, resolve } = Promise.withResolvers<void>();
    using _ = {
      [Symbol.dispose]: http.events.on("import.changed", ({ item }) => {
        if (item.id === id) resolve();
      }),
    };
    killed.enqueue(id);
    await begun;
  }
  assert.equal((await stateOf(id)).state, "running");
  assert.equal((await manager.get(`/api/v1/lists/${listId}`)).body.leads.total, 0);
  {
    await using next = await createImports(options);
    await next.resume();
    await next.idle();
  }
  const row = await stateOf(id);
  assert.deepEqual([row.state, row.rowsAdded], ["done", 30_000]);
  assert.deepEqual(await leftovers(), []);

  const poison = await startOnly(listId, many, undefined);
  await http.database.pool.query("update imports set tries = 3 where id = $1", [poison]);
  await using last = await createImports(options);
  await last.resume();
  await last.idle();
  const failed = await stateOf(poison);
  assert.deepEqual([failed.state, failed.error?.code], ["failed", "import-interrupted"]);
});

test("bad files end with a reason, and the server lives on", async () => {
  const listId = await makeList();
  const tooLarge = await upload(listId, "x".repeat(2 ** 20 + 1));
  assert.deepEqual(
    [tooLarge.status, tooLarge.body.error.code, tooLarge.body.error.detail.maxMb],
    [413, "file-too-large", 1],
  );
  assert.equal((await upload(listId, "")).body.error.code, "import-empty");
  assert.deepEqual(filesLeft(), []);
  const quote = await importFile(
    listId,
    `phone,name\n${"13500000001,x\n".repeat(30)}13500000002,"never closed\n${"y\n".repeat(200_000)}`,
  );
  assert.deepEqual([quote.state, quote.error?.code], ["failed", "import-quote-not-closed"]);
  assert.equal((await manager.get(`/api/v1/lists/${listId}`)).body.leads.total, 0);
  const hostile = await importFile(
    listId,
    'phone,name,\'; drop table leads; --\n13500000003,"<script>alert(1)</script>",\\N\t\\.\n',
  );
  assert.deepEqual([hostile.state, hostile.rowsAdded], ["done", 1]);
  const noPhone = await upload(listId, "a,b\n1,2\n");
  const refused = await manager.post(`/api/v1/imports/${noPhone.body.id}/start`, {
    country: "CN",
    columns: [{ role: "name" }, { role: "ignore" }],
  });
  assert.equal(refused.body.error.code, "import-no-phone-column");
  const agent = await http.as("agent");
  assert.equal((await agent.get(`/api/v1/imports/${hostile.id}/errors.csv`)).status, 403);
});

test("a list goes out as CSV and XLSX, and comes back in", async () => {
  const listId = await makeList();
  await importFile(listId, "phone,name,note\n13400000001,=1+1,x\n13400000002,李,y\n");
  const csv = await manager.get(`/api/v1/lists/${listId}/export?format=csv`);
  assert.match(
    csv.body,
    /^\ufeffPhone,More phones,Name,.*,note\r\n'\+8613400000001,,'=1\+1,Asia\/Shanghai,5,ready,0,,,x\r\n/,
  );
  const again = await importFile(await makeList(), csv.body);
  assert.deepEqual([again.rowsAdded, again.rowsInvalid], [2, 0]);
  const response = await http.http.app.inject({
    url: `/api/v1/lists/${listId}/export?format=xlsx`,
    headers: manager.headers,
  });
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(response.rawPayload as unknown as ArrayBuffer);
  assert.deepEqual(
    [workbook.worksheets[0]?.rowCount, workbook.worksheets[0]?.getCell("C2").value],
    [3, "=1+1"],
  );
});

test("an upload that nobody imports goes after a day, and so does a file without a row; others stay", async () => {
  const listId = await makeList();
  const [stale, fresh] = [
    await upload(listId, "phone\n13800138000\n"),
    await upload(listId, "phone\n13800138001\n"),
  ];
  assert.deepEqual([stale.status, fresh.status], [201, 201]);
  await http.database.pool.query(
    "update imports set created_at = to_timestamp($2 / 1000.0) - interval '25 hours' where id = $1",
    [stale.body.id, http.clock.now()],
  );
  await http.database.pool.query("update imports set created_at = to_timestamp($2 / 1000.0) where id = $1", [
    fresh.body.id,
    http.clock.now(),
  ]);
  const folder = join(dataDir, "imports");
  const before = readdirSync(folder).length;
  const orphan = join(folder, "cut-off.upload");
  writeFileSync(orphan, "phone\n");
  const old = new Date(http.clock.now() - 25 * 3_600_000);
  utimesSync(orphan, old, old);
  assert.equal(await cleanUploads({ database: http.database, imports, clock: http.clock }), 2);
  assert.equal(readdirSync(folder).length, before - 1);
  assert.equal((await manager.get(`/api/v1/imports/${stale.body.id}`)).status, 404);
  assert.equal((await manager.get(`/api/v1/imports/${fresh.body.id}`)).status, 200);
});
