import { SaxesParser, type SaxesTagPlain } from "saxes";
import { workbookTooLarge, type WorkbookArchive } from "./workbook-archive.ts";

interface Handlers {
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

const local = (name: string) => name.slice(name.indexOf(":") + 1);

/** Feeds a part to `handlers`; after each chunk the caller may take what they gathered. Names come without prefix. */
export async function* parsePart(
  archive: WorkbookArchive,
  part: string,
  handlers: Handlers,
): AsyncGenerator<number> {
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", (tag: SaxesTagPlain) => handlers.open?.(local(tag.name), tag.attributes));
  parser.on("text", (text) => handlers.text?.(text));
  parser.on("cdata", (text) => handlers.text?.(text));
  parser.on("closetag", (tag: SaxesTagPlain) => handlers.close?.(local(tag.name)));
  const decoder = new TextDecoder();
  const stream = await archive.open(part);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      parser.write(decoder.decode(chunk, { stream: true }));
      yield chunk.length;
    }
    parser.close();
  } finally {
    stream.destroy();
  }
}

async function readPart(archive: WorkbookArchive, part: string, handlers: Handlers): Promise<void> {
  for await (const _ of parsePart(archive, part, handlers));
}

/** The part of the first sheet in the order of the tabs (ECMA-376 part 1, §18.2.19, §18.2.20). */
export async function firstSheet(archive: WorkbookArchive): Promise<string | undefined> {
  const fallback = "xl/worksheets/sheet1.xml";
  if (!archive.has("xl/workbook.xml") || !archive.has("xl/_rels/workbook.xml.rels"))
    return archive.has(fallback) ? fallback : undefined;
  let first: string | undefined;
  await readPart(archive, "xl/workbook.xml", {
    open(name, attributes) {
      if (name === "sheet")
        first ??= attributes["r:id"] ?? Object.entries(attributes).find(([k]) => k.endsWith(":id"))?.[1];
    },
  });
  let target: string | undefined;
  await readPart(archive, "xl/_rels/workbook.xml.rels", {
    open(name, { Id, Target }) {
      if (name === "Relationship" && Id === first) target = Target;
    },
  });
  const part = target?.startsWith("/") ? target.slice(1) : `xl/${target ?? ""}`;
  return archive.has(part) ? part : archive.has(fallback) ? fallback : undefined;
}

/** Number formats that show dates or times (ECMA-376 part 1, §18.8.30), and which cell styles use one. */
export async function dateStyles(archive: WorkbookArchive): Promise<ReadonlySet<number>> {
  const styles = new Set<number>();
  if (!archive.has("xl/styles.xml")) return styles;
  const custom = new Map<number, string>();
  let inCells = false;
  let index = 0;
  const isDate = (id: number) =>
    (id >= 14 && id <= 22) ||
    (id >= 27 && id <= 36) ||
    (id >= 45 && id <= 47) ||
    (id >= 50 && id <= 58) ||
    /[ymdhs年月日]/i.test((custom.get(id) ?? "").replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ""));
  await readPart(archive, "xl/styles.xml", {
    open(name, attributes) {
      if (name === "numFmt") custom.set(Number(attributes["numFmtId"]), attributes["formatCode"] ?? "");
      if (name === "cellXfs") inCells = true;
      if (name === "xf" && inCells && isDate(Number(attributes["numFmtId"] ?? 0))) styles.add(index);
      if (name === "xf" && inCells) index++;
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return styles;
}

const maxStringBytes = 400 * 2 ** 20;

/**
 * The shared strings of a workbook in one buffer outside the heap: three million of them take 60 MB, as JavaScript
 * strings more than 300 MB.
 */
export class StringTable {
  #bytes = Buffer.alloc(1 << 16);
  #ends = new Uint32Array(1 << 12);
  #count = 0;
  #used = 0;

  add(text: string): void {
    const need = this.#used + text.length * 3;
    if (need > maxStringBytes) throw workbookTooLarge();
    if (need > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(need, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#used);
      this.#bytes = larger;
    }
    if (this.#count === this.#ends.length) {
      const larger = new Uint32Array(this.#count * 2);
      larger.set(this.#ends);
      this.#ends = larger;
    }
    this.#used += this.#bytes.write(text, this.#used);
    this.#ends[this.#count++] = this.#used;
  }

  at(index: number): string {
    if (!(index >= 0 && index < this.#count)) return "";
    return this.#bytes.toString("utf8", index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]);
  }
}

/** The text of each `si`, its runs joined and phonetic hints left out (ECMA-376 part 1, §18.4.8). */
export async function readStrings(archive: WorkbookArchive): Promise<StringTable> {
  const table = new StringTable();
  if (!archive.has("xl/sharedStrings.xml")) return table;
  let text = "";
  let inText = false;
  let inHint = false;
  await readPart(archive, "xl/sharedStrings.xml", {
    open(name) {
      if (name === "si") text = "";
      else if (name === "rPh") inHint = true;
      else if (name === "t") inText = !inHint;
    },
    text(part) {
      if (inText) text += part;
    },
    close(name) {
      if (name === "si") table.add(text);
      else if (name === "rPh") inHint = false;
      else if (name === "t") inText = false;
    },
  });
  return table;
}
