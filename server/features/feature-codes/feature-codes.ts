/**
 * Codes keyed on an agent's telephone, in a call or between calls, or dialled by it as a number: each is what the desk does
 * by the same command. Done is told by two short high tones, refused by three low ones, and the desk says why.
 */
import { dialledCode, type KeyResult, keysOver, keyStep } from "../../../shared/code-collector.ts";
import { codeTable } from "../../../shared/feature-codes.ts";
import { settings, type Settings } from "../../../shared/settings.ts";
import type { Clock, Timer } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { AppError } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Calls } from "../calls/index.ts";
import type { Desk } from "../desk/index.ts";
import type { Diversions } from "../forwarding/index.ts";
import { readSettings } from "../settings/index.ts";
import { findUser } from "../users/index.ts";
import type { VoicemailMenus } from "../voicemail-menu/index.ts";
import { createRunCode, type Keyed } from "./run-code.ts";

/** So long after the last key what was keyed is taken for all of it. */
const patienceMs = 4000;

export interface FeatureCodes extends AsyncDisposable {
  /** Reads the company's codes, again whenever they change. */
  start(): Promise<void>;
}

export function createFeatureCodes(deps: {
  database: Database;
  agents: AgentRegistry;
  calls: Calls;
  desk: Desk;
  diversions: Diversions;
  menus: Pick<VoicemailMenus, "open">;
  clock: Clock;
  events: EventBus;
  log: Log;
}): FeatureCodes {
  const { database, agents, calls, clock, events, log } = deps;
  const runCode = createRunCode(deps);
  const collecting = new Map<number, { keys: string; where: "talk" | "idle"; timer: Timer }>();
  const running = new Map<number, Promise<boolean>>();
  let table = codeTable({});

  const take = ({ featureCodes }: Settings) => (table = codeTable(featureCodes));

  function refused(userId: number, error: unknown): void {
    if (error instanceof AppError) return agents.notice(userId, error.code, { ...error.detail });
    log.error({ err: error, userId }, "a feature code broke");
    return agents.notice(userId, "internal");
  }

  /** One after another: the second of two codes stands on what the first has changed. */
  function run(userId: number, keyed: Keyed): Promise<boolean> {
    const before = running.get(userId);
    const work = (async () => {
      await before?.catch(() => false);
      return runNow(userId, keyed);
    })();
    running.set(userId, work);
    return work;
  }

  async function runNow(userId: number, keyed: Keyed): Promise<boolean> {
    const user = await findUser(database.db, userId);
    if (!user?.active) return false;
    try {
      await runCode(user, keyed);
      log.info({ userId, code: keyed.name }, "feature code");
      return true;
    } catch (error) {
      refused(userId, error);
      return false;
    }
  }

  function keyed(userId: number, result: KeyResult): void {
    if (result.type === "more") return;
    calls.shield(userId, false);
    // The star has gone out before it could be held back.
    if (result.type === "pass") return calls.passOn(userId, result.keys.slice(1));
    run(userId, result).then(
      (done) => calls.tell(userId, done ? "done" : "refused"),
      (error: unknown) => log.error({ err: error, userId }, "a feature code broke"),
    );
  }

  function pressed(userId: number, key: string): void {
    const before = collecting.get(userId);
    const state = agents.get(userId)?.state;
    if (state === undefined || (!before && key !== "*")) return;
    before?.timer.cancel();
    collecting.delete(userId);
    const where = before?.where ?? (state === "talking" ? "talk" : "idle");
    const { keys, result } = keyStep(table, where, before?.keys ?? "", key);
    if (result.type === "more") {
      if (!before) calls.shield(userId, true);
      const timer = clock.after(patienceMs, () => {
        collecting.delete(userId);
        keyed(userId, keysOver(table, where, keys));
      });
      collecting.set(userId, { keys, where, timer });
    }
    keyed(userId, result);
  }

  async function dialled(userId: number, legId: string, number: string): Promise<void> {
    const result = dialledCode(table, number);
    if (result?.type === "code" && result.name === "voicemail") return deps.menus.open(userId, legId);
    const done = result?.type === "code" && (await run(userId, result));
    await calls.answerPhone(legId, done ? "done" : "refused");
  }

  const stops = [
    events.on("agent.key", ({ userId, key }) => pressed(userId, key)),
    events.on("phone.dialled", ({ userId, legId, dialled: number }) => {
      dialled(userId, legId, number).catch((error: unknown) => {
        log.error({ err: error, userId }, "a dialled code broke");
        calls.dropLine(legId);
      });
    }),
    events.on("settings.changed", (change) => void take(change.settings)),
  ];

  return {
    async start() {
      take(settings.parse(await readSettings(database.db)));
    },
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      for (const { timer } of collecting.values()) timer.cancel();
    },
  };
}
