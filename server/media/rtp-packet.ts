/** RTP packets (RFC 3550 §5.1). Parsing never throws: what is not RTP is `undefined`. */
export const rtpHeaderBytes = 12;

export interface RtpPacket {
  payloadType: number;
  marker: boolean;
  sequence: number;
  timestamp: number;
  ssrc: number;
  /** A view into the datagram: no CSRC, extension or padding. */
  payload: Buffer;
  /** True when the payload begins right after the fixed header and ends with the datagram. */
  plain: boolean;
}

/** RTCP multiplexed on the RTP port shows as payload types 64–95 (RFC 5761 §4). */
export function isRtcp(datagram: Buffer): boolean {
  const type = datagram[1]! & 0x7f;
  return datagram.length >= 8 && datagram[0]! >> 6 === 2 && type >= 64 && type <= 95;
}

export function parseRtp(datagram: Buffer): RtpPacket | undefined {
  if (datagram.length < rtpHeaderBytes || datagram[0]! >> 6 !== 2) return undefined;
  const first = datagram[0]!;
  let start = rtpHeaderBytes + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (datagram.length < start + 4) return undefined;
    start += 4 + datagram.readUInt16BE(start + 2) * 4;
  }
  let end = datagram.length;
  if (first & 0x20) {
    const padding = datagram[end - 1]!;
    if (padding === 0) return undefined;
    end -= padding;
  }
  if (start > end) return undefined;
  return {
    payloadType: datagram[1]! & 0x7f,
    marker: datagram[1]! >> 7 === 1,
    sequence: datagram.readUInt16BE(2),
    timestamp: datagram.readUInt32BE(4),
    ssrc: datagram.readUInt32BE(8),
    payload: datagram.subarray(start, end),
    plain: start === rtpHeaderBytes && end === datagram.length,
  };
}

/** Writes the fixed header into the first 12 bytes of `packet`. */
export function writeRtpHeader(
  packet: Buffer,
  header: { payloadType: number; marker: boolean; sequence: number; timestamp: number; ssrc: number },
): void {
  packet[0] = 0x80;
  packet[1] = header.payloadType | (header.marker ? 0x80 : 0);
  packet.writeUInt16BE(header.sequence & 0xffff, 2);
  packet.writeUInt32BE(header.timestamp >>> 0, 4);
  packet.writeUInt32BE(header.ssrc >>> 0, 8);
}

/** Signed distance from `from` to `to` on a ring of 2^16. */
export const sequenceDistance = (from: number, to: number) => ((to - from) << 16) >> 16;
/** Signed distance from `from` to `to` on a ring of 2^32. */
export const timestampDistance = (from: number, to: number) => (to - from) | 0;
