/** Leads callers of numbers that have a flow. What is in force is held in memory: a caller does not wait for a database. */
import type { FlowLibrary } from "../../../shared/ivr/state.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Calendars } from "../calendars/index.ts";
import type { Calls } from "../calls/index.ts";
import { readSettings } from "../settings/index.ts";
import type { Sounds } from "../sounds/index.ts";
import type { Speech } from "../speech/index.ts";
import { createDatabases } from "./ask-database.ts";
import type { Outside } from "./ask-outside.ts";
import { flowsInForce } from "./queries.ts";
import { allowedHosts, databaseUrls } from "./queries-outside.ts";
import { createScripts } from "./run-script.ts";
import { createMessages } from "./send-message.ts";
import "./events.ts";
import { createTestCalls, type TestCalls } from "./test-calls.ts";
import { createWalk, type Walk } from "./walk.ts";

export interface Ivr extends AsyncDisposable {
  /** Reads what is in force; afterwards it leads every call that comes in. */
  refresh(): Promise<void>;
  /** Callers in the blocks of this flow now. */
  live(flowId: number): Record<string, number>;
  /** Flows in force. */
  flowIds(): number[];
  /** Drafts that are tried out. */
  readonly testCalls: Omit<TestCalls, typeof Symbol.dispose>;
}

export function createIvr(deps: {
  database: Database;
  calls: Pick<Calls, "guideBy" | "testLines">;
  sounds: Pick<Sounds, "play" | "playPrompt">;
  speech: Pick<Speech, "recognizer">;
  calendars: Pick<Calendars, "all">;
  /** Samples at 8 kHz as a WAV file. */
  wavOf: (samples: Int16Array) => Buffer;
  clock: Clock;
  events: EventBus;
  log: Log;
}): Ivr {
  const { database, events } = deps;
  const walks = new Map<string, Walk>();
  let library: FlowLibrary = new Map();
  let company = "";
  let urls: ReadonlyMap<number, string> = new Map();
  let hosts: readonly string[] = [];
  let reading: Promise<void> = Promise.resolve();
  const databases = createDatabases(deps);
  const scripts = createScripts(deps);
  const messages = createMessages(deps);
  const outside: Outside = {
    databases,
    scripts,
    urlOf: (databaseId) => urls.get(databaseId),
    allowedHosts: () => hosts,
  };

  async function read(): Promise<void> {
    const { db } = database;
    const [flows, settings] = await Promise.all([flowsInForce(db), readSettings(db)]);
    [urls, hosts] = await Promise.all([databaseUrls(db), allowedHosts(db)]);
    library = new Map(flows.map((flow) => [flow.flowId, flow]));
    company = settings.companyName;
  }
  /** One after another, so that the last that is read is the newest. */
  function refresh(): Promise<void> {
    reading = reading.catch(() => undefined).then(read);
    return reading;
  }

  const testCalls = createTestCalls({
    lines: deps.calls.testLines,
    parts: () => ({ ...deps, library, company, outside, messages }),
    events,
  });
  const moved = (flowId: number) => events.publish("ivr.moved", { flowId });

  deps.calls.guideBy(async (arrival) => {
    const flow = library.get(arrival.flowId);
    if (!flow) return undefined;
    const over = () => void walks.delete(arrival.callId);
    const walk = createWalk({ ...deps, library, company, outside, messages, over, moved }, flow, arrival);
    walks.set(arrival.callId, walk);
    return walk;
  });
  const stops = [
    events.on("settings.changed", refresh),
    events.on("call.closed", ({ callId }) => void walks.delete(callId)),
  ];

  return {
    refresh,
    testCalls,
    flowIds: () => [...library.keys()],
    live(flowId) {
      const counts: Record<string, number> = {};
      for (const walk of walks.values())
        for (const visit of walk.visits())
          if (visit.flowId === flowId) counts[visit.blockId] = (counts[visit.blockId] ?? 0) + 1;
      return counts;
    },
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      testCalls[Symbol.dispose]();
      await databases[Symbol.asyncDispose]();
      await scripts[Symbol.asyncDispose]();
    },
  };
}
