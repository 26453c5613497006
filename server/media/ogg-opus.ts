import { AppError } from "../kernel/errors.ts";

/** Granules are samples of 48 kHz whatever the sound's rate (RFC 7845 §4). */
export const granuleRate = 48_000;

/**
 * Identification header (RFC 7845 §5.1) of two mono streams, left and right, not coupled: mapping family 1. One stream
 * of joint stereo would let each party be heard faintly in the other's channel.
 */
export function opusHead(preSkip: number, inputRate: number): Buffer {
  const head = Buffer.alloc(23);
  head.write("OpusHead", "latin1");
  head[8] = 1;
  head[9] = 2;
  head.writeUInt16LE(preSkip, 10);
  head.writeUInt32LE(inputRate, 12);
  head[18] = 1;
  head[19] = 2;
  head[20] = 0;
  head[21] = 0;
  head[22] = 1;
  return head;
}

/** Behind its length. */
const sized = (text: string) => {
  const bytes = Buffer.from(text);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length);
  return Buffer.concat([size, bytes]);
};

/** Comment header (RFC 7845 §5.2). */
export function opusTags(comments: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(comments).map(([name, value]) => sized(`${name}=${value}`));
  const count = Buffer.alloc(4);
  count.writeUInt32LE(lines.length);
  return Buffer.concat([Buffer.from("OpusTags"), sized("waihu"), count, ...lines]);
}

/** The stated pre-skip. @throws AppError `archive-damaged` when it is no archive of ours. */
export function readOpusHead(packet: Buffer | undefined): { preSkip: number } {
  const isOurs = packet?.length === 23 && packet.subarray(0, 10).equals(opusHead(0, 0).subarray(0, 10));
  if (!isOurs || packet.subarray(18).compare(opusHead(0, 0), 18) !== 0)
    throw new AppError("archive-damaged", 422, "The file is no archive of two mono Opus streams.");
  return { preSkip: packet.readUInt16LE(10) };
}

/** Two packets as one (RFC 6716 appendix B): the first tells its own length. Both hold one frame (code 0). */
export function joinStreams(left: Uint8Array, right: Uint8Array): Buffer {
  if ((left[0]! & 3) !== 0) throw new Error("the Opus packet holds more than one frame");
  const size = left.length - 1;
  const length = size < 252 ? [size] : [252 + (size & 3), (size - 252 - (size & 3)) >> 2];
  return Buffer.concat([left.subarray(0, 1), Buffer.from(length), left.subarray(1), right]);
}

/** @throws AppError `archive-damaged` */
export function splitStreams(packet: Buffer): [Buffer, Buffer] {
  const first = packet[1] ?? 0;
  const size = first < 252 ? first : first + 4 * (packet[2] ?? 0);
  const from = first < 252 ? 2 : 3;
  if (from + size >= packet.length) throw new AppError("archive-damaged", 422, "An Opus packet is cut off.");
  return [
    Buffer.concat([packet.subarray(0, 1), packet.subarray(from, from + size)]),
    packet.subarray(from + size),
  ];
}
