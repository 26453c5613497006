/**
 * Call progress tones by country: ITU-T E.180 Supplement 2 ("Various tones used in national networks") and, for the
 * United Kingdom, NICC ND1016; for North America, GR-506. Plain data; a country that is not named has the tones that
 * E.180 recommends (425 Hz).
 */
export const signals = [
  "dial",
  "ringback",
  "busy",
  "congestion",
  "unobtainable",
  "call-waiting",
  "confirmation",
] as const;
export type Signal = (typeof signals)[number];

/** One signal: frequencies sounded together in turns of `[onMs, offMs]`; no turns: it goes on. */
export interface Cadence {
  hz: readonly number[];
  /** The one frequency is modulated in amplitude by this one. */
  modulationHz?: number;
  turns: readonly (readonly [onMs: number, offMs: number])[];
}
export type TonePlan = Readonly<Partial<Record<Signal, Cadence>>>;

/** `"440+480"`, or `"400*25"` for a modulated tone; then the turns, on and off by turns, ms. */
function tone(frequencies: string, ...ms: readonly number[]): Cadence {
  const [carrier, modulation] = frequencies.split("*");
  const turns = Array.from({ length: ms.length / 2 }, (_, i) => [ms[i * 2]!, ms[i * 2 + 1]!] as const);
  const hz = carrier!.split("+").map(Number);
  return modulation === undefined ? { hz, turns } : { hz, modulationHz: Number(modulation), turns };
}

/** A network with one frequency: how long ringback, busy and congestion sound and pause. */
function plain(hz: number, ringback: number[], busy: number[], congestion: number[]): TonePlan {
  const on = String(hz);
  return {
    dial: tone(on),
    ringback: tone(on, ...ringback),
    busy: tone(on, ...busy),
    congestion: tone(on, ...congestion),
    "call-waiting": tone(on, 200, 600, 200, 3000),
    confirmation: tone(on, 100, 100, 100, 100, 100, 1000),
  };
}

const northAmerica: TonePlan = {
  dial: tone("350+440"),
  ringback: tone("440+480", 2000, 4000),
  busy: tone("480+620", 500, 500),
  congestion: tone("480+620", 250, 250),
  "call-waiting": tone("440", 300, 10_000),
  confirmation: tone("350+440", 100, 100, 100, 100, 100, 1000),
};

const twoRings = [400, 200, 400, 2000];
/** The recommendation itself (E.180 §§ 6–8), which most of Europe follows. */
const recommended = plain(425, [1000, 4000], [500, 500], [250, 250]);
/** As recommended, but with its own turns of congestion. */
const with200 = plain(425, [1000, 4000], [500, 500], [200, 200]);

