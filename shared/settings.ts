import { z } from "zod";
import { weekHours } from "./campaigns.ts";
import { everyDay } from "./week.ts";
import { country, e164, languages } from "./common.ts";
import { clashOf, codeNames } from "./feature-codes.ts";
import { changeOf } from "./change-of.ts";
import { supervisionActs } from "./floor.ts";
import { embedOrigin } from "./embed-origin.ts";
import { rulePackChoice } from "./rule-packs.ts";

export const callClasses = ["campaign", "manual", "inbound", "outside"] as const;
export type CallClass = (typeof callClasses)[number];
const callLimit = z.number().int().min(10).max(86_400).nullable().default(null);

/** The company's settings, changed by an administrator while the system runs. */
export const settings = z.object({
  companyName: z.string().trim().max(100).default(""),
  /** ISO 3166-1 alpha-2; a number written without a country code belongs to it. */
  defaultCountry: country.default("CN"),
  /** Language of people who have not chosen one. */
  defaultLocale: z.enum(languages).default("zh"),
  /** IANA name; days and hours of reports are counted in it. */
  timeZone: z
    .string()
    .refine((zone) => isTimeZone(zone), "not a time zone")
    .default("Asia/Shanghai"),
  /** Where people and phones reach this system, such as `https://call.example.com`; empty: as they came. */
  publicAddress: z.union([z.literal(""), z.url({ protocol: /^https?$/ })]).default(""),
  /** Agents see numbers with the middle hidden. */
  maskPhonesForAgents: z.boolean().default(false),
  /**
   * How long a customer waits with music for an agent whose browser or phone was lost in the talk; then a message
   * says so and the call ends, its summary open to the agent. Seconds.
   */
  agentLostSeconds: z.number().int().min(0).max(300).default(30),
  /** A busy tone or a known announcement before the answer ends the call at once, with that as its outcome. */
  endCallsWhenSure: z.boolean().default(true),
  /** So many per cent of calls have their early media kept while nobody answers, to train announcements from. */
  earlyMediaPercent: z.number().int().min(0).max(100).default(0),
  /** What a keypad can do (`shared/feature-codes.ts`): by name, the codes that differ from the usual ones. */
  featureCodes: z
    .partialRecord(z.enum(codeNames), z.string().regex(/^\*[0-9*#]{1,3}$/))
    .refine((chosen) => clashOf(chosen) === undefined, "one code is the beginning of another")
    .default({}),
  /** So long a customer is parked, then they are back at who parked them. */
  parkSeconds: z.number().int().min(5).max(3600).default(180),
  /** How long a talk of each class may last, seconds; null: as long as it likes. */
  callLimits: z
    .object({ campaign: callLimit, manual: callLimit, inbound: callLimit, outside: callLimit })
    .default({ campaign: null, manual: null, inbound: null, outside: null }),
  /** The agent is told so long before the end. */
  callLimitWarningSeconds: z.number().int().min(5).max(600).default(60),
  /** Both sides hear a short tone when a recording is paused for a card number, and when it goes on. */
  recordingPauseTone: z.boolean().default(false),
  /** Calls between two of us are recorded. */
  recordInternalCalls: z.boolean().default(false),
  /** Recordings become Ogg/Opus after the call, an eighth of the size; each archive is verified. */
  recordingArchive: z.enum(["none", "opus"]).default("opus"),
  /** So long the WAV is kept beside its archive. Days. */
  recordingOriginalDays: z.number().int().min(0).max(3650).default(30),
  /** Sounds that play one after another on hold; empty: the music that comes with the system. */
  holdSoundIds: z.array(z.number().int()).max(20).default([]),
  /** The prompt for a person who answered and whom nobody can take; null: the message that comes with the system. */
  abandonPromptId: z.number().int().nullable().default(null),
  /** The prompt before the tone after which a caller leaves a message; null: the notice that comes with the system. */
  voicemailPromptId: z.number().int().nullable().default(null),
  /** Whoever calls it hears their voicemail by box number and PIN; null: there is none. */
  voicemailNumber: e164.nullable().default(null),
  /** When people may be called outside of any campaign, by the clock where they are. */
  manualHours: weekHours.default(everyDay(["08:00", "21:00"])),
  /** Rules of law for calls whose campaign names none: a pack, `by-number` (that of each number's country), or none. */
  rulePack: rulePackChoice.default("none"),
  /** What a supervisor does with an agent or their call is shown on the agent's desk; the audit log has all of it. */
  supervisionShown: z
    .array(z.enum(supervisionActs))
    .default(supervisionActs.filter((act) => act !== "listen")),
  /** Pages of these origins may have the desk within them; empty: none may. */
  embedOrigins: z.array(embedOrigin).max(50).default([]),
});
export type Settings = z.output<typeof settings>;
export const settingsChange = changeOf(settings);

function isTimeZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
