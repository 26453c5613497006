/**
 * RTCP as the carrier writes and reads it (RFC 3550 §6): a hand of its own, like its SDP, so that a mistake of the
 * product's shows. One report every five seconds and stream, no more than a test network needs.
 */
const reportFrames = 250;
const ntpEpochSeconds = 2_208_988_800;

/** Time of day as NTP's 32.32 fixed point, in two words. */
function ntpNow(): [seconds: number, fraction: number] {
  const now = Date.now() / 1000 + ntpEpochSeconds;
  return [Math.floor(now), Math.floor((now % 1) * 2 ** 32)];
}

export class CarrierReports {
  /** What the party's last report says of our stream; undefined before the first. */
  heard: { lost: number; fractionLost: number; jitter: number } | undefined;
  readonly #ssrc: number;
  #frames: number;
  #sent = { packets: 0, octets: 0, timestamp: 0 };
  #party: { ssrc: number; base: number; highest: number; received: number } | undefined;
  #partyReport: { at: number; ntp: number } | undefined;

  /** `phase` 0 to 1 spreads the streams' reports. */
  constructor(ssrc: number, phase: number) {
    this.#ssrc = ssrc;
    this.#frames = Math.floor(phase * (reportFrames / 2));
  }

  sent(octets: number, timestamp: number): void {
    this.#sent = { packets: this.#sent.packets + 1, octets: this.#sent.octets + octets, timestamp };
  }

  received(ssrc: number, sequence: number): void {
    if (this.#party?.ssrc !== ssrc) this.#party = { ssrc, base: sequence, highest: sequence, received: 0 };
    const ahead = (sequence - this.#party.highest) & 0xffff;
    if (ahead < 0x8000) this.#party.highest += ahead;
    this.#party.received += 1;
  }

  /** Called every 20 ms; a compound packet when one is due. */
  due(): Buffer | undefined {
    this.#frames += 1;
    return this.#frames % reportFrames === 0 && this.#sent.packets > 0 ? this.#write() : undefined;
  }

  take(packet: Buffer): void {
    for (let at = 0; at + 8 <= packet.length; at += (packet.readUInt16BE(at + 2) + 1) * 4) {
      const type = packet[at + 1];
      if (type === 200 && at + 28 <= packet.length)
        this.#partyReport = { at: Date.now(), ntp: packet.readUInt32BE(at + 10) };
      const block = type === 200 ? at + 28 : type === 201 ? at + 8 : Infinity;
      if ((packet[at]! & 0x1f) === 0 || block + 24 > packet.length) continue;
      if (packet.readUInt32BE(block) !== this.#ssrc) continue;
      this.heard = {
        fractionLost: packet[block + 4]! / 256,
        lost: packet.readUIntBE(block + 5, 3),
        jitter: packet.readUInt32BE(block + 12),
      };
    }
  }

  #write(): Buffer {
    const party = this.#party;
    const packet = Buffer.alloc((party ? 52 : 28) + 16);
    const [seconds, fraction] = ntpNow();
    packet.writeUInt32BE(0x80c8_0000 + (party ? 0x0100_000c : 6), 0);
    packet.writeUInt32BE(this.#ssrc, 4);
    packet.writeUInt32BE(seconds >>> 0, 8);
    packet.writeUInt32BE(fraction, 12);
    packet.writeUInt32BE(this.#sent.timestamp >>> 0, 16);
    packet.writeUInt32BE(this.#sent.packets, 20);
    packet.writeUInt32BE(this.#sent.octets, 24);
    if (party) {
      const lost = Math.max(0, party.highest - party.base + 1 - party.received);
      packet.writeUInt32BE(party.ssrc, 28);
      packet.writeUIntBE(lost, 33, 3);
      packet.writeUInt32BE(party.highest >>> 0, 36);
      packet.writeUInt32BE(this.#partyReport?.ntp ?? 0, 44);
      const delayMs = this.#partyReport ? Date.now() - this.#partyReport.at : 0;
      packet.writeUInt32BE(Math.round((delayMs * 65_536) / 1000), 48);
    }
    // SDES with a CNAME.
    const sdes = packet.length - 16;
    packet.writeUInt32BE(0x81ca_0003, sdes);
    packet.writeUInt32BE(this.#ssrc, sdes + 4);
    packet.set([1, 5], sdes + 8);
    packet.write("voice", sdes + 10, "latin1");
    return packet;
  }
}