/** By ISO 3166-1 alpha-2. */
const plans: Readonly<Record<string, TonePlan>> = {
  AT: plain(420, [1000, 5000], [400, 400], [200, 200]),
  AU: {
    ...recommended,
    dial: tone("413+438"),
    ringback: tone("413+438", ...twoRings),
    busy: tone("425", 375, 375),
    congestion: tone("425", 375, 375),
    "call-waiting": tone("425", 200, 200, 200, 4400),
  },
  BE: plain(425, [1000, 3000], [500, 500], [167, 167]),
  BR: { ...recommended, busy: tone("425", 250, 250), congestion: tone("425", 250, 250, 750, 250) },
  CA: northAmerica,
  CH: with200,
  CL: plain(400, [1000, 3000], [500, 500], [200, 200]),
  CN: {
    ...plain(450, [1000, 4000], [350, 350], [700, 700]),
    unobtainable: tone("450", 100, 100, 100, 100, 100, 100, 400, 400),
    "call-waiting": tone("450", 400, 4000),
  },
  CZ: { ...plain(425, [1000, 4000], [330, 330], [165, 165]), dial: tone("425", 330, 330, 660, 660) },
  DE: plain(425, [1000, 4000], [480, 480], [240, 240]),
  DK: with200,
  EE: plain(425, [1000, 4000], [300, 300], [200, 200]),
  ES: plain(425, [1500, 3000], [200, 200], [200, 200, 200, 200, 200, 600]),
  FI: plain(425, [1000, 4000], [300, 300], [200, 200]),
  FR: { ...plain(440, [1500, 3500], [500, 500], [250, 250]), "call-waiting": tone("440", 300, 10_000) },
  GB: {
    dial: tone("350+440"),
    ringback: tone("400+450", ...twoRings),
    busy: tone("400", 375, 375),
    congestion: tone("400", 400, 350, 225, 525),
    unobtainable: tone("400"),
    "call-waiting": tone("400", 100, 2000),
    confirmation: tone("400", 100, 100, 100, 100, 100, 1000),
  },
  GR: { ...plain(425, [1000, 4000], [300, 300], [200, 200]), dial: tone("425", 200, 300, 700, 800) },
  HK: { ...northAmerica, ringback: tone("440+480", 400, 200, 400, 3000) },
  HU: plain(425, [1250, 3750], [300, 300], [300, 300]),
  ID: recommended,
  IE: { ...recommended, ringback: tone("400+450", ...twoRings) },
  IL: plain(414, [1000, 3000], [500, 500], [250, 250]),
  IN: {
    ...plain(400, [1000, 4000], [750, 750], [250, 250]),
    dial: tone("400*25"),
    ringback: tone("400*25", ...twoRings),
  },
  IT: { ...with200, dial: tone("425", 200, 200, 600, 1000) },
  JP: { ...plain(400, [1000, 2000], [500, 500], [500, 500]), ringback: tone("400*16", 1000, 2000) },
  KR: {
    ...northAmerica,
    ringback: tone("440+480", 1000, 2000),
    congestion: tone("480+620", 300, 200),
  },
  LT: plain(425, [1000, 4000], [350, 350], [200, 200]),
  MO: recommended,
  MX: plain(425, [1000, 4000], [250, 250], [250, 250]),
  MY: { ...plain(425, [1000, 4000], [500, 500], [500, 500]), ringback: tone("425", ...twoRings) },
  NL: recommended,
  NO: with200,
  NZ: {
    ...plain(400, [1000, 4000], [500, 500], [250, 250]),
    ringback: tone("400+450", ...twoRings),
    unobtainable: tone("400", 75, 100, 75, 100, 75, 100, 75, 400),
  },
  PH: {
    ...northAmerica,
    dial: tone("425"),
    ringback: tone("425+480", 1000, 4000),
  },
  PL: plain(425, [1000, 4000], [500, 500], [500, 500]),
  PT: plain(425, [1000, 5000], [500, 500], [200, 200]),
  RU: plain(425, [1000, 4000], [350, 350], [175, 175]),
  SE: plain(425, [1000, 5000], [250, 250], [250, 750]),
  SG: { ...plain(425, [1000, 4000], [750, 750], [250, 250]), ringback: tone("425*24", ...twoRings) },
  TH: { ...plain(400, [1000, 4000], [500, 500], [300, 300]), dial: tone("400*50") },
  TR: plain(450, [2000, 4000], [500, 500], [200, 200, 200, 200, 200, 200, 600, 200]),
  TW: { ...northAmerica, ringback: tone("440+480", 1000, 2000) },
  US: northAmerica,
  ZA: {
    ...plain(400, [1000, 4000], [500, 500], [250, 250]),
    dial: tone("400*33"),
    ringback: tone("400*33", ...twoRings),
  },
};

/** Countries with a plan of their own. */
export const tonePlanCountries: readonly string[] = Object.keys(plans);

/** The tones of a country (ISO 3166-1 alpha-2), or those that E.180 recommends. */
export const tonePlanOf = (country: string): TonePlan => plans[country] ?? recommended;

/** A signal of a country, also where its own plan leaves it out. */
export function cadenceOf(country: string, signal: Signal): Cadence {
  const plan = tonePlanOf(country);
  return plan[signal] ?? plan.congestion ?? recommended.congestion!;
}
