import { withoutShared } from "./announcement-shared.ts";
import type { ProcessOptions } from "./messages.ts";
import { createPoolLeg } from "./pool-leg.ts";
import { PoolProcess } from "./pool-process.ts";
import { Taps } from "./pool-taps.ts";
import type {
  Announcement,
  LegSpec,
  MediaEvent,
  MediaLeg,
  MediaPool,
  MediaPoolOptions,
  MediaRoom,
} from "./types.ts";

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

/** Which process serves an affinity, as long as a leg or a room holds it. */
class Affinities {
  readonly #holders = new Map<string, { host: PoolProcess; count: number }>();
  readonly #hosts: readonly PoolProcess[];

  constructor(hosts: readonly PoolProcess[]) {
    this.#hosts = hosts;
  }

  hold(affinity: string): PoolProcess {
    const held = this.#holders.get(affinity);
    if (held) {
      held.count++;
      return held.host;
    }
    const host = this.#hosts.toSorted(
      (a, b) => Number(b.alive) - Number(a.alive) || this.#loadOf(a) - this.#loadOf(b),
    )[0]!;
    this.#holders.set(affinity, { host, count: 1 });
    return host;
  }

  release(affinity: string): void {
    const held = this.#holders.get(affinity);
    if (held && --held.count === 0) this.#holders.delete(affinity);
  }

  #loadOf(host: PoolProcess): number {
    return host.legIds.size;
  }
}

/**
 * Starts `processes` media processes and waits until they serve. Legs and rooms of one affinity share a process. The
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
  const hosts = Array.from(
    { length: options.processes },
    (_, index) =>
      new PoolProcess({
        process: shareOf(options, index),
        clock: options.clock,
        log: options.log,
        onEvent: emit,
        onReady: (host) => host.run({ type: "set-announcements", announcements }),
        onTap: (tapId, samples) => taps.deliver(tapId, samples),
        onDied: (tapIds) => tapIds.forEach((tapId) => taps.end(tapId)),
      }),
  );
  const affinities = new Affinities(hosts);
  await Promise.all(hosts.map((host) => host.ready));

  async function createLeg(spec: LegSpec): Promise<MediaLeg> {
    const host = affinities.hold(spec.affinity);
    host.legIds.add(spec.legId);
    const release = () => {
      releases.delete(spec.legId);
      host.legIds.delete(spec.legId);
      affinities.release(spec.affinity);
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

  function createRoom(roomId: string, affinity: string): MediaRoom {
    const host = affinities.hold(affinity);
    let closed = false;
    return {
      roomId,
      setMatrix(matrix) {
        const hears = [...matrix].map(([legId, heard]): [string, string[]] => [legId, [...heard]]);
        const strangers = hears
          .map(([legId]) => legId)
          .filter((id) => hosts.some((h) => h !== host && h.legIds.has(id)));
        if (strangers.length > 0)
          options.log.error(
            { roomId, affinity, strangers },
            "legs of another affinity cannot join this room",
          );
        if (!closed) host.run({ type: "set-matrix", roomId, hears });
      },
      close() {
        if (closed) return;
        closed = true;
        host.run({ type: "close-room", roomId });
        affinities.release(affinity);
      },
    };
  }

  return {
    createLeg,
    createRoom,
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
      await Promise.all(hosts.map((host) => host[Symbol.asyncDispose]()));
    },
  };
}
