import type { MessageFlow, PromptChoice } from "../../../shared/message-flow.ts";
import type { Database } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound } from "../../switch/switch.ts";
import { leadFields } from "../lists/index.ts";
import { builtInPrompt, type Sounds } from "../sounds/index.ts";
import type { ActiveCall } from "./active-call.ts";
import { allBusyMessage, languageOf } from "./sounds.ts";

export interface MessageSounds {
  /** What the texts of prompts may speak of: the lead, its list's columns, the company. Never rejects. */
  variables(call: ActiveCall): Promise<Record<string, string>>;
  /** A prompt for this person. Errors: those of the voice; a prompt that is gone. */
  sound(
    call: ActiveCall,
    flow: MessageFlow,
    choice: PromptChoice,
    variables: Readonly<Record<string, string>>,
  ): Promise<Sound>;
  /** For the story of a call. */
  nameOf(choice: PromptChoice): string;
}

/** When the voice fails, a person still hears that something happened. */
const tone: Sound = { signal: "confirmation", country: "CN" };

export function createMessageSounds(deps: {
  database: Database;
  sounds: Pick<Sounds, "play" | "playPrompt" | "promptName" | "abandonMessage">;
  companyName: () => string;
  callerIdOf: (call: ActiveCall) => string | null;
  log: Log;
}): MessageSounds {
  const { sounds, log } = deps;
  return {
    async variables(call) {
      const { leadId, name, phone } = call.plan;
      const fields =
        leadId === null
          ? {}
          : await leadFields(deps.database.db, leadId).catch((error: unknown) => {
              log.error({ err: error, callId: call.id }, "a message goes without what the list tells");
              return {};
            });
      const own = { name, phone, company: deps.companyName(), number: deps.callerIdOf(call) ?? "" };
      return { ...fields, ...own };
    },
    async sound(call, flow, choice, variables) {
      if (typeof choice === "number") {
        const said = sounds.playPrompt(choice, variables);
        if (!said) throw new Error(`Prompt ${choice} is gone.`);
        return said;
      }
      const name = choice ?? "one-moment";
      const { company = "", number = "" } = variables;
      const facts = { company, number, key: flow.optOut?.key ?? "" };
      try {
        const own = name === "abandoned" ? sounds.abandonMessage(variables) : undefined;
        const { phone } = call.plan;
        return await (own ??
          sounds.play(builtInPrompt(name, languageOf(phone), facts), { ...variables, ...facts }));
      } catch (error) {
        log.error({ err: error, callId: call.id, prompt: name }, "a message cannot be spoken");
        return name === "abandoned" ? allBusyMessage(call.plan.phone) : tone;
      }
    },
    nameOf: (choice) =>
      typeof choice === "number" ? (sounds.promptName(choice) ?? String(choice)) : (choice ?? ""),
  };
}
