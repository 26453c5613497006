import { createReadStream } from "node:fs";
import { pipeline, Transform } from "node:stream";
import { CsvError, type Options, parse } from "csv-parse";
import { invalid } from "../../../kernel/errors.ts";
import type { Encoding } from "../../../../shared/imports.ts";

export const maxColumns = 1_000;
/** A row longer than this is a quotation mark that is never closed, or no table. */
const maxRowBytes = 256 * 1024;

const options = (delimiter: string): Options => ({
  bom: true,
  delimiter,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: maxRowBytes,
});

function recode(encoding: Encoding): Transform {
  const decoder = new TextDecoder(encoding);
  return new Transform({
    transform: (chunk: Buffer, _, done) => done(null, Buffer.from(decoder.decode(chunk, { stream: true }))),
    flush: (done) => done(null, Buffer.from(decoder.decode())),
  });
}

/** Errors (422): `import-quote-not-closed` with the line it opens near, `import-bad-csv`. */
function translate(error: Error): Error {
  if (!(error instanceof CsvError)) return error;
  const { lines } = error as unknown as { lines?: number };
  const line = lines ?? 0;
  if (error.code === "CSV_MAX_RECORD_SIZE" || error.code === "CSV_QUOTE_NOT_CLOSED")
    return invalid(
      "import-quote-not-closed",
      `A row ends nowhere near line ${line}: a quotation mark is opened and never closed.`,
      { line },
    );
  return invalid("import-bad-csv", `The file cannot be read as CSV near line ${line}: ${error.code}.`, {
    line,
  });
}

export interface TableReader extends AsyncIterable<string[]> {
  /** Bytes of the file read so far. */
  bytesRead(): number;
}

/** The rows of a CSV file, one at a time, in memory bounded by the longest row. */
export function readCsv(path: string, encoding: Encoding, delimiter: string): TableReader {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const parser = parse(options(delimiter));
  let failure: Error | undefined;
  const ended = (error: Error | null | undefined) => {
    if (error) failure = translate(error);
  };
  if (encoding === "utf-8") pipeline(file, parser, ended);
  else pipeline(file, recode(encoding), parser, ended);
  return {
    bytesRead: () => file.bytesRead,
    async *[Symbol.asyncIterator]() {
      try {
        for await (const row of parser) yield row as string[];
      } catch (error) {
        throw failure ?? translate(error as Error);
      } finally {
        file.destroy();
      }
    },
  };
}
