/** The server sends a packet every 20 ms, silence too, so that a gap this long is the way to us that is lost. */
const deafAfterMs = 2_000;
/** Looks further apart: the machine or the page slept, and nothing can be said of that time. */
const lateLookMs = 1_500;

/** `deaf`: nothing came for two seconds, and again after two more; `slept`: we did not look for a while. */
export type Hearing = "deaf" | "slept" | "well";

/** Told the count of packets at `atMs`, says how the way to us is. */
export function deafnessMeter(): (packets: number, atMs: number) => Hearing {
  let count = -1;
  let movedAtMs = 0;
  let lookedAtMs: number | undefined;
  return (packets, atMs) => {
    const isLate = lookedAtMs !== undefined && atMs - lookedAtMs > lateLookMs;
    lookedAtMs = atMs;
    if (packets !== count || isLate) {
      count = packets;
      movedAtMs = atMs;
    }
    if (isLate) return "slept";
    if (packets === 0 || atMs - movedAtMs < deafAfterMs) return "well";
    movedAtMs = atMs;
    return "deaf";
  };
}
