/**
 * How long a file takes from the start of its import to leads that can be dialled, against a bare COPY of the same
 * rows. The file has what real ones have: numbers in several forms, 1 % duplicates, 1 % rubbish, Chinese names and
 * columns of its own. `--xlsx` imports the same rows as a workbook. `--present 10000000`: beside so many leads of other
 * lists, of which 50 are claimed ten times a second meanwhile. `--same`: every row has the same number. PostgreSQL is the embedded one, tuned and durable as in
 * the product.
 */
import { execFileSync } from "node:child_process";
import { createReadStream, createWriteStream, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import ExcelJS from "exceljs";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import type pg from "pg";
import { claimLeads, createImports, foldCountsInBackground } from "../server/features/lists/index.ts";
import { findImport, insertImport } from "../server/features/lists/import/queries.ts";
import { startImport } from "../server/features/lists/import/start-import.ts";
import { systemClock } from "../server/kernel/clock.ts";
import type { Database } from "../server/kernel/db.ts";
import { createEventBus } from "../server/kernel/events.ts";
import { createLog } from "../server/kernel/log.ts";
import { seededRandom } from "../server/kernel/random.ts";
import { importOptions } from "../shared/imports.ts";
import { filledAt, openFilledDatabase } from "./leads/filled-database.ts";
import { flags, percentile, printTable, report } from "./lib.ts";

/** The file is written by a process of its own, so that its memory is not counted: `--write PATH` comes first. */
const writeTo = process.argv[2] === "--write" ? process.argv.splice(2, 2)[1] : undefined;
const { rows, xlsx, present, keep, same } = flags({
  rows: 1_000_000,
  xlsx: false,
  present: 0,
  keep: false,
  same: false,
});
const headers = ["姓名", "手机", "城市", "到期日", "保单号", "优先级"];
const columns = [
  { role: "name" },
  { role: "phone" },
  ...headers.slice(2, 5).map((label) => ({ role: "field", key: label, label })),
  { role: "priority" },
];
const surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";
const cities = ["北京", "上海", "广州", "深圳", "成都", "杭州", "武汉", "西安", "苏州", "南京"];

function* people(): Generator<string[]> {
  const random = seededRandom(1);
  const pick = (n: number) => Math.floor(random.next() * n);
  for (let i = 0; i < rows; i++) {
    const number = same ? "13800000000" : `13${i % 10}${String(i).padStart(8, "0")}`;
    const kind = pick(100);
    const dressed =
      pick(10) === 0 ? `+86 ${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7)}` : number;
    const phone =
      kind === 0 ? "unknown" : kind === 1 && !same ? `130${String(pick(rows)).padStart(8, "0")}` : dressed;
    const name = `${surnames[pick(20)]!}${String.fromCharCode(0x4e00 + pick(5000), 0x4e00 + pick(5000))}`;
    yield [
      name,
      phone,
      cities[pick(10)]!,
      `2026-0${1 + pick(9)}-1${pick(10)}`,
      `P${1_000_000 + i}`,
      `${1 + pick(9)}`,
    ];
  }
}

function* csvText() {
  let text = `\ufeff${headers.join(",")}\n`;
  for (const row of people()) {
    text += `${row.join(",")}\n`;
    if (text.length > 200_000) {
      yield text;
      text = "";
    }
  }
  yield text;
}

async function writeWorkbook(path: string): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true });
  const sheet = workbook.addWorksheet("list");
  sheet.addRow(headers).commit();
  let n = 0;
  for (const row of people()) {
    sheet.addRow(row).commit();
    if (++n % 1000 === 0) await new Promise(setImmediate);
  }
  await workbook.commit();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

/** COPY of the rows that the import made, out to a file and into a table like `leads`. */
async function bareCopy(client: pg.PoolClient, path: string, like: string): Promise<number> {
  await client.query(`create table bare (like leads ${like})`);
  const seconds = await timed(() =>
    pipeline(createReadStream(path), client.query(copyFrom("copy bare from stdin"))),
  );
  await client.query("drop table bare");
  return seconds;
}

