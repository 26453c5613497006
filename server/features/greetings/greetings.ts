/** Callers who hear something of their own before what everybody hears. */
import type { Language } from "../../../shared/common.ts";
import type { GreetingPlace, GreetingRule } from "../../../shared/greetings.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import { readSettings } from "../settings/index.ts";
import type { Sounds } from "../sounds/index.ts";
import { chooseGreeting } from "./choose-greeting.ts";
import { knownCaller, readRules } from "./queries.ts";
import "./events.ts";

type Playable = Awaited<ReturnType<Sounds["play"]>>;

export interface Greetings extends Disposable {
  /** Is there a rule for anybody here? */
  has(where: GreetingPlace): boolean;
  /** Null: no rule is for this caller, or its words cannot be spoken. Never rejects. */
  soundFor(
    where: GreetingPlace,
    caller: { customerId: number | null; language: Language },
  ): Promise<{ name: string; sound: Playable } | null>;
  start(): Promise<void>;
}

/** `2026-12-21` and `14:05` there. */
function momentOf(at: Date | null, timeZone: string): { day: string; time: string } {
  if (!at) return { day: "", time: "" };
  const [day = "", time = ""] = at
    .toLocaleString("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" })
    .split(" ");
  return { day, time };
}

export function createGreetings(deps: {
  database: Database;
  sounds: Pick<Sounds, "play" | "playPrompt">;
  clock: Clock;
  events: EventBus;
  log: Log;
}): Greetings {
  const { database, sounds, clock, log } = deps;
  let rules: readonly GreetingRule[] = [];

  async function read(): Promise<void> {
    rules = await readRules(database.db);
  }

  async function made(
    { says }: GreetingRule,
    language: Language,
    variables: Readonly<Record<string, string>>,
  ): Promise<Playable | undefined> {
    if (says.promptId !== null) return sounds.playPrompt(says.promptId, variables);
    const spoken = says[language] ? language : says.zh ? "zh" : "en";
    const text = says[spoken];
    return text === ""
      ? undefined
      : sounds.play({ language: spoken, parts: [{ kind: "text", text }] }, variables);
  }

  const stop = deps.events.on("greetings.changed", read);
  return {
    start: read,
    has: (place) => rules.some(({ on, where }) => on && where.includes(place)),
    async soundFor(where, { customerId, language }) {
      if (rules.length === 0) return null;
      try {
        const now = new Date(clock.now());
        const { timeZone, companyName } = await readSettings(database.db);
        const known = customerId === null ? undefined : await knownCaller(database.db, customerId, now);
        const { vip = 0, fields = {}, appointmentAt = null } = known ?? {};
        const caller = { where, language, customerId: known ? customerId : null, vip, fields, appointmentAt };
        const rule = chooseGreeting(rules, caller, { atMs: now.getTime(), timeZone });
        if (!rule) return null;
        const { day, time } = momentOf(appointmentAt, timeZone);
        const own = Object.entries(fields).map(([name, value]) => [`customer.${name}`, value] as const);
        const sound = await made(rule, language, {
          ...Object.fromEntries(own),
          "customer.name": known?.name ?? "",
          "customer.organisation": known?.organisation ?? "",
          "company.name": companyName,
          "appointment.day": day,
          "appointment.time": time,
        });
        return sound ? { name: rule.name, sound } : null;
      } catch (error) {
        log.error({ err: error, customerId }, "a caller is not greeted in their own way");
        return null;
      }
    },
    [Symbol.dispose]: stop,
  };
}
