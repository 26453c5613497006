import { fileURLToPath } from "node:url";
import type { Language } from "../../../shared/common.ts";
import type { Database } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound } from "../../switch/switch.ts";
import type { Sounds } from "../sounds/index.ts";
import { findUser } from "../users/index.ts";
import type { ActiveCall } from "./active-call.ts";

const file = (name: string): Sound => ({
  file: fileURLToPath(new URL(`audio/${name}.wav`, import.meta.url)),
});

/** Tells the agent, in 120 ms, that a person is on the line. */
export const connectTone: Sound = {
  tones: [{ frequenciesHz: [1050], levelDbm0: -16, onMs: 120, offMs: 0 }],
};
const ownMusic = file("hold");

/** In which language a person is spoken to of whom only the number is known. */
export const languageOf = (phone: string): Language => (phone.startsWith("+86") ? "zh" : "en");

/**
 * Who called, that nobody is free, and that it will not happen twice at once: what a person hears whom we
 * called and cannot connect (47 CFR 64.1200(a)(7) asks for such a message within two seconds).
 */
export const allBusyMessage = (phone: string): Sound => file(`all-busy-${languageOf(phone)}`);
/** Ends the wait for an agent whose browser or phone was lost in the talk. */
const agentLostMessage = (phone: string): Sound => file(`agent-lost-${languageOf(phone)}`);
/** For a caller whom nobody can take. */
export const nobodyHereMessage = (phone: string): Sound => file(`nobody-here-${languageOf(phone)}`);

/** That somebody cannot be reached, and that a message can be left. */
const ownVoicemailNotice = (phone: string): Sound => file(`voicemail-${languageOf(phone)}`);
/** That nothing can be left. */
export const voicemailFullNotice = (phone: string): Sound => file(`voicemail-full-${languageOf(phone)}`);
/** After it, speak. */
export const voicemailTone: Sound = {
  tones: [{ frequenciesHz: [1000], levelDbm0: -12, onMs: 400, offMs: 0 }],
};

/** What customers hear from us: the company's own sounds where it chose some. */
export interface CallSounds {
  holdMusic(): Sound;
  /** What a caller is told whom nobody can take, and a customer whose agent was lost. */
  goodbye(call: ActiveCall): Sound;
  /** Before a message for this person, or for several (null), whose box has no greeting of its own; never rejects. */
  voicemailNotice(call: ActiveCall, userId: number | null): Promise<Sound>;
}

export function createCallSounds(deps: {
  database: Database;
  sounds: Pick<Sounds, "holdMusic" | "voicemailNotice">;
  companyName: () => string;
  log: Log;
}): CallSounds {
  async function voicemailNotice(
    { id, plan: { name, phone } }: ActiveCall,
    userId: number | null,
  ): Promise<Sound> {
    try {
      const person = (userId === null ? undefined : await findUser(deps.database.db, userId))?.name ?? "";
      const chosen = deps.sounds.voicemailNotice({ name, person, company: deps.companyName() });
      return (await chosen) ?? ownVoicemailNotice(phone);
    } catch (error) {
      deps.log.error({ err: error, callId: id }, "the chosen notice cannot be spoken");
      return ownVoicemailNotice(phone);
    }
  }

  return {
    voicemailNotice,
    holdMusic: () => deps.sounds.holdMusic() ?? ownMusic,
    goodbye: ({ core, plan: { phone } }) =>
      core.state === "waiting" ? nobodyHereMessage(phone) : agentLostMessage(phone),
  };
}
