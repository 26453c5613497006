/** Packets that may come out of order and are still taken; RFC 3711 §3.3.2 asks for 64 at least. */
const windowPackets = 128;
const none = -1;

/** Which indices were seen: the replay list of RFC 3711 §3.3.2. */
export class ReplayWindow {
  #highest = none;
  readonly #seen = new Float64Array(windowPackets).fill(none);

  /** Neither seen nor too old to know. */
  isNew(index: number): boolean {
    return index > this.#highest - windowPackets && this.#seen[index % windowPackets] !== index;
  }

  /** Only after the packet was authenticated. */
  add(index: number): void {
    this.#seen[index % windowPackets] = index;
    if (index > this.#highest) this.#highest = index;
  }
}

/** The 48-bit packet index of one SSRC's stream: 2^16 times the rollover counter, plus the sequence number. */
export class PacketIndex {
  readonly window = new ReplayWindow();
  #highest = none;

  /** The index that a packet with this sequence number most likely has (RFC 3711 §3.3.1, Appendix A); -1: before all. */
  estimate(sequence: number): number {
    if (this.#highest === none) return sequence;
    const rollover = Math.floor(this.#highest / 65_536);
    const last = this.#highest % 65_536;
    const away = sequence - last;
    const turn = away > 32_768 ? -1 : away < -32_768 ? 1 : 0;
    return Math.max(none, (rollover + turn) * 65_536 + sequence);
  }

  add(index: number): void {
    this.window.add(index);
    if (index > this.#highest) this.#highest = index;
  }
}
