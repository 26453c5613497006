import { CounterModeCipher, GcmCipher, type SrtpCipher } from "./srtp-cipher.ts";
import { PacketIndex, ReplayWindow } from "./srtp-index.ts";
import { deriveKeys, type SessionKeys, type SrtpSuite } from "./srtp-keys.ts";
import { rtpHeaderBytes } from "./rtp-packet.ts";

/** A party changes its SSRC now and then; more streams than this are forgotten, the oldest first. */
const maxStreams = 8;
const rtcpHeaderBytes = 8;
/** SRTCP's flag that the packet is encrypted, before its 31-bit index (RFC 3711 §3.4). */
const encryptedFlag = 0x8000_0000;

/**
 * One direction under one master key: protects what we send, or opens what comes. Bytes that are no SRTP, not authentic
 * or seen before yield undefined. A 172-byte packet costs 3.9 µs of a core, sealed or opened, with AES-CM and HMAC-SHA1, and
 * 3.5 µs with GCM (`npm run bench -- srtp`).
 */
export class SrtpContext {
  readonly suite: SrtpSuite;
  readonly #rtp: SrtpCipher;
  readonly #rtcp: SrtpCipher;
  readonly #mkiBytes: number;
  readonly #streams = new Map<number, PacketIndex>();
  readonly #rtcpSeen = new ReplayWindow();
  #rtcpIndex = 0;

  /** `master` is key and salt in one; `mkiBytes` the length of the master key identifier that packets carry. */
  constructor(suite: SrtpSuite, master: Buffer, mkiBytes = 0) {
    this.suite = suite;
    this.#mkiBytes = mkiBytes;
    const keys = deriveKeys(suite, master);
    this.#rtp = cipherOf(suite, keys.rtp, suite.tagBytes);
    this.#rtcp = cipherOf(suite, keys.rtcp, suite.rtcpTagBytes);
  }

  /** Undefined for a packet whose number was used before: its key stream must not be used again (RFC 3711 §9.1). */
  protectRtp(packet: Buffer): Buffer | undefined {
    const ssrc = packet.readUInt32BE(8);
    const stream = this.#stream(ssrc);
    const index = stream.estimate(packet.readUInt16BE(2));
    if (index < 0 || !stream.window.isNew(index)) return undefined;
    stream.add(index);
    return this.#rtp.seal(packet, headerBytesOf(packet), nonceOf(ssrc, index));
  }

  unprotectRtp(packet: Buffer): Buffer | undefined {
    const end = packet.length - this.suite.tagBytes - this.#mkiBytes;
    const start = packet.length < rtpHeaderBytes ? Infinity : headerBytesOf(packet);
    if (start > end) return undefined;
    const ssrc = packet.readUInt32BE(8);
    const stream = this.#streams.get(ssrc) ?? new PacketIndex();
    const index = stream.estimate(packet.readUInt16BE(2));
    if (index < 0 || !stream.window.isNew(index)) return undefined;
    const plain = this.#rtp.open(packet, start, end, nonceOf(ssrc, index));
    if (!plain) return undefined;
    stream.add(index);
    if (!this.#streams.has(ssrc)) this.#remember(ssrc, stream);
    return plain;
  }

  protectRtcp(packet: Buffer): Buffer {
    const index = this.#rtcpIndex;
    this.#rtcpIndex = (index + 1) & 0x7fff_ffff;
    const nonce = nonceOf(packet.readUInt32BE(4), index);
    return this.#rtcp.seal(packet, rtcpHeaderBytes, nonce, (encryptedFlag | index) >>> 0);
  }

  unprotectRtcp(packet: Buffer): Buffer | undefined {
    const { aead, rtcpTagBytes } = this.suite;
    // Behind the packet: index, MKI, tag; with an AEAD suite tag, index, MKI.
    const wordAt = packet.length - this.#mkiBytes - 4 - (aead ? 0 : rtcpTagBytes);
    const end = aead ? wordAt - rtcpTagBytes : wordAt;
    if (end < rtcpHeaderBytes) return undefined;
    const word = packet.readUInt32BE(wordAt);
    const index = word & 0x7fff_ffff;
    // A party that leaves RTCP in the clear did not agree on that.
    if (word < encryptedFlag || !this.#rtcpSeen.isNew(index)) return undefined;
    const nonce = nonceOf(packet.readUInt32BE(4), index);
    const plain = this.#rtcp.open(packet, rtcpHeaderBytes, end, nonce, word);
    if (plain) this.#rtcpSeen.add(index);
    return plain;
  }

  #stream(ssrc: number): PacketIndex {
    const known = this.#streams.get(ssrc);
    if (known) return known;
    const stream = new PacketIndex();
    this.#remember(ssrc, stream);
    return stream;
  }

  #remember(ssrc: number, stream: PacketIndex): void {
    if (this.#streams.size >= maxStreams) this.#streams.delete(this.#streams.keys().next().value!);
    this.#streams.set(ssrc, stream);
  }
}

function cipherOf(suite: SrtpSuite, keys: SessionKeys, tagBytes: number): SrtpCipher {
  return suite.aead ? new GcmCipher(keys, suite) : new CounterModeCipher(keys, tagBytes);
}

/** The upper 32 and lower 16 bits of the 48-bit index, as RTP and RTCP both use it. */
const nonceOf = (ssrc: number, index: number) => ({
  ssrc,
  high: Math.floor(index / 65_536),
  low: index & 0xffff,
});

/** Where the payload begins: CSRCs and the extension stay readable (RFC 3711 §3.1). */
function headerBytesOf(packet: Buffer): number {
  const first = packet[0]!;
  const start = rtpHeaderBytes + (first & 0x0f) * 4;
  if (!(first & 0x10)) return start;
  return packet.length < start + 4 ? Infinity : start + 4 + packet.readUInt16BE(start + 2) * 4;
}
