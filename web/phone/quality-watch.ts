import { qualityOf, sampleOf, type Quality, type QualitySample } from "./quality.ts";
import { every } from "./steady-timer.ts";

const periodMs = 2000;

/** Grades a connection every two seconds until the returned function is called. */
export function watchQuality(connection: RTCPeerConnection, told: (quality: Quality) => void): () => void {
  let before: QualitySample | undefined;
  async function look(): Promise<void> {
    const report = (await connection.getStats()) as unknown as ReadonlyMap<string, Record<string, unknown>>;
    const now = sampleOf(report.values(), performance.now());
    if (before && now) told(qualityOf(before, now));
    before = now;
  }
  return every(periodMs, () => {
    void look();
  });
}