async function runImport(database: Database, dir: string, fileName: string) {
  const log = createLog("warn");
  await using imports = await createImports({
    database,
    clock: systemClock,
    events: createEventBus(log),
    log,
    dataDir: dir,
  });
  const user = await database.pool.query(
    "insert into users (login, name, role, password_hash) values ('bench', 'Bench', 'manager', '') returning id",
  );
  const list = await database.pool.query(
    "insert into lists (name, country) values ('bench', 'CN') returning id",
  );
  const format = xlsx ? "xlsx" : "csv";
  const id = await database.transact(async (tx) => {
    const path = imports.pathOf(fileName);
    const upload = { path: fileName, fileName, format, bytes: statSync(path).size } as const;
    const made = await insertImport(tx, { ...upload, listId: list.rows[0].id, byUserId: user.rows[0].id });
    await startImport(tx, made, importOptions.parse({ country: "CN", columns }), new Date());
    return made;
  });
  let peakRss = 0;
  const watch = setInterval(() => {
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
  }, 50);
  const seconds = await timed(async () => {
    imports.enqueue(id);
    await imports.idle();
  });
  clearInterval(watch);
  const row = (await findImport(database.db, id))!;
  if (row.state !== "done") throw new Error(`The import ended as ${row.state}: ${JSON.stringify(row.error)}`);
  return { seconds, peakRss, row };
}

/** Claims now and then until `end`, which gives how many ms each took. */
function claimBeside(database: Database, listIds: readonly number[]) {
  const over = new AbortController();
  const claimer = {
    listIds,
    count: 50,
    now: filledAt,
    zones: ["Asia/Shanghai", "Asia/Urumqi"],
    maxAttempts: 5,
  };
  async function claims(): Promise<number[]> {
    const samples: number[] = [];
    while (listIds.length > 0 && !over.signal.aborted) {
      const begun = performance.now();
      await database.transact((tx) => claimLeads(tx, claimer));
      samples.push(performance.now() - begun);
      await delay(100);
    }
    return samples;
  }
  const claiming = claims();
  return {
    end() {
      over.abort();
      return claiming;
    },
  };
}

/** COPY of the list's rows into a table without indexes, and with those of `leads`: seconds. */
async function bareCopies(database: Database, dir: string, listId: number): Promise<[number, number]> {
  const client = await database.pool.connect();
  const out = join(dir, "leads.copy");
  await pipeline(
    client.query(copyTo(`copy (select * from leads where list_id = ${listId}) to stdout`)),
    createWriteStream(out),
  );
  await client.query("checkpoint");
  const bare = await bareCopy(client, out, "including defaults");
  const indexed = await bareCopy(client, out, "including all");
  client.release();
  return [bare, indexed];
}

async function main(): Promise<void> {
  await using filled = await openFilledDatabase({ rows: present, keep });
  const { database, dir } = filled;
  await using _ = foldCountsInBackground({ database, clock: systemClock, log: createLog("warn") });
  const fileName = "bench.upload";
  const folder = join(dir, "imports");
  mkdirSync(folder);
  const file = join(folder, fileName);
  const args = [
    import.meta.filename,
    "--write",
    file,
    `--rows=${rows}`,
    ...(xlsx ? ["--xlsx"] : []),
    ...(same ? ["--same"] : []),
  ];
  execFileSync(process.execPath, args, { stdio: "inherit" });
  const bytes = statSync(file).size;

  const beside = claimBeside(database, present > 0 ? filled.listIds : []);
  const { seconds, peakRss, row } = await runImport(database, dir, fileName);
  const claims = await beside.end();

  const [bare, indexed] = same ? [null, null] : await bareCopies(database, dir, row.list_id);
  printTable([
    { what: "import", seconds, "rows/s": Math.round(rows / seconds) },
    ...Object.entries({ "COPY, no index": bare, "COPY, indexes of leads": indexed }).flatMap(([what, took]) =>
      took === null ? [] : [{ what, seconds: took, "rows/s": Math.round(row.rows_added / took) }],
    ),
  ]);
  report("import", {
    seconds,
    // All memory of the process, so the heaps of both threads are below it.
    peakHeapMb: peakRss / 2 ** 20,
    copyRatio: bare && seconds / bare,
    copyWithIndexesRatio: indexed && seconds / indexed,
    rows: row.rows_read,
    added: row.rows_added,
    duplicates: row.rows_duplicate,
    invalid: row.rows_invalid,
    fileMb: bytes / 2 ** 20,
    present,
    claimP50Ms: present > 0 ? percentile(claims, 0.5) : null,
    claimP99Ms: present > 0 ? percentile(claims, 0.99) : null,
  });
}

if (writeTo === undefined) await main();
else if (xlsx) await writeWorkbook(writeTo);
else await pipeline(Readable.from(csvText()), createWriteStream(writeTo));
