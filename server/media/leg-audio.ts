import { AudioJudge } from "./audio-trouble.ts";
import type { Leg } from "./leg.ts";
import { partySpeaks } from "./sdp-negotiate.ts";

/** Looks at a leg twice a second: do both sides of its conversation hear what they should? */
export class LegAudio {
  readonly #leg: Leg;
  readonly #judge = new AudioJudge();
  #sent = 0;
  #sentNothing = 0;

  constructor(leg: Leg) {
    this.#leg = leg;
  }

  look(): void {
    const leg = this.#leg;
    const { output, input, agreed } = leg;
    const { sound } = input;
    sound.step();
    const isHeard = leg.heardBy.length > 0 || leg.exports.length > 0;
    const speaks = leg.connected && agreed !== undefined && partySpeaks(agreed.partyDirection);
    this.#judge.step(
      {
        expected: isHeard && speaks && !input.muted && !sound.resting && !leg.watch.rtcp.bye,
        packets: sound.packets,
        levelDbm0: sound.levelDbm0,
        othersTalk: output.hears.some((other) => other.input.sound.talks && !other.input.muted),
        unheard: output.hears.length > 0 && leg.canSend && this.#isUnheard(),
      },
      (trouble, on, sinceMs) => leg.tell({ type: "audio-trouble", trouble, on, sinceMs }),
    );
  }

  /** Nothing of ours left for two seconds, or nothing of it arrived. */
  #isUnheard(): boolean {
    const { packets } = this.#leg.output.sender;
    this.#sentNothing = packets === this.#sent ? this.#sentNothing + 1 : 0;
    this.#sent = packets;
    return this.#sentNothing >= 4 || this.#leg.watch.rtcp.unreceived;
  }
}
