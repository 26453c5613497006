/** Builds what a call does in a queue: who takes it, and what the caller hears and can do meanwhile. */
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Switch } from "../../switch/switch.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Queues } from "../queues/index.ts";
import type { Greetings } from "../greetings/index.ts";
import type { Sounds } from "../sounds/index.ts";
import type { ActiveCall } from "./active-call.ts";
import { type CallRouting, createCallRouting } from "./call-routing.ts";
import { type Comforts, createComforts } from "./comfort.ts";
import { createKeptPlaces, type KeptPlaces } from "./kept-places.ts";
import type { Messages } from "./messages.ts";
import type { Overflow } from "./overflow.ts";
import type { Door } from "./place-call.ts";
import type { CallRunner } from "./runner.ts";

import { createWaitingCallers, type WaitingCallers } from "./waiting-callers.ts";

export interface QueueSide extends AsyncDisposable, WaitingCallers {
  routing: CallRouting;
  comforts: Comforts;
  kept: KeptPlaces;
}

export function createQueueSide(deps: {
  database: Database;
  door: () => Door;
  agents: AgentRegistry;
  queues: Queues;
  runner: () => CallRunner;
  messages: () => Messages;
  overflow: () => Overflow;
  pickUp: (userId: number, callId: string) => void;
  switch: Pick<Switch, "play" | "stopPlayback">;
  sounds: Sounds;
  greetings: Pick<Greetings, "soundFor" | "has">;
  companyName: () => string;
  countryOf: (call: ActiveCall) => string;
  legOf: (userId: number) => string | undefined;
  clock: Clock;
  events: EventBus;
  log: Log;
}): QueueSide {
  const comforts = createComforts({
    ...deps,
    go: (call, queueId, act) => deps.overflow().choose(call, queueId, act),
    keep: (call, queueId, phone) => kept.keep(call, queueId, phone),
  });
  const kept = createKeptPlaces(deps);
  const routing = createCallRouting({ ...deps, comforts, kept });
  return {
    ...createWaitingCallers({ ...deps, kept }),
    routing,
    comforts,
    kept,
    async [Symbol.asyncDispose]() {
      routing[Symbol.dispose]();
      await kept[Symbol.asyncDispose]();
    },
  };
}
