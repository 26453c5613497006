/**
 * The E-model (ITU-T G.107, 06/2015): the rating R of a narrowband connection from its equipment, loss and delay, and
 * the mean opinion score (MOS) that goes with it. Every parameter that we cannot measure has the default of Table 2, so
 * that a clean connection has R = 93.2, MOS 4.41.
 */
export interface Equipment {
  /** Ie: impairment of the coding without loss. */
  ie: number;
  /** Bpl: robustness against loss. */
  bpl: number;
}

/**
 * ITU-T G.113 Appendix I, Table I.4: G.711 with concealment (G.711 App. I) has Bpl 25.1; without it would be 4.3. The
 * table knows neither G.722 nor Opus; we hear both at 8 kHz, and take G.711's figures for G.722. Opus conceals losses
 * and its speech at 16 kbit/s and more is judged transparent in narrowband: the same figures.
 */
const equipment: Readonly<Record<string, Equipment>> = {
  PCMA: { ie: 0, bpl: 25.1 },
  PCMU: { ie: 0, bpl: 25.1 },
  G722: { ie: 0, bpl: 25.1 },
  OPUS: { ie: 0, bpl: 25.1 },
};

/** Figures of a codec by its SDP name; an unknown one counts as G.711. */
export const equipmentOf = (codec: string | undefined): Equipment =>
  equipment[codec?.toUpperCase() ?? "PCMA"] ?? equipment["PCMA"]!;

// Defaults of Table 2.
const [slr, rlr, stmr, ds, dr] = [8, 2, 15, 3, 3];
const [telr, wepl, qdu, nc, nfor, ps, pr] = [65, 110, 1, -70, -64, 35, 35];
const olr = slr + rlr;

const power = (db: number) => 10 ** (db / 10);

/** Sum of the circuit noises and the noises of both rooms (§7.2), dBm0p. */
const noise = (() => {
  const nos = ps - slr - ds - 100 + 0.004 * (ps - olr - ds - 14) ** 2;
  const pre = pr + 10 * Math.log10(1 + power(10 - (stmr + dr)));
  const nor = rlr - 121 + pre + 0.008 * (pre - 35) ** 2;
  return 10 * Math.log10(power(nc) + power(nos) + power(nor) + power(nfor + rlr));
})();

/** Basic signal-to-noise ratio (§7.2). */
const ro = 15 - 1.5 * (slr + noise);

/** What happens together with the voice: too loud, sidetone, quantising (§7.3). `t` is the mean one-way delay, ms. */
function simultaneous(t: number): number {
  const xolr = olr + 0.2 * (64 + noise - rlr);
  const iolr = 20 * ((1 + (xolr / 8) ** 8) ** (1 / 8) - xolr / 8);
  const stmro = -10 * Math.log10(power(-stmr) + Math.exp(-t / 4) * power(-telr));
  const ist =
    12 * (1 + ((stmro - 13) / 6) ** 8) ** (1 / 8) -
    28 * (1 + ((stmro + 1) / 19.4) ** 35) ** (1 / 35) -
    13 * (1 + ((stmro - 3) / 33) ** 13) ** (1 / 13) +
    29;
  const q = 37 - 15 * Math.log10(qdu);
  const g = 1.07 + 0.258 * q + 0.0602 * q ** 2;
  const y = (ro - 100) / 15 + 46 / 8.4 - g / 9;
  const iq = 15 * Math.log10(1 + 10 ** y + 10 ** (46 / 30 - g / 40));
  return iolr + ist + iq;
}

/** Id (§7.4): talker echo, listener echo, and delay as such. `ta` is the one-way delay from mouth to ear, ms. */
export function delayImpairment(ta: number): number {
  const roe = -1.5 * (noise - rlr);
  const terv = telr - 40 * Math.log10((1 + ta / 10) / (1 + ta / 150)) + 6 * Math.exp(-0.3 * ta ** 2);
  const re = 80 + 2.5 * (terv - 14);
  const idte = ((roe - re) / 2 + Math.sqrt((roe - re) ** 2 / 4 + 100) - 1) * (1 - Math.exp(-ta));
  const rle = 10.5 * (wepl + 7) * (2 * ta + 1) ** -0.25;
  const idle = (ro - rle) / 2 + Math.sqrt((ro - rle) ** 2 / 4 + 169);
  return idte + idle + absoluteDelay(ta);
}

function absoluteDelay(ta: number): number {
  if (ta <= 100) return 0;
  const x = Math.log2(ta / 100);
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
}

/** Ie,eff (§7.5): coding and loss. `lossPercent` 0 to 100; `burstRatio` 1 for random loss. */
export function equipmentImpairment({ ie, bpl }: Equipment, lossPercent: number, burstRatio = 1): number {
  return ie + (95 - ie) * (lossPercent / (lossPercent / burstRatio + bpl));
}

/** R, 0 to 93.2 for these codecs; below 0 counts as 0. */
export function rating(
  coding: Equipment,
  line: { lossPercent: number; burstRatio?: number; oneWayDelayMs: number },
): number {
  const t = Math.max(0, line.oneWayDelayMs);
  const loss = equipmentImpairment(coding, line.lossPercent, line.burstRatio);
  return Math.max(0, ro - simultaneous(t) - delayImpairment(t) - loss);
}

/** Estimated mean opinion score of a rating (Annex B.4): 1 to 4.5. */
export function mosOf(r: number): number {
  if (r <= 0) return 1;
  if (r >= 100) return 4.5;
  // The cubic dips below 1 for R under 6.5.
  return Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);
}
