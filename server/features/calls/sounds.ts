import { fileURLToPath } from "node:url";
import type { Sound } from "../../switch/switch.ts";

const file = (name: string): Sound => ({
  file: fileURLToPath(new URL(`audio/${name}.wav`, import.meta.url)),
});

/** Tells the agent, in 120 ms, that a person is on the line. */
export const connectTone: Sound = {
  tones: [{ frequenciesHz: [1050], levelDbm0: -16, onMs: 120, offMs: 0 }],
};
export const holdMusic = file("hold");

/**
 * Who called, that nobody is free, and that it will not happen twice at once: what a person hears whom we
 * called and cannot connect (47 CFR 64.1200(a)(7) asks for such a message within two seconds).
 */
export const allBusyMessage = (phone: string): Sound =>
  file(phone.startsWith("+86") ? "all-busy-zh" : "all-busy-en");
/** Ends the wait for an agent whose browser or phone was lost in the talk. */
export const agentLostMessage = (phone: string): Sound =>
  file(phone.startsWith("+86") ? "agent-lost-zh" : "agent-lost-en");
/** For a caller whom nobody can take. */
export const nobodyHereMessage = (phone: string): Sound =>
  file(phone.startsWith("+86") ? "nobody-here-zh" : "nobody-here-en");
