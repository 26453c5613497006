import { createHash } from "node:crypto";
import { type Random, seededRandom } from "../../server/kernel/random.ts";
import type { Plan, Step } from "./plan.ts";

/** How a population answers its telephone. Shares are of 1; what remains rings out. */
export interface Population {
  seed: number;
  human: number;
  voicemail: number;
  busy: number;
  invalid: number;
  /** Switched off or out of coverage: announcement, then 480. */
  off: number;
  congestion: number;
  /** Time to answer: log-normal, cut at `ringMaxMs`. */
  ringMeanMs: number;
  ringSdMs: number;
  ringMaxMs: number;
  /** Talk: log-normal; `talkCv` is standard deviation over mean. */
  talkMeanMs: number;
  talkCv: number;
}

/** The base case of the pacing measurements: 25 % people; of the rest 20 % voicemail and 15 % failures. */
export const basePopulation: Population = {
  seed: 1,
  human: 0.25,
  voicemail: 0.15,
  busy: 0.035,
  invalid: 0.04,
  off: 0.03,
  congestion: 0.0075,
  ringMeanMs: 11_000,
  ringSdMs: 5000,
  ringMaxMs: 28_000,
  talkMeanMs: 150_000,
  talkCv: 1,
};

/** One draw of a log-normal given by its own mean and standard deviation (Box–Muller underneath). */
export function logNormal(random: Random, mean: number, sd: number): number {
  const variance = Math.log(1 + (sd / mean) ** 2);
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Math.exp(Math.log(mean) - variance / 2 + normal * Math.sqrt(variance));
}

/**
 * What this number does on its n-th call. The same seed, number and count give the same plan whatever else is
 * called, so that two runs meet the same people.
 */
export function drawPlan(population: Population, number: string, count: number): Plan {
  const digest = createHash("sha1").update(`${population.seed}/${number}/${count}`).digest();
  const random = seededRandom(digest.readUInt32LE());
  const early = 1000 + random.next() * 7000;
  const ringMs = Math.min(
    population.ringMaxMs,
    logNormal(random, population.ringMeanMs, population.ringSdMs),
  );
  const kinds: [share: number, plan: () => Step[]][] = [
    [population.human, () => person(random, population, ringMs)],
    [population.voicemail, () => voicemail(random)],
    [
      population.busy,
      () => [
        { do: "wait", ms: early },
        // Half of the networks play busy tone and take their time to say so in signalling.
        ...(random.next() < 0.5
          ? ([
              { do: "early", sound: { signal: "busy" }, loop: true },
              { do: "wait", ms: 12_000 },
            ] as const)
          : []),
        { do: "refuse", status: 486, q850: 17 },
      ],
    ],
    [
      population.invalid,
      () => [
        ...(random.next() < 0.5 ? [{ do: "early", sound: "invalid" } as const] : []),
        { do: "refuse", status: 404, q850: 1 },
      ],
    ],
    [
      population.off,
      () => [
        { do: "wait", ms: early },
        { do: "early", sound: "off" },
        { do: "refuse", status: 480, q850: 20 },
      ],
    ],
    [
      population.congestion,
      () => [
        { do: "wait", ms: 500 },
        { do: "refuse", status: 503, q850: 34 },
      ],
    ],
  ];
  let dice = random.next();
  for (const [share, plan] of kinds) {
    if (dice < share) return plan();
    dice -= share;
  }
  if (random.next() < 0.5) return [{ do: "ring" }, { do: "stay" }];
  return [{ do: "early", sound: { signal: "ringback" }, loop: true }, { do: "stay" }];
}

function person(random: Random, population: Population, ringMs: number): Step[] {
  const language = random.next() < 0.8 ? "zh" : "en";
  return [
    { do: "wait", ms: 200 + random.next() * 800 },
    { do: "ring" },
    { do: "wait", ms: ringMs },
    { do: "answer" },
    { do: "wait", ms: 200 + random.next() * 500 },
    { do: "play", sound: `hello-${language}-${1 + Math.floor(random.next() * 2)}` },
    {
      do: "talk",
      sound: `talk-${language}`,
      ms: logNormal(random, population.talkMeanMs, population.talkMeanMs * population.talkCv),
    },
    { do: "hangup" },
  ];
}

function voicemail(random: Random): Step[] {
  return [
    { do: "ring" },
    { do: "wait", ms: 18_000 + random.next() * 8000 },
    { do: "answer" },
    { do: "wait", ms: 500 },
    { do: "play", sound: random.next() < 0.8 ? "voicemail-zh" : "voicemail-en" },
    { do: "wait", ms: 30_000 },
    { do: "hangup" },
  ];
}
