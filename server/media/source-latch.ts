/** A latched source may be replaced after this much silence: its NAT gave it another port. */
const rebindMs = 3000;

/**
 * Symmetric RTP: we send to where the party's packets come from, and take packets from there alone. The address in
 * the SDP wins over any other; among others the first one seen holds until it has been silent for three seconds.
 */
export class SourceLatch {
  #signalled: { host: string; port: number } | undefined;
  #source: { host: string; port: number } | undefined;
  #lastAt = -Infinity;

  /** Where to send. */
  get target(): { host: string; port: number } | undefined {
    return this.#source ?? this.#signalled;
  }

  /** Packets come from where the SDP says: until `mayMove` none from elsewhere is accepted. */
  get isSettled(): boolean {
    const [source, signalled] = [this.#source, this.#signalled];
    return source !== undefined && source.port === signalled?.port && source.host === signalled.host;
  }

  /** The source has been silent for so long that another may take its place. */
  mayMove(at: number): boolean {
    return at - this.#lastAt >= rebindMs;
  }

  /** New SDP; another address than before forgets the latch. */
  signal(host: string, port: number): void {
    if (this.#signalled?.host === host && this.#signalled.port === port) return;
    this.#signalled = { host, port };
    this.#source = undefined;
  }

  /** True if a packet from there belongs to the party. */
  accept(host: string, port: number, at: number): boolean {
    const source = this.#source;
    const same = source !== undefined && source.port === port && source.host === host;
    if (!same) {
      const isSignalled = this.#signalled?.port === port && this.#signalled.host === host;
      if (source && !isSignalled && !this.mayMove(at)) return false;
      this.#source = { host, port };
    }
    this.#lastAt = at;
    return true;
  }
}
