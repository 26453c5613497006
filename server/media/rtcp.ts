import type { ReceptionReport } from "./rtp-reception.ts";

/** Sender and receiver reports (RFC 3550 §6.4), CNAME (§6.5.1) and BYE (§6.6), in one compound packet. */
export interface SenderReport {
  ssrc: number;
  timestamp: number;
  packets: number;
  octets: number;
}

/** What a report from the party tells us. */
export interface PartyReport {
  /** Middle 32 bits of the NTP time in its sender report. */
  lastSenderReport?: number;
  /** Its report about our stream. */
  about?: { fractionLost: number; lastSenderReport: number; delaySinceLast: number };
}

const ntpEpochSeconds = 2_208_988_800;

/** The middle 32 bits of NTP time (§6.4.1, LSR): units of 1/65536 s. */
export const shortNtp = (epochMs: number) =>
  Math.floor(((epochMs / 1000 + ntpEpochSeconds) % 65_536) * 65_536) >>> 0;

/** `lastReport` is what we know of the party's last sender report: its short NTP time and when it came. */
export function buildRtcp(
  sender: SenderReport,
  reception: ReceptionReport | undefined,
  lastReport: { shortNtp: number; at: number } | undefined,
  epochMs: number,
  bye = false,
): Buffer {
  const report = Buffer.alloc(28 + (reception ? 24 : 0));
  report[0] = 0x80 | (reception ? 1 : 0);
  report[1] = 200;
  report.writeUInt16BE(report.length / 4 - 1, 2);
  report.writeUInt32BE(sender.ssrc, 4);
  const seconds = epochMs / 1000 + ntpEpochSeconds;
  report.writeUInt32BE(Math.floor(seconds) >>> 0, 8);
  report.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32) >>> 0, 12);
  report.writeUInt32BE(sender.timestamp >>> 0, 16);
  report.writeUInt32BE(sender.packets >>> 0, 20);
  report.writeUInt32BE(sender.octets >>> 0, 24);
  if (reception) writeBlock(report.subarray(28), reception, lastReport, epochMs);
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

/** Reads a compound packet; anything malformed ends the reading. `ourSsrc` picks the block about us. */
export function parseRtcp(datagram: Buffer, ourSsrc: number): PartyReport {
  const result: PartyReport = {};
  for (let at = 0; at + 8 <= datagram.length;) {
    const end = at + (datagram.readUInt16BE(at + 2) + 1) * 4;
    const type = datagram[at + 1]!;
    if (datagram[at]! >> 6 !== 2 || end > datagram.length) break;
    if (type === 200 && end - at >= 28) result.lastSenderReport = datagram.readUInt32BE(at + 10);
    const count = type === 200 || type === 201 ? datagram[at]! & 0x1f : 0;
    const blocks = at + (type === 200 ? 28 : 8);
    for (let i = 0; i < count && blocks + (i + 1) * 24 <= end; i++) {
      const block = datagram.subarray(blocks + i * 24, blocks + (i + 1) * 24);
      if (block.readUInt32BE(0) !== ourSsrc) continue;
      result.about = {
        fractionLost: block[4]! / 256,
        lastSenderReport: block.readUInt32BE(16),
        delaySinceLast: block.readUInt32BE(20),
      };
    }
    at = end;
  }
  return result;
}

/** Round trip in ms out of the party's report about us; undefined when it has not heard our report yet. */
export function roundTripMs(about: PartyReport["about"], epochMs: number): number | undefined {
  if (!about || about.lastSenderReport === 0) return undefined;
  const units = (shortNtp(epochMs) - about.lastSenderReport - about.delaySinceLast) | 0;
  return units < 0 ? 0 : Math.round((units * 1000) / 65_536);
}
