import type { Random } from "../../../server/kernel/random.ts";

/** A pure change of one input, given other inputs to cut pieces from. */
export type Mutator = (bytes: Buffer, others: readonly Buffer[], random: Random) => Buffer;

/** No mutation makes an input longer than this: a datagram, and a little. */
const maxBytes = 70_000;

const pick = <T>(items: readonly T[], random: Random) => items[Math.floor(random.next() * items.length)]!;
const below = (limit: number, random: Random) => Math.floor(random.next() * limit);

const splice = (bytes: Buffer, at: number, remove: number, insert: Buffer) =>
  Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);

/** A piece of another input in place of a piece of this one. */
const cross: Mutator = (bytes, others, random) => {
  const other = pick(others, random);
  const from = below(other.length, random);
  const piece = other.subarray(from, from + 1 + below(80, random));
  return splice(bytes, below(bytes.length + 1, random), below(80, random), piece);
};

const flipBit: Mutator = (bytes, _others, random) => {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) copy[below(copy.length, random)]! ^= 1 << below(8, random);
  return copy;
};

const truncate: Mutator = (bytes, _others, random) => bytes.subarray(0, below(bytes.length + 1, random));

/** Values at which lengths, counters and types break. */
const edges = [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 63, 64, 95, 96, 127, 128, 191, 192, 200, 201, 203, 254, 255];

const setByte: Mutator = (bytes, _others, random) => {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) copy[below(copy.length, random)] = pick(edges, random);
  return copy;
};

const setWord: Mutator = (bytes, _others, random) => {
  const copy = Buffer.from(bytes);
  if (copy.length >= 4)
    copy.writeUInt32BE(
      pick([0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff], random),
      below(copy.length - 3, random),
    );
  return copy;
};

const stretch: Mutator = (bytes, _others, random) =>
  Buffer.concat([bytes, Buffer.alloc(below(random.next() < 0.05 ? 2000 : 24, random), pick(edges, random))]);

/** Words and signs at which text parsers break; a number in the text is one more. */
const inserted = (tokens: readonly string[]): Mutator => {
  const pieces = tokens.map((token) => Buffer.from(token, "latin1"));
  return (bytes, _others, random) => {
    const piece = pick(pieces, random);
    const repeated = random.next() < 0.03 ? Buffer.concat(Array.from({ length: 400 }, () => piece)) : piece;
    return splice(bytes, below(bytes.length + 1, random), below(12, random), repeated);
  };
};

/** Another number where one stands. */
const renumber: Mutator = (bytes, _others, random) => {
  const text = bytes.toString("latin1");
  const found = [...text.matchAll(/\d+/g)];
  if (found.length === 0) return bytes;
  const { 0: old, index } = pick(found, random);
  const number = pick(["0", "-1", "65536", "4294967295", "4294967296", "9".repeat(40), "1e9", "00"], random);
  return splice(bytes, index, old.length, Buffer.from(number));
};

/** A line left out, told twice, or moved. */
const relined: Mutator = (bytes, _others, random) => {
  const lines = bytes.toString("latin1").split("\r\n");
  const [line = ""] = lines.splice(below(lines.length, random), 1);
  for (let copies = below(3, random); copies > 0; copies--)
    lines.splice(below(lines.length + 1, random), 0, line);
  return Buffer.from(lines.join("\r\n"), "latin1");
};

function several(mutators: readonly Mutator[]): Mutator {
  return (bytes, others, random) => {
    let result = bytes;
    for (let edits = 1 + below(4, random); edits > 0; edits--)
      result = pick(mutators, random)(result, others, random).subarray(0, maxBytes);
    return result;
  };
}

/** One to four changes to a text of lines; `tokens` are the words of its grammar. */
export function textMutator(tokens: readonly string[]): Mutator {
  const insert = inserted(tokens);
  return several([insert, insert, insert, relined, renumber, cross, flipBit, truncate]);
}

/** One to four changes to a binary packet. */
export const binaryMutator = several([flipBit, flipBit, setByte, setByte, setWord, cross, truncate, stretch]);
