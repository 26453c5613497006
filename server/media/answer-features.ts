import { bandCount, type HeardFrame } from "./answer-sound.ts";
import { frameMs } from "./frame.ts";

/** Mean and spread of a series, one value at a time (Welford). */
class Spread {
  n = 0;
  mean = 0;
  #m2 = 0;
  add(value: number): void {
    this.n++;
    const off = value - this.mean;
    this.mean += off / this.n;
    this.#m2 += off * (value - this.mean);
  }
  get sd(): number {
    return this.n < 2 ? 0 : Math.sqrt(this.#m2 / (this.n - 1));
  }
}

/** What the model is told, in this order. Times are ms since the answer, levels dB or dBm0. */
export const featureNames = [
  "at",
  "initialSilence",
  "speech",
  "segments",
  "firstSegment",
  "longestSegment",
  "currentSegment",
  "currentSilence",
  "longestPause",
  "speechShare",
  "level",
  "levelSd",
  "levelMax",
  "floor",
  "silenceLevel",
  "silenceSd",
  "signalToNoise",
  "flux",
  "fluxSd",
  "voicedShare",
  "voicing",
  "pitch",
  "pitchSd",
  "pitchStep",
  "pitchTrend",
  "peaks",
  "peakGapSd",
  "levelTrend",
  "onsetRise",
  ...Array.from({ length: bandCount }, (_, i) => `band${i}`),
  "recentShare",
] as const;
export const featureCount = featureNames.length;

const semitones = (hz: number) => 12 * Math.log2(hz / 100);

/** Gathers, frame by frame, what is known of a party since the answer. */
export class AnswerFeatures {
  frames = 0;
  /** ms; -1: nobody has spoken. */
  firstSpeechMs = -1;
  speechMs = 0;
  segments = 0;
  currentSegmentMs = 0;
  currentSilenceMs = 0;
  #firstSegmentMs = 0;
  #longestSegmentMs = 0;
  #longestPauseMs = 0;
  readonly #level = new Spread();
  readonly #silence = new Spread();
  readonly #flux = new Spread();
  readonly #voicing = new Spread();
  readonly #pitch = new Spread();
  readonly #pitchStep = new Spread();
  readonly #bands = Array.from({ length: bandCount }, () => new Spread());
  readonly #gaps = new Spread();
  /** Of the last second or so. */
  #recentShare = 0;
  #levelMax = -90;
  #voiced = 0;
  #loud = 0;
  #lastPitch = 0;
  #lastPeakMs = -1;
  #rising = false;
  #smooth = -90;
  #earlyPitch = new Spread();
  #latePitch = 0;
  #earlyLevel = new Spread();
  #lateLevel = 0;
  #floor = -90;
  #onsetRise = 0;
  #before = -90;

  push(sound: HeardFrame): void {
    this.frames++;
    this.#floor = sound.floorDbm0;
    this.#time(sound);
    if (sound.isLoud) this.#hear(sound);
    else if (!sound.isSpeech) this.#silence.add(Math.max(-80, sound.dbm0));
    this.#count(sound);
    this.#recentShare += 0.03 * (Number(sound.isSpeech) - this.#recentShare);
    this.#before = sound.dbm0;
  }

  get atMs(): number {
    return this.frames * frameMs;
  }

  #time({ isSpeech, dbm0 }: HeardFrame): void {
    if (isSpeech) {
      if (this.currentSegmentMs === 0) {
        this.segments++;
        if (this.firstSpeechMs < 0) {
          this.firstSpeechMs = this.atMs - frameMs;
          this.#onsetRise = dbm0 - this.#before;
        } else this.#longestPauseMs = Math.max(this.#longestPauseMs, this.currentSilenceMs);
      }
      this.currentSegmentMs += frameMs;
      this.currentSilenceMs = 0;
      this.speechMs += frameMs;
      if (this.segments === 1) this.#firstSegmentMs = this.currentSegmentMs;
      this.#longestSegmentMs = Math.max(this.#longestSegmentMs, this.currentSegmentMs);
    } else {
      this.currentSegmentMs = 0;
      this.currentSilenceMs += frameMs;
    }
  }

  #hear(sound: HeardFrame): void {
    this.#loud++;
    this.#level.add(sound.dbm0);
    this.#levelMax = Math.max(this.#levelMax, sound.dbm0);
    if (this.#loud <= 20) this.#earlyLevel.add(sound.dbm0);
    this.#lateLevel += 0.08 * (sound.dbm0 - (this.#lateLevel || sound.dbm0));
    this.#flux.add(sound.flux);
    this.#voicing.add(sound.voicing);
    for (let band = 0; band < bandCount; band++) this.#bands[band]!.add(sound.shape[band]!);
    if (sound.pitchHz === 0) return void (this.#lastPitch = 0);
    const pitch = semitones(sound.pitchHz);
    this.#voiced++;
    this.#pitch.add(pitch);
    if (this.#voiced <= 12) this.#earlyPitch.add(pitch);
    this.#latePitch += 0.15 * (pitch - (this.#latePitch || pitch));
    if (this.#lastPitch !== 0) this.#pitchStep.add(Math.min(6, Math.abs(pitch - this.#lastPitch)));
    this.#lastPitch = pitch;
  }

  /** Syllables: where the smoothed level turns from rising to falling. */
  #count({ dbm0, isSpeech }: HeardFrame): void {
    const smooth = this.#smooth + 0.45 * (Math.max(-70, dbm0) - this.#smooth);
    const rises = smooth > this.#smooth;
    if (this.#rising && !rises && isSpeech && this.atMs - this.#lastPeakMs > 80) {
      if (this.#lastPeakMs >= 0) this.#gaps.add(Math.min(600, this.atMs - this.#lastPeakMs));
      this.#lastPeakMs = this.atMs;
    }
    this.#rising = rises;
    this.#smooth = smooth;
  }

  /** Fills `into` (`featureCount` long). */
  fill(into: Float64Array): void {
    const at = this.atMs;
    const level = this.#loud === 0 ? -60 : this.#level.mean;
    const silence = this.#silence.n === 0 ? -80 : this.#silence.mean;
    const values = [
      at,
      this.firstSpeechMs < 0 ? at : this.firstSpeechMs,
      this.speechMs,
      this.segments,
      this.#firstSegmentMs,
      this.#longestSegmentMs,
      this.currentSegmentMs,
      this.currentSilenceMs,
      this.#longestPauseMs,
      this.firstSpeechMs < 0 ? 0 : this.speechMs / (at - this.firstSpeechMs),
      level,
      this.#level.sd,
      this.#levelMax,
      Math.max(-80, this.#floor),
      silence,
      this.#silence.sd,
      level - silence,
      this.#flux.mean,
      this.#flux.sd,
      this.#loud === 0 ? 0 : this.#voiced / this.#loud,
      this.#voicing.mean,
      this.#pitch.mean,
      this.#pitch.sd,
      this.#pitchStep.mean,
      this.#voiced === 0 ? 0 : this.#latePitch - this.#earlyPitch.mean,
      this.speechMs === 0 ? 0 : ((this.#gaps.n + 1) * 1000) / this.speechMs,
      this.#gaps.sd,
      this.#loud === 0 ? 0 : this.#lateLevel - this.#earlyLevel.mean,
      this.#onsetRise,
    ];
    into.set(values);
    for (let band = 0; band < bandCount; band++) into[values.length + band] = this.#bands[band]!.mean;
    into[featureCount - 1] = this.#recentShare;
  }
}
