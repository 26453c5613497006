import type { Readable } from "node:stream";
import yauzl from "yauzl";
import { AppError, invalid, reasonOf } from "../../../kernel/errors.ts";

/** A sheet has at most 1,048,576 rows; ours with six columns and a million rows unpacks to 0.3 GB. */
const maxUnpackedBytes = 3 * 2 ** 30;
const maxEntries = 10_000;

export const workbookTooLarge = () =>
  invalid("import-xlsx-too-large", "Unpacked, this workbook is larger than 3 GB. Save the sheet as CSV.", {
    maxGb: 3,
  });

/** `import-bad-xlsx` for what the archive's or the XML's reader throws. */
export function workbookError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const reason = reasonOf(error);
  return invalid("import-bad-xlsx", `The workbook is damaged: ${reason}.`, { reason });
}

export interface WorkbookArchive extends Disposable {
  has(name: string): boolean;
  /** Unpacked bytes as the archive says; a part that has more is an error of its stream. */
  sizeOf(name: string): number;
  open(name: string): Promise<Readable>;
}

/**
 * The parts of a workbook (ECMA-376 part 2: a ZIP archive), unpacked as they are read; nothing is written. An archive
 * that unpacks without end is refused by the sizes it states, or by yauzl when they are a lie. Errors (422):
 * `import-xlsx-too-large`, `import-bad-xlsx`.
 */
export function openWorkbook(path: string): Promise<WorkbookArchive> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) return reject(workbookError(error));
      const entries = new Map<string, yauzl.Entry>();
      let bytes = 0;
      const refuse = (reason: unknown) => {
        zip.close();
        reject(workbookError(reason));
      };
      if (zip.entryCount > maxEntries) return refuse(workbookTooLarge());
      zip.on("error", refuse);
      zip.on("entry", (entry: yauzl.Entry) => {
        bytes += entry.uncompressedSize;
        if (bytes > maxUnpackedBytes) return refuse(workbookTooLarge());
        entries.set(entry.fileName, entry);
        zip.readEntry();
      });
      zip.on("end", () => resolve(archiveOf(zip, entries)));
      zip.readEntry();
    });
  });
}

function archiveOf(zip: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>): WorkbookArchive {
  return {
    has: (name) => entries.has(name),
    sizeOf: (name) => entries.get(name)?.uncompressedSize ?? 0,
    open: (name) =>
      new Promise((resolve, reject) => {
        const entry = entries.get(name);
        if (!entry) return reject(new Error(`${name} is missing`));
        zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
      }),
    [Symbol.dispose]: () => zip.close(),
  };
}
