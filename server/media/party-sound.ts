import { frameSamples, rmsToDbm0 } from "./frame.ts";
import { decodeTables } from "./g711.ts";

/**
 * One sample in four is looked at, at 60 ns a packet. The distance goes 3, 5, 3, 5: an even one would see nothing of a
 * tone that passes through zero just there.
 */
const step = [3, 5] as const;
/** Speech, averaged over half a second, lies at -20 to -40 dBm0 (ITU-T P.56). */
const talkDbm0 = -45;

/**
 * How loud the party is, in steps of half a second. G.711 is measured where the packet comes, so that it is known of
 * relayed parties too; other codecs only while somebody needs them decoded.
 */
export class PartySound {
  /** Of the last step: packets that came, and their level; undefined when none could be measured. */
  packets = 0;
  levelDbm0: number | undefined;
  /** It announced its silence (comfort noise, RFC 3389): nothing need come. */
  resting = false;
  #sum = 0;
  #samples = 0;
  #arrived = 0;
  #isG711 = false;

  /** `codec` is its SDP name, or `CN`. */
  take(codec: string, payload: Uint8Array): void {
    this.#arrived++;
    this.resting = codec === "CN";
    const table = codec === "PCMA" ? decodeTables.PCMA : codec === "PCMU" ? decodeTables.PCMU : undefined;
    this.#isG711 = table !== undefined;
    if (!table) return;
    let sum = 0;
    let samples = 0;
    for (let i = 0; i < payload.length; i += step[samples++ & 1]!) {
      const sample = table[payload[i]!]!;
      sum += sample * sample;
    }
    this.#sum += sum;
    this.#samples += samples;
  }

  /** A decoded frame, of codecs whose packets tell nothing. */
  takeFrame(frame: Int16Array): void {
    if (this.#isG711) return;
    let samples = 0;
    for (let i = 0; i < frameSamples; i += step[samples++ & 1]!) this.#sum += frame[i]! * frame[i]!;
    this.#samples += samples;
  }

  /** Closes a step. */
  step(): void {
    this.packets = this.#arrived;
    this.levelDbm0 =
      this.#arrived === 0 || this.#samples === 0
        ? undefined
        : rmsToDbm0(Math.sqrt(this.#sum / this.#samples));
    this.#sum = this.#samples = this.#arrived = 0;
  }

  get talks(): boolean {
    return this.levelDbm0 !== undefined && this.levelDbm0 > talkDbm0;
  }
}
