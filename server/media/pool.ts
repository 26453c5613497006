import { withoutShared } from "./announcement-shared.ts";
import { systemRandom } from "../kernel/random.ts";
import type { ProcessOptions } from "./messages.ts";
import { createPoolLeg } from "./pool-leg.ts";
import { Placement } from "./pool-placement.ts";
import { PoolProcess } from "./pool-process.ts";
import { createPoolRoom } from "./pool-room.ts";
import { Spare } from "./pool-spare.ts";
import { Taps } from "./pool-taps.ts";
import type { Announcement, LegSpec, MediaEvent, MediaLeg, MediaPool, MediaPoolOptions } from "./types.ts";

/** The share of process `index`: its own slice of RTP ports and its own WebRTC port. */
function shareOf(options: MediaPoolOptions, index: number): ProcessOptions {
  const { bindHost, advertisedHost, iceServers, rtpPorts, webrtcPort, processes } = options;
  const slice = Math.floor((rtpPorts.max - rtpPorts.min + 1) / processes / 2) * 2;
  const min = rtpPorts.min === 0 ? 0 : rtpPorts.min + index * slice;
  return {
    bindHost,
    advertisedHost,
    iceServers,
    rtpPorts: { min, max: min === 0 ? 0 : min + slice - 1 },
    webrtcPort: webrtcPort === 0 ? 0 : webrtcPort + index,
  };
}

/**
 * Starts `processes` media processes and waits until they serve; one more is kept waiting for the next to die. The
 * RTP range is cut into one slice a process, and process n takes WebRTC port `webrtcPort + n`.
 */
export async function createMediaPool(options: MediaPoolOptions): Promise<MediaPool> {
  const listeners = new Set<(event: MediaEvent) => void>();
  const taps = new Taps();
  const releases = new Map<string, () => void>();
  const emit = (event: MediaEvent) => {
    if (event.type === "leg-lost") releases.get(event.legId)?.();
    for (const listener of listeners) listener(event);
  };
  let announcements: readonly Announcement[] = [];
  const spare = new Spare(options.clock);
  const hosts = Array.from(
    { length: options.processes },
    (_, index) =>
      new PoolProcess({
        process: shareOf(options, index),
        spare,
        clock: options.clock,
        log: options.log,
        onEvent: emit,
        onReady: (host) => host.run({ type: "set-announcements", announcements }),
        onTap: (tapId, frame) => taps.deliver(tapId, frame),
        onDied: (tapIds) => tapIds.forEach((tapId) => taps.end(tapId)),
      }),
  );
  const placement = new Placement(hosts);
  await Promise.all(hosts.map((host) => host.ready));
  spare.keep(options.spareAfterMs);

  async function createLeg(spec: LegSpec): Promise<MediaLeg> {
    const host = placement.place(spec.affinity);
    host.legIds.add(spec.legId);
    const release = () => {
      releases.delete(spec.legId);
      host.legIds.delete(spec.legId);
      placement.release(spec.affinity);
    };
    releases.set(spec.legId, release);
    try {
      await host.request({ type: "create-leg", spec });
    } catch (error) {
      releases.get(spec.legId)?.();
      throw error;
    }
    return createPoolLeg(spec, host, taps, () => releases.get(spec.legId)?.());
  }

  return {
    createLeg,
    createRoom: (roomId) =>
      createPoolRoom({
        roomId,
        hostOf: (legId) => hosts.find((host) => host.legIds.has(legId)),
        random: () => systemRandom.next(),
      }),
    setAnnouncements(trained) {
      announcements = withoutShared(trained);
      for (const host of hosts) host.run({ type: "set-announcements", announcements });
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    status: () =>
      hosts.map(({ pid, legIds, cpuPercent, alive, restarts }) => ({
        pid,
        legs: legIds.size,
        cpuPercent,
        alive,
        restarts,
      })),
    async [Symbol.asyncDispose]() {
      await Promise.all([spare, ...hosts].map((one) => one[Symbol.asyncDispose]()));
    },
  };
}
