import { frameMs } from "./frame.ts";
import { pureTone } from "./tone-frame.ts";

/** A fax machine calls with 1100 Hz for 0.5 s (ITU-T T.30 § 4.2) and answers with 2100 Hz (V.25, V.8). */
const calling = { hz: 1100, tolerance: 38, fromMs: 400, toMs: 620 };
const answering = { hz: 2100, tolerance: 20, fromMs: 400 };
const minPurity = 0.8;
const sameHz = 14;

/** Fax machines by the first tone they send: a second one, three seconds later, would come too late. */
export class AnswerTones {
  #hz = 0;
  #ms = 0;

  /** `power`: mean square of the frame; `isLoud`: it is worth a look. */
  push(frame: Int16Array, power: number, isLoud: boolean): "fax-cng" | "fax-ced" | undefined {
    const tone = isLoud ? pureTone(frame, power) : undefined;
    const isTone = tone !== undefined && tone.purity >= minPurity;
    const [hz, ms] = [this.#hz, this.#ms];
    if (isTone && Math.abs(tone.hz - hz) <= sameHz) {
      this.#ms += frameMs;
      if (Math.abs(hz - answering.hz) <= answering.tolerance && this.#ms >= answering.fromMs)
        return "fax-ced";
      return undefined;
    }
    this.#hz = isTone ? tone.hz : 0;
    this.#ms = isTone ? frameMs : 0;
    const isCalling =
      Math.abs(hz - calling.hz) <= calling.tolerance && ms >= calling.fromMs && ms <= calling.toMs;
    return isCalling && !isTone ? "fax-cng" : undefined;
  }
}
