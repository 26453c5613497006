import type { Pulse } from "./tone-pulses.ts";

/**
 * Special information tone: three rising pulses of 950, 1400 and 1800 Hz, 330 ms each (ITU-T E.180 § 10). North
 * American networks put the reason into pitch and length of the first two (GR-1162; Telcordia SR-2275):
 *
 *     first     second      code
 *     low short low short   intercept          the number was changed or disconnected
 *     high long low short   vacant-code        no such number
 *     low|high short, high long  reorder       the network is at fault
 *     low|high long, high long   no-circuit    all circuits are busy
 *     low long  low short   ineffective        anything else
 */
export const sitCodes = [
  "intercept",
  "vacant-code",
  "reorder",
  "no-circuit",
  "ineffective",
  "generic",
] as const;
export type SitCode = (typeof sitCodes)[number];

const segments = [
  { from: 880, to: 1020, low: 932, high: 967 },
  { from: 1340, to: 1460, low: 1386, high: 1414 },
  { from: 1730, to: 1870, low: 0, high: 9999 },
] as const;
const maxGapMs = 90;
/** Between the short pulse of 274 ms and the long one of 380 ms. */
const longMs = 327;

/** The reason that the last three pulses name; undefined: they are no special information tone. */
export function classifySit(pulses: readonly Pulse[]): SitCode | undefined {
  const three = pulses.slice(-3);
  if (three.length < 3) return undefined;
  const isSit = three.every((pulse, i) => {
    const { from, to } = segments[i]!;
    const gapMs = i === 0 ? 0 : pulse.fromMs - three[i - 1]!.toMs;
    return pulse.hz >= from && pulse.hz <= to && pulse.ms >= 220 && pulse.ms <= 440 && gapMs <= maxGapMs;
  });
  if (!isSit) return undefined;
  const [first, second] = three.map(({ hz, ms }, i) => {
    const { low, high } = segments[i]!;
    const pitch = hz < low ? "low" : hz > high ? "high" : "middle";
    return `${pitch} ${ms >= longMs ? "long" : "short"}`;
  });
  if (first!.startsWith("middle") || second!.startsWith("middle")) return "generic";
  if (second === "high long") return first!.endsWith("short") ? "reorder" : "no-circuit";
  if (second !== "low short") return "generic";
  if (first === "low short") return "intercept";
  if (first === "high long") return "vacant-code";
  return first === "low long" ? "ineffective" : "generic";
}
