/** A binary heap by time; of two at one time the first put comes first. */
export interface EventQueue<T> {
  put(at: number, event: T): void;
  next(): { at: number; event: T } | undefined;
  /** When the next is due; Infinity when there is none. */
  readonly nextAt: number;
}

interface Entry<T> {
  at: number;
  order: number;
  event: T;
}

export function createEventQueue<T>(): EventQueue<T> {
  const heap: Entry<T>[] = [];
  let order = 0;
  const before = (a: Entry<T>, b: Entry<T>) => a.at < b.at || (a.at === b.at && a.order < b.order);
  return {
    put(at, event) {
      const entry = { at, order: order++, event };
      let i = heap.length;
      heap.push(entry);
      while (i > 0) {
        const parent = (i - 1) >> 1;
        if (!before(entry, heap[parent]!)) break;
        heap[i] = heap[parent]!;
        i = parent;
      }
      heap[i] = entry;
    },
    next() {
      const top = heap[0];
      const last = heap.pop();
      if (!top || !last || heap.length === 0) return top;
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
        if (!before(heap[child]!, last)) break;
        heap[i] = heap[child]!;
        i = child;
      }
      heap[i] = last;
      return top;
    },
    get nextAt() {
      return heap[0]?.at ?? Infinity;
    },
  };
}
