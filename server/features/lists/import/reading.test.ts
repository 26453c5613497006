import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import ExcelJS from "exceljs";
import iconv from "iconv-lite";
import type { AppError } from "../../../kernel/errors.ts";
import { type ImportPreview, importOptions, type PreviewOptions } from "../../../../shared/imports.ts";
import { csvRow } from "../../../kernel/csv.ts";
import { NumberSet } from "./number-set.ts";
import { firstRows } from "./open-table.ts";
import { previewImport } from "./preview.ts";
import { columnOf, numberText } from "./read-xlsx.ts";
import { type LeadDraft, rowReader } from "./row-to-lead.ts";

let dir: string;
before(() => {
  dir = mkdtempSync(join(tmpdir(), "waihu-reading-"));
});
after(() => rmSync(dir, { recursive: true }));

let files = 0;
function fileOf(content: string | Buffer): string {
  const path = join(dir, `${++files}`);
  writeFileSync(path, content);
  return path;
}
const preview = (content: string | Buffer, options: PreviewOptions = {}): Promise<ImportPreview> =>
  previewImport({ path: fileOf(content), options, country: "CN", listColumns: [], firstRows });
const roles = (shown: ImportPreview) => shown.columns.map((column) => column.role).join(" ");

const table = '姓名,手机号码,城市\r\n王小明,13800138000,北京\r\n"李,雷",139-0013-8000,上海\r\n';

const bom = (hex: string, body: Buffer) => Buffer.concat([Buffer.from(hex, "hex"), body]);

test("a file is read in every encoding that spreadsheets write", async () => {
  const bigEndian = Buffer.from(table, "utf16le").swap16();
  const written: [string, Buffer][] = [
    ["utf-8", Buffer.from(table)],
    ["utf-8", bom("efbbbf", Buffer.from(table))],
    ["gb18030", iconv.encode(table, "gb18030")],
    ["utf-16le", bom("fffe", Buffer.from(table, "utf16le"))],
    ["utf-16be", bom("feff", bigEndian)],
  ];
  for (const [encoding, bytes] of written) {
    const shown = await preview(bytes);
    assert.equal(shown.encoding, encoding);
    assert.deepEqual(
      shown.columns.map((column) => column.header),
      ["姓名", "手机号码", "城市"],
      encoding,
    );
    assert.deepEqual(shown.rows[1], ["李,雷", "139-0013-8000", "上海"], encoding);
    assert.equal(roles(shown), "name phone field", encoding);
    assert.deepEqual(shown.phones[1], { phone: "+8613900138000", timeZone: "Asia/Shanghai" });
  }
});

test("delimiter, header and columns are found, by words first and by content second", async () => {
  const tabs = await preview(
    "Name\tMobile phone\tTime zone\tPriority\nBob\t+442079460018\tEurope/London\t3\n",
  );
  assert.deepEqual(
    [tabs.delimiter, tabs.hasHeader, roles(tabs)],
    ["\t", true, "name phone time-zone priority"],
  );
  const bare = await preview("13800138000;王\n13900138000;李\n");
  assert.deepEqual([bare.delimiter, bare.hasHeader, roles(bare)], [";", false, "phone field"]);
  assert.equal(bare.columns[0]!.because, "content");
  const orders = await preview("订单编号,联系方式,备用电话\n13800138001,13800138000,010-88886666\n");
  assert.equal(roles(orders), "field phone phone");
  const unnamed = await preview("a,b\nx,13800138000\n");
  assert.deepEqual([unnamed.hasHeader, roles(unnamed)], [true, "field phone"]);
  const forced = await preview("a,b\nx,13800138000\n", { hasHeader: false });
  assert.equal(forced.rows.length, 2);
});

async function codeOf(content: string | Buffer): Promise<string> {
  try {
    await preview(content);
    return "read";
  } catch (error) {
    return (error as AppError).code;
  }
}

test("what is no table is refused by name", async () => {
  assert.equal(await codeOf(""), "import-empty");
  assert.equal(await codeOf("\n\n"), "import-no-rows");
  assert.equal(await codeOf(Buffer.from("d0cf11e0a1b11ae1", "hex")), "import-old-excel");
  assert.equal(await codeOf(Buffer.alloc(5000)), "import-not-a-table");
  assert.equal(
    await codeOf(Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))),
    "import-not-a-table",
  );
  assert.equal(await codeOf("%PDF-1.7\n"), "import-not-a-table");
  assert.equal(await codeOf(Buffer.from("504b0304ffffffff", "hex")), "import-bad-xlsx");
  assert.equal(await codeOf(`${"a,".repeat(10_000)}\n`), "import-too-many-columns");
  assert.equal(await codeOf(`phone\n"13800138000\n${"x,y\n".repeat(200_000)}`), "import-quote-not-closed");
  assert.equal(await codeOf(`phone\n${"9".repeat(400_000)}\n`), "import-quote-not-closed");
  assert.equal(await codeOf("phone,na\0me\n13800138000,\0\n"), "read");
});

