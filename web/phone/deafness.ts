/** The server sends a packet every 20 ms, silence too, so that a gap this long is the way to us that is lost. */
const deafAfterMs = 2_000;
/** Looks further apart: the machine or the page slept, and nothing can be said of that time. */
const lateLookMs = 1_500;

/** Told the count of packets at `atMs`, says when none came for too long. Once in a while after that, it says so again. */
export function deafnessMeter(): (packets: number, atMs: number) => boolean {
  let count = -1;
  let movedAtMs = 0;
  let lookedAtMs = 0;
  return (packets, atMs) => {
    const isLate = atMs - lookedAtMs > lateLookMs;
    lookedAtMs = atMs;
    if (packets !== count || isLate) {
      count = packets;
      movedAtMs = atMs;
    }
    if (packets === 0 || atMs - movedAtMs < deafAfterMs) return false;
    movedAtMs = atMs;
    return true;
  };
}
