import { fileURLToPath } from "node:url";
import type { Log } from "../../kernel/log.ts";
import type { Sound } from "../../switch/switch.ts";
import type { Sounds } from "../sounds/index.ts";
import type { ActiveCall } from "./active-call.ts";

const file = (name: string): Sound => ({
  file: fileURLToPath(new URL(`audio/${name}.wav`, import.meta.url)),
});

/** Tells the agent, in 120 ms, that a person is on the line. */
export const connectTone: Sound = {
  tones: [{ frequenciesHz: [1050], levelDbm0: -16, onMs: 120, offMs: 0 }],
};
const ownMusic = file("hold");

/**
 * Who called, that nobody is free, and that it will not happen twice at once: what a person hears whom we
 * called and cannot connect (47 CFR 64.1200(a)(7) asks for such a message within two seconds).
 */
const allBusyMessage = (phone: string): Sound =>
  file(phone.startsWith("+86") ? "all-busy-zh" : "all-busy-en");
/** Ends the wait for an agent whose browser or phone was lost in the talk. */
const agentLostMessage = (phone: string): Sound =>
  file(phone.startsWith("+86") ? "agent-lost-zh" : "agent-lost-en");
/** For a caller whom nobody can take. */
const nobodyHereMessage = (phone: string): Sound =>
  file(phone.startsWith("+86") ? "nobody-here-zh" : "nobody-here-en");

/** What customers hear from us: the company's own sounds where it chose some. */
export interface CallSounds {
  holdMusic(): Sound;
  /** What a person is told at the end of a wait in vain. */
  goodbye(call: ActiveCall): Promise<Sound>;
}

export function createCallSounds(deps: {
  sounds: Pick<Sounds, "holdMusic" | "abandonMessage">;
  companyName: () => string;
  log: Log;
}): CallSounds {
  return {
    holdMusic: () => deps.sounds.holdMusic() ?? ownMusic,
    async goodbye({ id, core, plan: { phone, name, direction } }) {
      if (core.state !== "waiting") return agentLostMessage(phone);
      if (direction === "inbound") return nobodyHereMessage(phone);
      try {
        const said = deps.sounds.abandonMessage({ name, company: deps.companyName() });
        return (await said) ?? allBusyMessage(phone);
      } catch (error) {
        deps.log.error({ err: error, callId: id }, "the company's own message cannot be spoken");
        return allBusyMessage(phone);
      }
    },
  };
}
