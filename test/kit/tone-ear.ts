import { toneLevelDbm0 } from "../../server/media/tones.ts";
import type { CarrierCall } from "../../tools/carrier/call.ts";
import { until } from "./until.ts";

const windowSamples = 800;

export interface ToneEar<Name extends string> {
  /** The names of all that was heard, in order; what sounds on is told once. */
  heard(): Name[];
  /** Waits for this one, after those that were waited for before, and for its end. */
  hears(name: Name): Promise<void>;
}

/** Keeps what a caller hears, so that nothing is missed while a test does something else. `tonesHz` by name. */
export function toneEar<Name extends string>(
  call: CarrierCall,
  tonesHz: Readonly<Record<Name, number>>,
): ToneEar<Name> {
  const tape = call.stream!.record();
  const names = Object.keys(tonesHz) as Name[];
  const runs: Name[] = [];
  let now: Name | undefined;
  let at = 0;
  let waited = 0;

  function listen(): void {
    for (; at + windowSamples <= tape.samples().length; at += windowSamples) {
      const samples = tape.samples(at).subarray(0, windowSamples);
      const tone = names.find((name) => toneLevelDbm0(samples, tonesHz[name]) > -25);
      if (tone !== undefined && tone !== now) runs.push(tone);
      now = tone;
    }
  }
  return {
    heard() {
      listen();
      return [...runs];
    },
    async hears(name) {
      await until(`${call.from} hears "${name}"`, () => {
        listen();
        const found = runs.indexOf(name, waited);
        if (found < 0 || (found === runs.length - 1 && now === name)) return false;
        waited = found + 1;
        return true;
      });
    },
  };
}
