import type { AudioTrouble } from "./types.ts";

/** What half a second of a leg showed. */
export interface AudioStep {
  /** Somebody is there to hear the party, its SDP promises sound, and nobody muted it or put it on hold. */
  expected: boolean;
  packets: number;
  /** Undefined when it could not be measured. */
  levelDbm0: number | undefined;
  /** Somebody whom the party hears talks. */
  othersTalk: boolean;
  /** The party's reports, or our own count, say that nothing of ours gets to it though it should. */
  unheard: boolean;
}

export const stepMs = 500;
const noAudioSteps = 3000 / stepMs;
const silenceSteps = 4000 / stepMs;
/** A party that sends digital silence between its words is only suspicious after a long listening. */
const gatedSilenceSteps = 20_000 / stepMs;
/** So long must the other side have talked into the silence. */
const talkSteps = 1000 / stepMs;
/** Pauses of digital silence that ended in sound: this party's device gates its noise. */
const gatedAfter = 2;
/** Below this a microphone is dead: A-law's smallest step is -66 dBm0; the noise of rooms and of comfort noise is above. */
const deadDbm0 = -63;

/**
 * Judges one leg step by step; pure. Tells troubles that begin and end.
 *
 *     well ── no packets for 3 s ────────────────────────────────▶ no-audio ───── a packet ─────▶ well
 *     well ── digital silence for 4 s, the others talked for 1 ──▶ silence ────── a sound ──────▶ well
 *     well ── reports say that nothing arrives ──────────────────▶ not-received ─ one arrives ──▶ well
 *
 * Hold, mute and an empty room end every trouble, and begin no new one.
 */
export class AudioJudge {
  #emptySteps = 0;
  #deadSteps = 0;
  #talkedInto = 0;
  #gates = 0;
  readonly #on = new Set<AudioTrouble>();

  get troubles(): ReadonlySet<AudioTrouble> {
    return this.#on;
  }

  step(now: AudioStep, tell: (trouble: AudioTrouble, on: boolean, sinceMs: number) => void): void {
    const { expected } = now;
    this.#emptySteps = expected && now.packets === 0 ? this.#emptySteps + 1 : 0;
    this.#countSilence(now);
    const limit = this.#gates >= gatedAfter ? gatedSilenceSteps : silenceSteps;
    const isSilent = this.#deadSteps >= limit && this.#talkedInto >= talkSteps;
    this.#set("no-audio", this.#emptySteps >= noAudioSteps, this.#emptySteps, tell);
    // It stays until a sound comes, whether or not the others go on talking.
    this.#set("silence", isSilent || (this.#on.has("silence") && this.#deadSteps > 0), this.#deadSteps, tell);
    this.#set("not-received", now.unheard, 0, tell);
  }

  #countSilence({ expected, levelDbm0, packets, othersTalk }: AudioStep): void {
    const isDead = packets > 0 && levelDbm0 !== undefined && levelDbm0 < deadDbm0;
    if (expected && isDead) {
      this.#deadSteps++;
      if (othersTalk) this.#talkedInto++;
      return;
    }
    // A step without packets neither goes on with a silence nor ends one as a sound would.
    if (expected && packets > 0 && this.#deadSteps > 0) this.#gates++;
    this.#deadSteps = this.#talkedInto = 0;
  }

  #set(
    trouble: AudioTrouble,
    on: boolean,
    steps: number,
    tell: (trouble: AudioTrouble, on: boolean, sinceMs: number) => void,
  ): void {
    if (on === this.#on.has(trouble)) return;
    if (on) this.#on.add(trouble);
    else this.#on.delete(trouble);
    tell(trouble, on, steps * stepMs);
  }
}
