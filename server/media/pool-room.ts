import type { RoomPlan } from "./messages.ts";
import type { PoolProcess } from "./pool-process.ts";
import type { HearingMatrix, MediaRoom } from "./types.ts";

export interface PoolRoomOptions {
  roomId: string;
  /** Where a leg lives; undefined once it has ended. */
  hostOf: (legId: string) => PoolProcess | undefined;
  random: () => number;
}

/** A room over all processes that its legs live in: each gets its part of the matrix. */
export function createPoolRoom({ roomId, hostOf, random }: PoolRoomOptions): MediaRoom {
  /** By leg and listening process: a stream goes on as long as it is wanted. */
  const streams = new Map<PoolProcess, Map<string, number>>();
  let hosts = new Set<PoolProcess>();
  let closed = false;

  function streamOf(legId: string, to: PoolProcess): number {
    const ofHost = streams.get(to) ?? new Map<string, number>();
    streams.set(to, ofHost);
    const stream = ofHost.get(legId) ?? Math.floor(random() * 2 ** 48);
    ofHost.set(legId, stream);
    return stream;
  }

  /** Pairs of a leg and a process not its own where it is heard. */
  function crossings(matrix: HearingMatrix): Map<PoolProcess, Set<string>> {
    const heardIn = new Map<PoolProcess, Set<string>>();
    for (const [listener, heard] of matrix) {
      const host = hostOf(listener);
      if (!host) continue;
      const foreign = heardIn.get(host) ?? new Set<string>();
      heardIn.set(host, foreign);
      for (const legId of heard) {
        const home = hostOf(legId);
        if (home && home !== host && matrix.has(legId)) foreign.add(legId);
      }
    }
    return heardIn;
  }

  function planFor(
    host: PoolProcess,
    matrix: HearingMatrix,
    heardIn: Map<PoolProcess, Set<string>>,
  ): RoomPlan {
    const rows = [...matrix].filter(([legId]) => hostOf(legId) === host);
    const imports = [...(heardIn.get(host) ?? [])].map((legId) => ({ legId, stream: streamOf(legId, host) }));
    const exports = [...heardIn].flatMap(([to, foreign]) =>
      [...foreign]
        .filter((legId) => hostOf(legId) === host)
        .map((legId) => ({ legId, stream: streamOf(legId, to), port: to.linkPort })),
    );
    return { roomId, hears: rows.map(([legId, heard]) => [legId, [...heard]]), imports, exports };
  }

  return {
    roomId,
    setMatrix(matrix) {
      if (closed) return;
      const heardIn = crossings(matrix);
      const now = new Set([...matrix.keys()].flatMap((legId) => hostOf(legId) ?? []));
      for (const host of hosts) if (!now.has(host)) host.run({ type: "close-room", roomId });
      for (const host of now) host.run({ type: "set-matrix", ...planFor(host, matrix, heardIn) });
      hosts = now;
    },
    close() {
      closed = true;
      for (const host of hosts) host.run({ type: "close-room", roomId });
    },
  };
}
