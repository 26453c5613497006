/**
 * A set of telephone numbers in 8 bytes each, half of them free: E.164 has at most 15 digits, which a double holds
 * exactly. A million numbers take 16 MB outside the heap, where a Set of strings takes 80 MB of it.
 */
export class NumberSet {
  #slots: Float64Array;
  #size = 0;

  constructor(capacity = 1 << 16) {
    this.#slots = new Float64Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** False when it was there. `e164`: `+` and digits. */
  add(e164: string): boolean {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    return this.#put(this.#slots, Number(e164.slice(1)));
  }

  #put(slots: Float64Array, number: number): boolean {
    const mask = slots.length - 1;
    // Fibonacci hashing (Knuth, TAOCP 3, §6.4) of both halves; numbers of one exchange differ in few digits.
    const low = number % 4_294_967_296;
    const high = (number - low) / 4_294_967_296;
    let at = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high + 1, 0x85ebca6b)) >>> 0;
    at = (at ^ (at >>> 15)) & mask;
    for (let held = slots[at]!; held !== 0; held = slots[at]!) {
      if (held === number) return false;
      at = (at + 1) & mask;
    }
    slots[at] = number;
    this.#size++;
    return true;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Float64Array(before.length * 2);
    this.#size = 0;
    for (const number of before) if (number !== 0) this.#put(this.#slots, number);
  }
}
