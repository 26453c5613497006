import { createCipheriv, createDecipheriv, createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import type { SessionKeys, SrtpSuite } from "./srtp-keys.ts";

/**
 * Encryption and authentication of one packet. `start` is where the encrypted part begins; `ssrc`, `high` and `low`
 * (32 and 16 bits of the packet index) make its initialisation vector.
 */
export interface SrtpCipher {
  /** The sealed packet in a buffer of its own, `extra` bytes (authenticated after the packet) before the tag or behind it. */
  seal(packet: Buffer, start: number, nonce: Nonce, extra?: number): Buffer;
  /** The packet without its tag, decrypted in place; undefined when it is not authentic. `end` is where the tag begins. */
  open(packet: Buffer, start: number, end: number, nonce: Nonce, extra?: number): Buffer | undefined;
}

export interface Nonce {
  ssrc: number;
  high: number;
  low: number;
}

const blockBytes = 16;
/** Longest packet: Ethernet's, rounded up to blocks. */
const maxBlocks = 96;

/**
 * AES in counter mode with HMAC-SHA1 (RFC 3711 §4.1.1, §4.2.1). The key stream is made by one ECB pass over prepared
 * counter blocks on a cipher that lives as long as the key: half the price of a new CTR cipher for each packet.
 */
export class CounterModeCipher implements SrtpCipher {
  readonly #aes;
  readonly #salt: [number, number, number, number];
  readonly #auth: KeyObject;
  readonly #tagBytes: number;
  readonly #blocks = Buffer.alloc(maxBlocks * blockBytes);

  constructor(keys: SessionKeys, tagBytes: number) {
    this.#aes = createCipheriv("aes-128-ecb", keys.key, null).setAutoPadding(false);
    this.#auth = keys.auth;
    this.#tagBytes = tagBytes;
    const { salt } = keys;
    this.#salt = [salt.readUInt32BE(0), salt.readUInt32BE(4), salt.readUInt32BE(8), salt.readUInt16BE(12)];
    for (let block = 0; block < maxBlocks; block++) {
      this.#blocks.writeUInt32BE(this.#salt[0], block * blockBytes);
      this.#blocks.writeUInt16BE(block, block * blockBytes + 14);
    }
  }

  /** `extra` is the rollover counter (authenticated, not sent) or SRTCP's index word (sent): the tag follows it. */
  seal(packet: Buffer, start: number, nonce: Nonce, extra?: number): Buffer {
    const isRtcp = extra !== undefined;
    const length = packet.length + (isRtcp ? 4 : 0);
    const sealed = Buffer.allocUnsafe(length + this.#tagBytes);
    packet.copy(sealed, 0, 0, isRtcp ? packet.length : start);
    this.#xor(packet, sealed, start, packet.length, nonce);
    // The rollover counter stands where the tag comes: it is authenticated in that place.
    sealed.writeUInt32BE(extra ?? nonce.high, packet.length);
    this.#mac(sealed.subarray(0, packet.length + 4)).copy(sealed, length, 0, this.#tagBytes);
    return sealed;
  }

  open(packet: Buffer, start: number, end: number, nonce: Nonce, extra?: number): Buffer | undefined {
    const behind = Buffer.from(packet.subarray(end));
    packet.writeUInt32BE(extra ?? nonce.high, end);
    const wanted = this.#mac(packet.subarray(0, end + 4)).subarray(0, this.#tagBytes);
    if (!timingSafeEqual(wanted, behind.subarray(behind.length - this.#tagBytes))) {
      behind.copy(packet, end);
      return undefined;
    }
    this.#xor(packet, packet, start, end, nonce);
    return packet.subarray(0, end);
  }

  #mac(bytes: Buffer): Buffer {
    return createHmac("sha1", this.#auth).update(bytes).digest();
  }

  #xor(from: Buffer, into: Buffer, start: number, end: number, nonce: Nonce): void {
    const count = Math.min(maxBlocks, Math.ceil((end - start) / blockBytes));
    const second = (this.#salt[1] ^ nonce.ssrc) >>> 0;
    const third = (this.#salt[2] ^ nonce.high) >>> 0;
    const fourth = this.#salt[3] ^ nonce.low;
    const blocks = this.#blocks;
    for (let at = 4; at < count * blockBytes; at += blockBytes) {
      blocks.writeUInt32BE(second, at);
      blocks.writeUInt32BE(third, at + 4);
      blocks.writeUInt16BE(fourth, at + 8);
    }
    const stream = this.#aes.update(blocks.subarray(0, count * blockBytes));
    for (let i = start; i < end; i++) into[i] = from[i]! ^ stream[i - start]!;
  }
}

const gcmTagBytes = 16;

/** AES-GCM (RFC 7714 §8, §9). SRTCP's index word is authenticated with the header, and sent behind the tag. */
export class GcmCipher implements SrtpCipher {
  readonly #key: KeyObject;
  readonly #salt: Buffer;
  readonly #name: "aes-128-gcm" | "aes-256-gcm";
  readonly #iv = Buffer.alloc(12);

  constructor(keys: SessionKeys, suite: Pick<SrtpSuite, "keyBytes">) {
    this.#key = keys.key;
    this.#salt = keys.salt;
    this.#name = suite.keyBytes === 16 ? "aes-128-gcm" : "aes-256-gcm";
  }

  seal(packet: Buffer, start: number, nonce: Nonce, extra?: number): Buffer {
    const cipher = createCipheriv(this.#name, this.#key, this.#ivOf(nonce));
    const sealed = Buffer.allocUnsafe(packet.length + gcmTagBytes + (extra === undefined ? 0 : 4));
    packet.copy(sealed, 0, 0, start);
    cipher.setAAD(associated(packet, start, extra));
    cipher.update(packet.subarray(start)).copy(sealed, start);
    cipher.final();
    cipher.getAuthTag().copy(sealed, packet.length);
    if (extra !== undefined) sealed.writeUInt32BE(extra, packet.length + gcmTagBytes);
    return sealed;
  }

  open(packet: Buffer, start: number, end: number, nonce: Nonce, extra?: number): Buffer | undefined {
    const cipher = createDecipheriv(this.#name, this.#key, this.#ivOf(nonce));
    cipher.setAAD(associated(packet, start, extra));
    cipher.setAuthTag(packet.subarray(end, end + gcmTagBytes));
    const plain = cipher.update(packet.subarray(start, end));
    try {
      cipher.final();
    } catch {
      return undefined;
    }
    plain.copy(packet, start);
    return packet.subarray(0, end);
  }

  #ivOf(nonce: Nonce): Buffer {
    const iv = this.#iv;
    iv.writeUInt16BE(0, 0);
    iv.writeUInt32BE(nonce.ssrc, 2);
    iv.writeUInt32BE(nonce.high, 6);
    iv.writeUInt16BE(nonce.low, 10);
    for (let i = 0; i < iv.length; i++) iv[i]! ^= this.#salt[i]!;
    return iv;
  }
}

function associated(packet: Buffer, start: number, extra: number | undefined): Buffer {
  if (extra === undefined) return packet.subarray(0, start);
  const data = Buffer.allocUnsafe(start + 4);
  packet.copy(data, 0, 0, start);
  data.writeUInt32BE(extra, start);
  return data;
}
