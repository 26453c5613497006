import type { LegSpec } from "../media/types.ts";
import type { TrunkConfig } from "./switch.ts";

type Codecs = NonNullable<LegSpec["codecs"]>;

const telephone: Codecs = ["PCMA", "PCMU"];
/** What browsers have beside G.711; G.722 is not in all of them. */
const ofBrowsers: Codecs = ["OPUS", ...telephone];

/**
 * What phones and browsers are offered, best first: a wideband codec only if a trunk in use prefers it, for only then
 * do both sides gain (the two are relayed untouched). With G.711 on the other side a wideband leg would sound no
 * better, and cost a transcoding of 20 µs (G.722) or 40 µs (Opus) a frame.
 */
export function endpointCodecs(trunks: readonly TrunkConfig[], kind: LegSpec["kind"]): Codecs {
  const preferred = trunks.flatMap(({ enabled, codecs }) => (enabled ? codecs.slice(0, 1) : []));
  const wide = preferred.filter((codec) => !telephone.includes(codec));
  const all = [...new Set([...wide, ...telephone])];
  return kind === "webrtc" ? all.filter((codec) => ofBrowsers.includes(codec)) : all;
}
