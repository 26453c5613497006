/** Builds what a call does in a queue: who takes it, and what the caller hears and can do meanwhile. */
import type { Clock } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Switch } from "../../switch/switch.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Queues } from "../queues/index.ts";
import type { Sounds } from "../sounds/index.ts";
import type { ActiveCall } from "./active-call.ts";
import { type CallRouting, createCallRouting } from "./call-routing.ts";
import { type Comforts, createComforts } from "./comfort.ts";
import type { Messages } from "./messages.ts";
import type { Overflow } from "./overflow.ts";
import type { CallRunner } from "./runner.ts";

export interface QueueSide extends Disposable {
  routing: CallRouting;
  comforts: Comforts;
}

export function createQueueSide(deps: {
  agents: AgentRegistry;
  queues: Queues;
  runner: () => CallRunner;
  messages: () => Messages;
  overflow: () => Overflow;
  switch: Pick<Switch, "play" | "stopPlayback">;
  sounds: Sounds;
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
    keep: () => undefined,
  });
  const routing = createCallRouting({ ...deps, comforts });
  return { routing, comforts, [Symbol.dispose]: () => routing[Symbol.dispose]() };
}
