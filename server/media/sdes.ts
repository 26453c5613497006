import { timingSafeEqual } from "node:crypto";
import { AppError } from "../kernel/errors.ts";
import type { SdpAudio } from "./sdp.ts";
import { type SrtpSuite, srtpSuites } from "./srtp-keys.ts";

/**
 * Encryption of a plain RTP leg: `preferred` offers keys on an `RTP/AVP` line, which a party without SRTP may ignore
 * (RFC 8643), and takes whatever the party offers; `required` offers and takes nothing but SRTP.
 */
export type SrtpMode = "off" | "preferred" | "required";

/** One `a=crypto` line (RFC 4568 §9.1): who writes it sends with this key. */
export interface CryptoLine {
  tag: number;
  suite: SrtpSuite;
  /** Master key and salt. */
  master: Buffer;
  /** Length of the master key identifier in each packet; 0 without one. */
  mkiBytes: number;
}

/** Lets a party ignore what it does not know: it leaves neither encryption nor authentication out. */
const harmless = /^(WSH=\d+|-.*)$/;

/** Undefined for a line that we cannot follow: another suite, several keys, a session parameter that weakens it. */
export function parseCrypto(value: string): CryptoLine | undefined {
  const match = /^(\d{1,9})\s+(\S+)\s+inline:(\S+?)(?:\s+(.*\S))?\s*$/i.exec(value);
  const suite = srtpSuites.find(({ name }) => name === match?.[2]?.toUpperCase());
  if (!match || !suite) return undefined;
  const [key = "", ...limits] = match[3]!.split("|");
  const master = Buffer.from(key, "base64");
  if (key.includes(";") || master.length !== suite.keyBytes + suite.saltBytes) return undefined;
  if (match[4]?.split(/\s+/).some((parameter) => !harmless.test(parameter))) return undefined;
  const mki = limits.map((limit) => /^\d+:(\d{1,3})$/.exec(limit)?.[1]).find((bytes) => bytes !== undefined);
  return { tag: Number(match[1]), suite, master, mkiBytes: Number(mki ?? 0) };
}

export const formatCrypto = ({ tag, suite, master }: CryptoLine) =>
  `a=crypto:${tag} ${suite.name} inline:${master.toString("base64")}`;

export const isSavp = (profile: string) => /^RTP\/SAVPF?$/.test(profile);

/**
 * The line of the party's body that both sides can use, the first in its order; undefined for plain RTP.
 * @throws AppError `srtp-required` or `srtp-not-allowed` (488) when that is not what `mode` allows.
 */
export function chooseCrypto(mode: SrtpMode, audio: SdpAudio): CryptoLine | undefined {
  const usable = audio.crypto.map(parseCrypto).find((line) => line !== undefined);
  const wantsSrtp = isSavp(audio.profile);
  if (mode === "off") {
    if (!wantsSrtp) return undefined;
    const message = "The party offers encrypted audio (SRTP) alone, which is turned off here.";
    throw new AppError("srtp-not-allowed", 488, message);
  }
  if (usable) return usable;
  if (mode === "preferred" && !wantsSrtp) return undefined;
  const suites = audio.crypto.map((line) => line.split(/\s+/)[1] ?? "").join(", ");
  const message = suites
    ? `The party's audio encryption (${suites}) is none that we know (${srtpSuites.map(({ name }) => name).join(", ")}).`
    : "Encrypted audio (SRTP) is required here, and the party names no key for it.";
  throw new AppError("srtp-required", 488, message);
}

export const isSameKey = (a: CryptoLine, b: CryptoLine) =>
  a.suite === b.suite && a.mkiBytes === b.mkiBytes && timingSafeEqual(a.master, b.master);
