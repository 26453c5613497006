import { deafnessMeter, type Hearing } from "./deafness.ts";
import { qualityOf, sampleOf, type Quality, type QualitySample } from "./quality.ts";
import { every } from "../lib/steady-timer.ts";

const periodMs = 2000;
const deafnessPeriodMs = 500;

/** Later than that by more than ten seconds the machine slept. */
const lateness = (ms: number) => (ms > 10_000 ? 0 : Math.max(0, ms));

/** Grades a connection every two seconds until the returned function is called. */
export function watchQuality(connection: RTCPeerConnection, told: (quality: Quality) => void): () => void {
  let before: QualitySample | undefined;
  async function look(): Promise<void> {
    const report = (await connection.getStats()) as unknown as ReadonlyMap<string, Record<string, unknown>>;
    const atMs = performance.now();
    const now = sampleOf(report.values(), atMs);
    if (before && now) now.lateMs = lateness(atMs - before.atMs - periodMs);
    if (before && now) told(qualityOf(before, now));
    before = now;
  }
  return every(periodMs, () => {
    void look();
  });
}

/** Tells of a way to us that is lost, and of a sleep after which it may be, until the returned function is called. */
export function watchDeafness(
  connection: RTCPeerConnection,
  told: (hearing: Exclude<Hearing, "well">) => void,
): () => void {
  const meter = deafnessMeter();
  async function look(): Promise<void> {
    let packets = 0;
    for (const entry of ((await connection.getStats()) as unknown as Map<string, unknown>).values()) {
      const { type, packetsReceived = 0 } = entry as { type: string; packetsReceived?: number };
      if (type === "inbound-rtp") packets += packetsReceived;
    }
    const hearing = meter(packets, performance.now());
    if (hearing !== "well") told(hearing);
  }
  return every(deafnessPeriodMs, () => void look());
}
