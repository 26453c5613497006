import type { ReceptionReport } from "./rtp-reception.ts";

/** Sender and receiver reports (RFC 3550 §6.4), CNAME (§6.5.1) and BYE (§6.6), in one compound packet. */
export interface SenderReport {
  ssrc: number;
  timestamp: number;
  packets: number;
  octets: number;
  /** False: a receiver report is due; default true. */
  active?: boolean;
}

/** What a report block of the party says about our stream. */
export interface PartyBlock {
  /** Share of the packets since its last report, 0 to 1. */
  fractionLost: number;
  cumulativeLost: number;
  /** Extended by the count of wraps. */
  highestSequence: number;
  /** In units of our stream's clock. */
  jitter: number;
  lastSenderReport: number;
  delaySinceLast: number;
}

/** What a compound packet of the party tells us. */
export interface PartyReport {
  /** It holds a sender or receiver report at all. */
  reports: boolean;
  /** Middle 32 bits of the NTP time in its sender report. */
  lastSenderReport?: number;
  /** Its report about our stream. */
  about?: PartyBlock;
  bye: boolean;
}

const ntpEpochSeconds = 2_208_988_800;

/** The middle 32 bits of NTP time (§6.4.1, LSR): units of 1/65536 s. */
export const shortNtp = (epochMs: number) =>
  Math.floor(((epochMs / 1000 + ntpEpochSeconds) % 65_536) * 65_536) >>> 0;

/**
 * A sender report, or a receiver report when `sender.active` is false (§6.4: nothing was sent since the last but one).
 * `lastReport` is what we know of the party's last sender report: its short NTP time and when it came.
 */
export function buildRtcp(
  sender: SenderReport,
  reception: ReceptionReport | undefined,
  lastReport: { shortNtp: number; at: number } | undefined,
  epochMs: number,
  bye = false,
): Buffer {
  const isSender = sender.active !== false;
  const head = isSender ? 28 : 8;
  const report = Buffer.alloc(head + (reception ? 24 : 0));
  report[0] = 0x80 | (reception ? 1 : 0);
  report[1] = isSender ? 200 : 201;
  report.writeUInt16BE(report.length / 4 - 1, 2);
  report.writeUInt32BE(sender.ssrc, 4);
  if (isSender) {
    const seconds = epochMs / 1000 + ntpEpochSeconds;
    report.writeUInt32BE(Math.floor(seconds) >>> 0, 8);
    report.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32) >>> 0, 12);
    report.writeUInt32BE(sender.timestamp >>> 0, 16);
    report.writeUInt32BE(sender.packets >>> 0, 20);
    report.writeUInt32BE(sender.octets >>> 0, 24);
  }
  if (reception) writeBlock(report.subarray(head), reception, lastReport, epochMs);
  const parts = [report, cname(sender.ssrc)];
  if (bye) parts.push(Buffer.from([0x81, 203, 0, 1, ...ssrcBytes(sender.ssrc)]));
  return Buffer.concat(parts);
}

function writeBlock(
  block: Buffer,
  reception: ReceptionReport,
  last: { shortNtp: number; at: number } | undefined,
  epochMs: number,
): void {
  block.writeUInt32BE(reception.ssrc, 0);
  block[4] = reception.fractionLost;
  block.writeUIntBE(Math.min(0x7f_ffff, reception.cumulativeLost), 5, 3);
  block.writeUInt32BE(reception.highestSequence, 8);
  block.writeUInt32BE(reception.jitter >>> 0, 12);
  block.writeUInt32BE(last?.shortNtp ?? 0, 16);
  block.writeUInt32BE(last ? Math.round(((epochMs - last.at) * 65_536) / 1000) >>> 0 : 0, 20);
}

function ssrcBytes(ssrc: number): number[] {
  return [ssrc >>> 24, (ssrc >>> 16) & 255, (ssrc >>> 8) & 255, ssrc & 255];
}

/** The name is the SSRC in hexadecimal: it tells nothing about the machine (RFC 7022). */
function cname(ssrc: number): Buffer {
  const chunk = Buffer.alloc(20);
  chunk.set([0x81, 202, 0, 4, ...ssrcBytes(ssrc), 1, 8]);
  chunk.write(ssrc.toString(16).padStart(8, "0"), 10, "latin1");
  return chunk;
}

/**
 * Reads a compound packet; packets of other types (XR of RFC 3611, APP, feedback) are passed over, anything malformed
 * ends the reading. `ourSsrc` picks the block about us.
 */
export function parseRtcp(datagram: Buffer, ourSsrc: number): PartyReport {
  const result: PartyReport = { reports: false, bye: false };
  for (let at = 0; at + 4 <= datagram.length;) {
    const end = at + (datagram.readUInt16BE(at + 2) + 1) * 4;
    const type = datagram[at + 1]!;
    if (datagram[at]! >> 6 !== 2 || end > datagram.length) break;
    if (type === 203) result.bye = true;
    const isSender = type === 200 && end - at >= 28;
    if (isSender) result.lastSenderReport = datagram.readUInt32BE(at + 10);
    if (isSender || (type === 201 && end - at >= 8)) {
      result.reports = true;
      const first = at + (isSender ? 28 : 8);
      const last = Math.min(end, first + (datagram[at]! & 0x1f) * 24);
      for (let block = first; block + 24 <= last; block += 24)
        if (datagram.readUInt32BE(block) === ourSsrc) result.about = readBlock(datagram, block);
    }
    at = end;
  }
  return result;
}

const readBlock = (datagram: Buffer, at: number): PartyBlock => ({
  fractionLost: datagram[at + 4]! / 256,
  // Signed: duplicates make it negative.
  cumulativeLost: datagram.readIntBE(at + 5, 3),
  highestSequence: datagram.readUInt32BE(at + 8),
  jitter: datagram.readUInt32BE(at + 12),
  lastSenderReport: datagram.readUInt32BE(at + 16),
  delaySinceLast: datagram.readUInt32BE(at + 20),
});

/** Round trip in ms out of the party's report about us; undefined when it has not heard our report yet. */
export function roundTripMs(
  about: Pick<PartyBlock, "lastSenderReport" | "delaySinceLast"> | undefined,
  epochMs: number,
): number | undefined {
  if (!about || about.lastSenderReport === 0) return undefined;
  const units = (shortNtp(epochMs) - about.lastSenderReport - about.delaySinceLast) | 0;
  return units < 0 ? 0 : Math.round((units * 1000) / 65_536);
}
