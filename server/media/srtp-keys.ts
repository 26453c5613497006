import { createCipheriv, createSecretKey, type KeyObject } from "node:crypto";

/** A crypto suite of SDES (RFC 4568 §6.2, RFC 7714 §14.2). Lengths in bytes. */
export interface SrtpSuite {
  readonly name: string;
  readonly keyBytes: 16 | 32;
  readonly saltBytes: 12 | 14;
  readonly tagBytes: number;
  readonly rtcpTagBytes: number;
  readonly aead: boolean;
}

/** In the order of our offers: GCM is both the cheaper and the stronger. */
export const srtpSuites: readonly SrtpSuite[] = [
  { name: "AEAD_AES_128_GCM", keyBytes: 16, saltBytes: 12, tagBytes: 16, rtcpTagBytes: 16, aead: true },
  {
    name: "AES_CM_128_HMAC_SHA1_80",
    keyBytes: 16,
    saltBytes: 14,
    tagBytes: 10,
    rtcpTagBytes: 10,
    aead: false,
  },
  {
    name: "AES_CM_128_HMAC_SHA1_32",
    keyBytes: 16,
    saltBytes: 14,
    tagBytes: 4,
    rtcpTagBytes: 10,
    aead: false,
  },
  { name: "AEAD_AES_256_GCM", keyBytes: 32, saltBytes: 12, tagBytes: 16, rtcpTagBytes: 16, aead: true },
];

/** Keys as objects: given as bytes, OpenSSL prepares them anew for each packet, at 10 µs instead of 2. */
export interface SessionKeys {
  key: KeyObject;
  salt: Buffer;
  /** HMAC-SHA1's; unused with an AEAD suite. */
  auth: KeyObject;
}

const labels = { rtp: [0, 1, 2], rtcp: [3, 4, 5] } as const;
const authKeyBytes = 20;

/** Session keys for RTP and for RTCP out of the master key and salt, key derivation rate 0 (RFC 3711 §4.3, RFC 7714 §11). */
export function deriveKeys(suite: SrtpSuite, master: Buffer): { rtp: SessionKeys; rtcp: SessionKeys } {
  const key = master.subarray(0, suite.keyBytes);
  const salt = master.subarray(suite.keyBytes, suite.keyBytes + suite.saltBytes);
  const derive = (label: number, bytes: number) => {
    // A 96-bit salt counts as its 112 bits with zeros behind.
    const iv = Buffer.alloc(16);
    salt.copy(iv);
    iv[7]! ^= label;
    return createCipheriv(`aes-${suite.keyBytes * 8}-ctr`, key, iv).update(Buffer.alloc(bytes));
  };
  const keysOf = ([encryption, auth, salting]: readonly [number, number, number]): SessionKeys => ({
    key: createSecretKey(derive(encryption, suite.keyBytes)),
    auth: createSecretKey(derive(auth, authKeyBytes)),
    salt: derive(salting, suite.saltBytes),
  });
  return { rtp: keysOf(labels.rtp), rtcp: keysOf(labels.rtcp) };
}
