import type { LegId, Switch, SwitchEvent } from "./switch.ts";

/** Trunks of the canary have numbers below zero; those of the business come from the database and never do. */
export const isCanaryTrunk = (trunkId: number | undefined) => trunkId !== undefined && trunkId < 0;

export interface Hidden {
  readonly legs: ReadonlySet<LegId>;
  /** The phone that the canary registers. */
  readonly user: string;
  /** Trunks to hand over beside those of the business. */
  setTrunks: Switch["setTrunks"];
}

/** The same switch without what belongs to the canary: no leg, no trunk, no phone and no event of it. */
export function hideCanary<S extends Switch>(sw: S, hidden: Hidden): S {
  const isHidden = (event: SwitchEvent): boolean => {
    if (event.type === "endpoint") return event.user === hidden.user;
    if (event.type === "trunk") return isCanaryTrunk(event.status.trunkId);
    return hidden.legs.has(event.legId);
  };
  return {
    ...sw,
    on: (listener) =>
      sw.on((event) => {
        if (!isHidden(event)) listener(event);
      }),
    setTrunks: hidden.setTrunks,
    trunkStatus: () => sw.trunkStatus().filter((status) => !isCanaryTrunk(status.trunkId)),
    legs: () => sw.legs().filter((legId) => !hidden.legs.has(legId)),
  };
}
