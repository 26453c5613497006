import type { PoolProcess } from "./pool-process.ts";

/** About what one process carries with half a core to spare. */
const fullLegs = 300;
/** A home that has so many legs more than the least loaded process takes no more. */
const maxSurplus = 60;

/**
 * Which process a leg is born in. Legs of one affinity share a process, their home, where they meet without a hop,
 * until it is full or others idle; then the affinity moves to the least loaded. Rooms span processes, so a home is a
 * matter of cost, never of who can meet.
 */
export class Placement {
  readonly #homes = new Map<string, { host: PoolProcess; legs: number }>();
  readonly #hosts: readonly PoolProcess[];

  constructor(hosts: readonly PoolProcess[]) {
    this.#hosts = hosts;
  }

  place(affinity: string): PoolProcess {
    const home = this.#homes.get(affinity);
    const least = this.#hosts.toSorted(
      (a, b) => Number(b.alive) - Number(a.alive) || a.legIds.size - b.legIds.size,
    )[0]!;
    if (!home) {
      this.#homes.set(affinity, { host: least, legs: 1 });
      return least;
    }
    const { alive, legIds } = home.host;
    const hasRoom = legIds.size < fullLegs && legIds.size - least.legIds.size < maxSurplus;
    if (!alive || !hasRoom) home.host = least;
    home.legs++;
    return home.host;
  }

  /** A leg of this affinity has ended. */
  release(affinity: string): void {
    const home = this.#homes.get(affinity);
    if (home && --home.legs === 0) this.#homes.delete(affinity);
  }
}
