import { randomBytes } from "node:crypto";
import { chooseCrypto, type CryptoLine, isSameKey, type SrtpMode } from "./sdes.ts";
import type { SdpAudio } from "./sdp.ts";
import { SrtpContext } from "./srtp-context.ts";
import { srtpSuites } from "./srtp-keys.ts";

/** Packets under the old key may be on their way for as long after a change (RFC 4568 §7.1.4). */
const oldKeyMs = 5000;

const freshLine = (tag: number, suite: CryptoLine["suite"]): CryptoLine => ({
  tag,
  suite,
  master: randomBytes(suite.keyBytes + suite.saltBytes),
  mkiBytes: 0,
});

/**
 * Keys of one leg over its life (RFC 4568): what we offer, what was agreed, and both directions' contexts. A body that
 * repeats the keys keeps the contexts, with their rollover counters; a new key of the party gets a new one of ours.
 */
export class SrtpSession {
  readonly #mode: SrtpMode;
  #offered: CryptoLine[] | undefined;
  #ours: CryptoLine | undefined;
  #theirs: CryptoLine | undefined;
  #out: SrtpContext | undefined;
  #in: SrtpContext | undefined;
  #before: { context: SrtpContext; until: number } | undefined;

  constructor(mode: SrtpMode) {
    this.#mode = mode;
  }

  /** Packets are encrypted. */
  get active(): boolean {
    return this.#in !== undefined;
  }

  get suite(): string | undefined {
    return this.#in?.suite.name;
  }

  /** The lines and profile of our offer; once agreed, the key that we send with alone. */
  offer(): { lines: readonly CryptoLine[]; profile: "RTP/AVP" | "RTP/SAVP" } {
    if (this.#mode === "off") return { lines: [], profile: "RTP/AVP" };
    this.#offered ??= srtpSuites.map((suite, index) => freshLine(index + 1, suite));
    const lines = this.#ours ? [this.#ours] : this.#offered;
    return { lines, profile: this.#mode === "required" ? "RTP/SAVP" : "RTP/AVP" };
  }

  /** The party's answer to our offer. @throws AppError `srtp-required` or `srtp-not-allowed`. */
  acceptAnswer(audio: SdpAudio, at: number): void {
    const line = chooseCrypto(this.#mode, audio);
    const lines = this.#ours ? [this.#ours] : (this.#offered ?? []);
    // The tag names the line of ours that it takes (§5.1.2); some write 1 whatever they take.
    const ours =
      lines.find((own) => own.tag === line?.tag && own.suite === line.suite) ??
      lines.find((own) => own.suite === line?.suite);
    this.#use(line && ours ? { ours, theirs: line } : undefined, at);
  }

  /** The party's offer; the line of our answer, absent for plain RTP. @throws AppError as `acceptAnswer`. */
  answer(audio: SdpAudio, at: number): CryptoLine | undefined {
    const theirs = chooseCrypto(this.#mode, audio);
    if (!theirs) {
      this.#use(undefined, at);
      return undefined;
    }
    const isKept = this.#theirs !== undefined && this.#ours && isSameKey(this.#theirs, theirs);
    const ours = isKept ? { ...this.#ours!, tag: theirs.tag } : freshLine(theirs.tag, theirs.suite);
    this.#use({ ours, theirs }, at);
    return ours;
  }

  sealRtp(packet: Buffer): Buffer | undefined {
    return this.#out ? this.#out.protectRtp(packet) : packet;
  }

  sealRtcp(packet: Buffer): Buffer {
    return this.#out?.protectRtcp(packet) ?? packet;
  }

  openRtp(packet: Buffer, at: number): Buffer | undefined {
    if (!this.#in) return packet;
    return this.#in.unprotectRtp(packet) ?? this.#old(at)?.unprotectRtp(packet);
  }

  openRtcp(packet: Buffer, at: number): Buffer | undefined {
    if (!this.#in) return packet;
    return this.#in.unprotectRtcp(packet) ?? this.#old(at)?.unprotectRtcp(packet);
  }

  #old(at: number): SrtpContext | undefined {
    if (this.#before && at > this.#before.until) this.#before = undefined;
    return this.#before?.context;
  }

  #use(pair: { ours: CryptoLine; theirs: CryptoLine } | undefined, at: number): void {
    if (!pair) {
      this.#ours = this.#theirs = this.#in = this.#out = this.#before = undefined;
      return;
    }
    const { ours, theirs } = pair;
    if (!this.#theirs || !isSameKey(this.#theirs, theirs)) {
      if (this.#in) this.#before = { context: this.#in, until: at + oldKeyMs };
      this.#in = new SrtpContext(theirs.suite, theirs.master, theirs.mkiBytes);
    }
    if (!this.#ours || !isSameKey(this.#ours, ours)) this.#out = new SrtpContext(ours.suite, ours.master);
    this.#ours = ours;
    this.#theirs = theirs;
  }
}
