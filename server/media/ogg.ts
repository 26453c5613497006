import { AppError } from "../kernel/errors.ts";

/** A page holds at most 255 segments of 255 bytes (RFC 3533 §6). */
const maxSegments = 255;
const headerBytes = 27;

const crcTable = Uint32Array.from({ length: 256 }, (_, i) => {
  let crc = i << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000_0000 ? (crc << 1) ^ 0x04c1_1db7 : crc << 1;
  return crc >>> 0;
});

function checksum(page: Uint8Array): number {
  let crc = 0;
  for (const byte of page) crc = (crc << 8) ^ crcTable[((crc >>> 24) ^ byte) & 0xff]!;
  return crc >>> 0;
}

/** Puts packets into the pages of one logical stream (RFC 3533). A packet never spans pages: ours are small. */
export class OggWriter {
  readonly #serial: number;
  #sequence = 0;
  #packets: Uint8Array[] = [];
  #segments = 0;
  #granule = 0n;

  constructor(serial: number) {
    this.#serial = serial;
  }

  /** Adds a packet that ends at `granule`; gives a page when one is full. */
  add(packet: Uint8Array, granule: bigint): Buffer | undefined {
    const segments = Math.floor(packet.length / 255) + 1;
    if (segments > maxSegments) throw new Error(`a packet of ${packet.length} bytes fits no page`);
    const full = this.#segments + segments > maxSegments ? this.flush() : undefined;
    this.#packets.push(packet);
    this.#segments += segments;
    this.#granule = granule;
    return full;
  }

  /** The page begun, if it holds anything; the last one of the stream is marked so. */
  flush(isLast = false): Buffer | undefined {
    if (this.#packets.length === 0 && !isLast) return undefined;
    const lacing = this.#packets.flatMap(({ length }) => [
      ...Array.from({ length: Math.floor(length / 255) }, () => 255),
      length % 255,
    ]);
    const head = Buffer.alloc(headerBytes);
    head.write("OggS", "latin1");
    head[5] = (this.#sequence === 0 ? 2 : 0) | (isLast ? 4 : 0);
    head.writeBigInt64LE(this.#granule, 6);
    head.writeUInt32LE(this.#serial, 14);
    head.writeUInt32LE(this.#sequence++, 18);
    head[26] = lacing.length;
    const page = Buffer.concat([head, Buffer.from(lacing), ...this.#packets]);
    page.writeUInt32LE(checksum(page), 22);
    this.#packets = [];
    this.#segments = 0;
    return page;
  }
}

export interface OggPage {
  packets: Buffer[];
  /** Where the page's last packet ends. */
  granule: bigint;
  isLast: boolean;
}

const damaged = (message: string) => new AppError("archive-damaged", 422, message);

/** The page at `at` and where the next begins. @throws AppError `archive-damaged` */
function readPage(file: Buffer, at: number): { page: OggPage; next: number } {
  const bodyAt = at + headerBytes + (file[at + 26] ?? 0);
  if (bodyAt > file.length || file.toString("latin1", at, at + 4) !== "OggS")
    throw damaged(`There is no page at byte ${at}.`);
  const lacing = file.subarray(at + headerBytes, bodyAt);
  const next = bodyAt + lacing.reduce((sum, size) => sum + size, 0);
  if (next > file.length) throw damaged(`The page at byte ${at} is cut off.`);
  const copy = Buffer.from(file.subarray(at, next));
  copy.writeUInt32LE(0, 22);
  if (checksum(copy) !== file.readUInt32LE(at + 22))
    throw damaged(`The page at byte ${at} has a wrong checksum.`);
  const packets: Buffer[] = [];
  let from = bodyAt;
  let to = bodyAt;
  for (const size of lacing) {
    to += size;
    if (size === 255) continue;
    packets.push(file.subarray(from, to));
    from = to;
  }
  return { page: { packets, granule: file.readBigInt64LE(at + 6), isLast: (file[at + 5]! & 4) !== 0 }, next };
}

/** Pages one after the other, each checked. @throws AppError `archive-damaged`, also when the last page is missing. */
export function* readOgg(file: Buffer): Generator<OggPage> {
  for (let at = 0; ;) {
    const { page, next } = readPage(file, at);
    yield page;
    if (page.isLast) return;
    at = next;
  }
}
