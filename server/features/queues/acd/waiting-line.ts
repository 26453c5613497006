import type { AcdCaller } from "./types.ts";

/** A caller in a line, with what became of it there. */
export interface Waiting {
  caller: AcdCaller;
  /** Place in the line: the beginning of the wait less what priority is worth, ms. Ties go by arrival. */
  place: number;
  arrival: number;
  /** Agents who refused it or did not answer, each left out until then, ms. */
  refusedBy: Map<number, number>;
  /** When who may take it changes next, ms. */
  changesAt: number;
  /** Whom it is offered to now. */
  offeredTo: Set<number>;
}

export const isBefore = (a: Waiting, b: Waiting) => (a.place - b.place || a.arrival - b.arrival) < 0;

/** Those who wait in a queue, most senior first. A search is O(log n), a change moves at most n references. */
export class WaitingLine implements Iterable<Waiting> {
  readonly #waiting: Waiting[] = [];

  get length(): number {
    return this.#waiting.length;
  }

  [Symbol.iterator](): Iterator<Waiting> {
    return this.#waiting[Symbol.iterator]();
  }

  add(waiting: Waiting): void {
    this.#waiting.splice(this.indexOf(waiting), 0, waiting);
  }

  remove(waiting: Waiting): void {
    const index = this.indexOf(waiting);
    if (this.#waiting[index] === waiting) this.#waiting.splice(index, 1);
  }

  /** How many are before it. */
  indexOf(waiting: Waiting): number {
    let [low, high] = [0, this.#waiting.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.#waiting[middle]!, waiting)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
