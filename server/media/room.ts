import { canRelay } from "./codec.ts";
import type { Leg } from "./leg.ts";
import type { TickUnit } from "./ticker.ts";

const silence = new Int16Array(160);

/** Packets of `from` can be passed on to `to`. */
function understands(to: Leg, from: Leg): boolean {
  return !to.agreed || !from.agreed || canRelay(from.agreed.codec, to.agreed.codec);
}

/**
 * Legs that tick together: a room's members, or one leg alone. All frames are taken in before any goes out, so
 * mixing adds no frame of delay.
 */
export class Room implements TickUnit {
  readonly members = new Set<Leg>();

  tick(at: number): void {
    for (const leg of this.members) leg.input.tick(at);
    for (const leg of this.members) leg.output.tick(at);
  }

  skip(frames: number): void {
    for (const leg of this.members)
      for (const recorder of leg.recorders.values())
        for (let i = 0; i < frames; i++) recorder.write(silence, silence);
  }

  /** Sets who hears whom. Legs of `matrix` must be members. */
  setMatrix(matrix: ReadonlyMap<Leg, ReadonlySet<Leg>>): void {
    for (const leg of this.members) {
      leg.output.setHears(
        [...(matrix.get(leg) ?? [])].filter((heard) => heard !== leg && this.members.has(heard)),
      );
      leg.heardBy = [];
    }
    for (const leg of this.members) for (const heard of leg.output.hears) heard.heardBy.push(leg);
    this.reroute();
  }

  /**
   * Decides for each leg whether its party is relayed (it hears one leg of its codec and nothing else) or mixed, and whose sound
   * must be decoded: of those who are mixed, recorded, tapped or watched. A recorded relay decodes aside while its
   * packets go out at once.
   */
  reroute(): void {
    for (const leg of this.members) leg.relayTo = [];
    for (const leg of this.members) {
      const heard = leg.output.hears.length === 1 && !leg.output.busy ? leg.output.hears[0] : undefined;
      const only = heard && understands(leg, heard) ? heard : undefined;
      leg.output.relayFrom = only;
      only?.relayTo.push(leg);
    }
    for (const leg of this.members)
      leg.input.needed = leg.decodes || leg.heardBy.some((l) => !l.output.relayFrom || l.recorders.size > 0);
  }
}
