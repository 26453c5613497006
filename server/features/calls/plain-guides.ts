/**
 * Guides of callers whose number leads to words, or to a number outside:
 *
 *   words ── heard, or they cannot be spoken ──▶ hung up
 *   number ── it answers ──▶ bridged
 *        └── nobody comes ──▶ "nobody can take your call" ──▶ hung up
 */
import type { NumberTarget } from "../../../shared/numbers.ts";
import type { Sound } from "../../switch/switch.ts";
import type { Sounds } from "../sounds/index.ts";
import type { CallPlan } from "./active-call.ts";
import type { Guide, GuidedCall } from "./guide.ts";
import { nobodyHereMessage } from "./sounds.ts";

/** Undefined: this target needs no guide. */
export type PlainGuideOf = (target: NumberTarget, plan: CallPlan) => Guide | undefined;

function guide(acts: { begin: (call: GuidedCall) => void; back?: (call: GuidedCall) => void }): Guide {
  let led: GuidedCall | undefined;
  return {
    begin(call) {
      led = call;
      acts.begin(call);
    },
    key: () => undefined,
    back: () => led && acts.back?.(led),
    taken: () => undefined,
    left: () => undefined,
    story: () => ({ path: [], earlier: 0, facts: [], shown: [] }),
  };
}

const sayAndGo = (call: GuidedCall, sound: () => Promise<Sound | null>) =>
  call.say(sound, () => {
    call.heard();
    call.hangUp();
  });

export function createPlainGuides(deps: {
  sounds: Pick<Sounds, "playPrompt">;
  companyName: () => string;
}): PlainGuideOf {
  return (target, { name, phone }) => {
    switch (target.type) {
      case "announcement": {
        const words = async () =>
          deps.sounds.playPrompt(target.id, { name, phone, company: deps.companyName() });
        return guide({ begin: (call) => sayAndGo(call, async () => (await words()) ?? null) });
      }
      case "number":
        return guide({
          begin: (call) => call.send({ kind: "number", phone: target.phone, own: true }),
          back: (call) => sayAndGo(call, async () => nobodyHereMessage(phone)),
        });
      default:
        return undefined;
    }
  };
}
