import { PowerSpectrum } from "./fft.ts";
import { frameSamples, levelDbm0, sampleRate } from "./frame.ts";
import { bestLag } from "./pitch.ts";

/** Bands on the mel scale, 150 to 3600 Hz. */
export const bandCount = 10;
const lowHz = 150;
const highHz = 3600;
const windowSize = 256;
const melOf = (hz: number) => 1127 * Math.log(1 + hz / 700);
const hzOf = (mel: number) => 700 * (Math.exp(mel / 1127) - 1);
const edges = Array.from({ length: bandCount + 1 }, (_, i) =>
  Math.round(
    (hzOf(melOf(lowHz) + ((melOf(highHz) - melOf(lowHz)) * i) / bandCount) * windowSize) / sampleRate,
  ),
);

/** Voices from 66 to 400 Hz. */
const lags = { minLag: 20, maxLag: 120 };
const historySamples = frameSamples + lags.maxLag;
const minVoicing = 0.62;

/** The noise floor follows quiet down at once and noise up by 2.5 dB a second. */
const floorRiseDb = 0.05;
const highestFloorDbm0 = -36;
const speechAboveFloorDb = 8;
const quietestSpeechDbm0 = -46;
/** Speech goes on through a gap so short: the closure of a plosive. */
const hangoverFrames = 3;

/** What is told of one frame: see `AnswerSound`. */
export interface HeardFrame {
  readonly dbm0: number;
  readonly floorDbm0: number;
  readonly isSpeech: boolean;
  readonly isLoud: boolean;
  readonly flux: number;
  readonly pitchHz: number;
  readonly voicing: number;
  readonly shape: ArrayLike<number>;
}

/**
 * What one frame of 20 ms sounds like: level, speech or not, spectrum and pitch. `frame` is read only while `push`
 * runs; the fields hold the newest frame's values.
 */
export class AnswerSound implements HeardFrame {
  dbm0 = -90;
  floorDbm0 = -90;
  /** Louder than the noise, gaps within words bridged. */
  isSpeech = false;
  /** As it is, nothing bridged. */
  isLoud = false;
  /** Natural logarithm of the power in each band, the mean of all taken away. */
  readonly shape = new Float64Array(bandCount);
  /** How much the shape moved since the frame before. */
  flux = 0;
  /** Hz; 0: no pitch. */
  pitchHz = 0;
  voicing = 0;
  readonly #before = new Float64Array(bandCount);
  readonly #history = new Int16Array(historySamples);
  readonly #window = new Float64Array(windowSize);
  readonly #spectrum = new PowerSpectrum(windowSize);
  #hangover = 0;
  #frames = 0;

  push(frame: Int16Array): void {
    this.#history.copyWithin(0, frameSamples);
    this.#history.set(frame, historySamples - frameSamples);
    this.dbm0 = levelDbm0(frame);
    this.#listen();
    this.#frames++;
    this.flux = 0;
    this.pitchHz = 0;
    this.voicing = 0;
    if (!this.isLoud) return;
    this.#measureShape();
    this.#measurePitch();
  }

  #listen(): void {
    const { dbm0 } = this;
    if (this.#frames === 0) this.floorDbm0 = Math.min(highestFloorDbm0, dbm0);
    else if (dbm0 < this.floorDbm0) this.floorDbm0 = dbm0;
    else this.floorDbm0 = Math.min(highestFloorDbm0, this.floorDbm0 + floorRiseDb, dbm0);
    this.isLoud = dbm0 > Math.max(quietestSpeechDbm0, this.floorDbm0 + speechAboveFloorDb);
    this.#hangover = this.isLoud ? hangoverFrames : Math.max(0, this.#hangover - 1);
    this.isSpeech = this.#hangover > 0;
  }

  #measureShape(): void {
    for (let i = 0; i < windowSize; i++) this.#window[i] = this.#history[historySamples - windowSize + i]!;
    const power = this.#spectrum.of(this.#window);
    let mean = 0;
    for (let band = 0; band < bandCount; band++) {
      let sum = 0;
      for (let bin = edges[band]!; bin < edges[band + 1]!; bin++) sum += power[bin]!;
      this.shape[band] = Math.log(sum / (edges[band + 1]! - edges[band]!) + 1e4);
      mean += this.shape[band]! / bandCount;
    }
    let moved = 0;
    for (let band = 0; band < bandCount; band++) {
      this.shape[band]! -= mean;
      moved += Math.abs(this.shape[band]! - this.#before[band]!);
      this.#before[band] = this.shape[band]!;
    }
    this.flux = moved / bandCount;
  }

  #measurePitch(): void {
    const likeness = bestLag(this.#history, historySamples - frameSamples, frameSamples, lags, true);
    this.voicing = Math.max(0, likeness.correlation);
    if (this.voicing >= minVoicing) this.pitchHz = sampleRate / likeness.lag;
  }
}
