import { isUtf8 } from "node:buffer";
import { open } from "node:fs/promises";
import { invalid } from "../../../kernel/errors.ts";
import type { Encoding } from "../../../../shared/imports.ts";

export type FileKind = { format: "xlsx" } | { format: "csv"; encoding: Encoding };

const sampleBytes = 8 * 2 ** 20;
const startsWith = (bytes: Buffer, hex: string) => bytes.subarray(0, hex.length / 2).toString("hex") === hex;

const notATable = () =>
  invalid(
    "import-not-a-table",
    "This file is neither CSV text nor an XLSX workbook. Save it as one of them.",
  );

/** Every other byte of ASCII text in UTF-16 is zero. */
function utf16Without(mark: Buffer): Encoding | undefined {
  const sample = mark.subarray(0, 4096);
  const zeros = [0, 0];
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2]!++;
  const half = sample.length / 2;
  if (zeros[1]! > half * 0.3 && zeros[0]! < half * 0.05) return "utf-16le";
  if (zeros[0]! > half * 0.3 && zeros[1]! < half * 0.05) return "utf-16be";
  return undefined;
}

/**
 * The encoding of text by its byte order mark (Unicode 16.0 §23.8), by being valid UTF-8, or else GB18030, which
 * contains GBK and GB 2312. `whole`: the sample is the whole file.
 */
export function detectEncoding(sample: Buffer, whole: boolean): Encoding {
  if (startsWith(sample, "efbbbf")) return "utf-8";
  if (startsWith(sample, "fffe")) return "utf-16le";
  if (startsWith(sample, "feff")) return "utf-16be";
  const utf16 = utf16Without(sample);
  if (utf16) return utf16;
  // A cut in the middle of a character is no fault: line feeds are bytes of their own in both encodings.
  const end = whole ? sample.length : sample.lastIndexOf(0x0a) + 1 || sample.length;
  return isUtf8(sample.subarray(0, end)) ? "utf-8" : "gb18030";
}

/** What a file is, by its beginning. Errors (422): `import-empty`, `import-old-excel`, `import-not-a-table`. */
export async function fileKind(path: string): Promise<FileKind> {
  await using file = await open(path, "r");
  const { size } = await file.stat();
  if (size === 0) throw invalid("import-empty", "The file is empty.");
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, sampleBytes)), 0);
  const sample = buffer.subarray(0, bytesRead);
  if (startsWith(sample, "504b0304")) return { format: "xlsx" };
  if (startsWith(sample, "d0cf11e0"))
    throw invalid("import-old-excel", "This is a workbook of Excel 97–2003. Save it as XLSX or CSV.");
  const encoding = detectEncoding(sample, bytesRead === size);
  const isText = encoding.startsWith("utf-16") || !tooManyControls(sample.subarray(0, 65_536));
  if (!isText || startsWith(sample, "255044462d")) throw notATable();
  return { format: "csv", encoding };
}

/** Text has hardly a control character but tab, line feed and carriage return; a stray NUL is dropped later. */
function tooManyControls(sample: Buffer): boolean {
  let controls = 0;
  for (const byte of sample) if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) controls++;
  return controls > 8 + sample.length / 50;
}