test("a workbook's first sheet is read: numbers whole, dates, formulas by their result", async () => {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet("one");
  sheet.addRow(["手机", "姓名", "到期", "金额"]);
  sheet.addRow([
    13800138000,
    { richText: [{ text: "王" }, { text: "明" }] },
    new Date(Date.UTC(2026, 0, 31)),
    1.5,
  ]);
  sheet.addRow([
    "139 0013 8000",
    { formula: "1+1", result: 2 },
    new Date(Date.UTC(2026, 0, 31, 8, 30)),
    true,
  ]);
  workbook.addWorksheet("two").addRow(["not this"]);
  const shown = await preview(Buffer.from(await workbook.xlsx.writeBuffer()));
  assert.deepEqual([shown.format, roles(shown)], ["xlsx", "phone name field field"]);
  assert.deepEqual(shown.rows, [
    ["13800138000", "王明", "2026-01-31", "1.5"],
    ["139 0013 8000", "2", "2026-01-31 08:30:00", "TRUE"],
  ]);
  assert.deepEqual(
    [numberText("1.38E10"), numberText("0.5"), numberText("007")],
    ["13800000000", "0.5", "007"],
  );
  assert.deepEqual([columnOf("A1"), columnOf("Z9"), columnOf("AA10"), columnOf("XFD1")], [0, 25, 26, 16_383]);
});

/** A workbook whose archive states `size` unpacked bytes for its largest part, whatever the truth. */
async function workbookStating(size: number): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet();
  for (let i = 0; i < 2000; i++) sheet.addRow([13800000000 + i]);
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
  const centralHeader = Buffer.from("504b0102", "hex");
  for (let at = bytes.indexOf(centralHeader); at !== -1; at = bytes.indexOf(centralHeader, at + 4))
    if (bytes.toString("latin1", at + 46).startsWith("xl/worksheets/sheet1.xml"))
      bytes.writeUInt32LE(size, at + 24);
  return bytes;
}

test("a workbook that unpacks without end is refused, whether its archive says so or lies", async () => {
  assert.equal(await codeOf(await workbookStating(0xf0_00_00_00)), "import-xlsx-too-large");
  assert.equal(await codeOf(await workbookStating(100)), "import-bad-xlsx");
});

const mapping = importOptions.parse({
  country: "CN",
  columns: [
    { role: "phone" },
    { role: "name" },
    { role: "phone" },
    { role: "time-zone" },
    { role: "priority" },
    { role: "field", key: "city" },
    { role: "ignore" },
  ],
});

test("a row becomes a lead, or says why it does not", () => {
  const read = rowReader(mapping);
  assert.deepEqual(
    read(["138-0013-8000", " 王 ", "010-88886666;13900138000", "", "9", "<b>北京</b>\0", "x"]),
    {
      phone: "+8613800138000",
      morePhones: ["+861088886666", "+8613900138000"],
      phoneKinds: [],
      numberKind: "mobile",
      name: "王",
      timeZone: "Asia/Shanghai",
      priority: 9,
      fields: { city: "<b>北京</b>" },
    } satisfies LeadDraft,
  );
  const typed = rowReader({
    ...mapping,
    columns: [{ role: "phone", kind: "mobile" }, { role: "phone" }, { role: "phone", kind: "work" }],
  });
  assert.deepEqual(
    (typed(["13800138000", "13900138000", "13800138000;010-88886666"]) as LeadDraft).phoneKinds,
    ["mobile", "", "work"],
  );
  assert.equal((typed(["", "", "13800138000"]) as LeadDraft).numberKind, "work");
  assert.equal((read(["", "", "'+8613800138000"]) as LeadDraft).phone, "+8613800138000");
  assert.equal((read(["13800138000", "", "", "Asia/Urumqi"]) as LeadDraft).timeZone, "Asia/Urumqi");
  assert.equal(read(["", "x"]), "no-phone");
  assert.equal(read(["'; drop table leads; --"]), "invalid-phone");
  assert.equal(read(["13800138000", "", "", "Mars/Olympus"]), "unknown-time-zone");
  assert.equal(read(["13800138000", "", "", "", "10"]), "invalid-priority");
  assert.equal(read(["13800138000", "", "", "", "", "", "", "spilt"]), "too-many-columns");
  assert.notEqual(read(["13800138000", "", "", "", "", "", "", " "]), "too-many-columns");
});

test("a cell that a spreadsheet would run is text in our files, and a number stays a number", () => {
  assert.equal(
    csvRow(["=1+1", "@x", "-3.5", "+8613800138000", 'a"b', "x,y"]),
    `'=1+1,'@x,-3.5,'+8613800138000,"a""b","x,y"\r\n`,
  );
});

test("the set of numbers keeps each once, however close they lie", () => {
  const set = new NumberSet(16);
  for (let i = 0; i < 50_000; i++) assert.ok(set.add(`+86138${String(i).padStart(8, "0")}`));
  for (let i = 0; i < 50_000; i += 7) assert.ok(!set.add(`+86138${String(i).padStart(8, "0")}`));
  assert.ok(set.add("+999999999999999"));
  assert.equal(set.size, 50_001);
});
