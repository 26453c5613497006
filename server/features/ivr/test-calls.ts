/** Drafts that are walked on a telephone of ours: no figures, no record, no message sent, nobody else called. */
import { exitsOf } from "../../../shared/ivr/blocks.ts";
import { currentBlock } from "../../../shared/ivr/path.ts";
import type { IvrEffect, IvrState, RunningFlow } from "../../../shared/ivr/state.ts";
import type { IvrTestCall } from "../../../shared/ivr/test-call.ts";
import { conflict, notFound } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Arrival, Calls } from "../calls/index.ts";
import { createWalk, type Walk, type WalkParts } from "./walk.ts";
import "./events.ts";

export interface TestCalls extends Disposable {
  /** Another test of this person ends. `lineOf`: whose telephone is called. */
  start(
    userId: number,
    draft: RunningFlow,
    test: { lineOf: number; caller: Pick<Arrival, "phone" | "name" | "customerId" | "vip" | "country"> },
  ): IvrTestCall;
  /** Undefined: unknown, or somebody else's. */
  get(id: string, userId: number): IvrTestCall | undefined;
  /** Of this person. */
  of(userId: number): IvrTestCall[];
  keys(id: string, userId: number, keys: string): void;
  /** Errors: 409 `test-not-away`. */
  back(id: string, userId: number, exit: string): void;
  stop(id: string, userId: number): void;
}

interface Test {
  userId: number;
  view: IvrTestCall;
  walk: Walk;
  state: IvrState | null;
}

const mostPassed = 500;
const mask = "••••";
/** Why a queue gives a caller back, by the exit that stands for it. */
const whyOf: Readonly<Record<string, Parameters<Walk["back"]>[0]>> = {
  full: "queue-full",
  closed: "queue-closed",
  empty: "nobody-here",
  timeout: "too-long",
  key: "chosen",
};

const shownOf = ({ variables, secrets }: IvrState): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, secrets.includes(name) ? mask : value]),
  );

function after(view: IvrTestCall, state: IvrState, effects: readonly IvrEffect[]): IvrTestCall {
  let { passed } = view;
  for (const effect of effects)
    if (effect.type === "exited") {
      const { flowId, blockId, exit } = effect;
      passed = [...passed, { flowId, blockId, exit }].slice(-mostPassed);
    }
  return {
    ...view,
    state: state.phase === "over" ? "over" : state.phase === "away" ? "away" : "running",
    at: state.frames.map(({ flowId, blockId }) => ({ flowId, blockId })),
    passed,
    variables: shownOf(state),
    ended: state.phase === "over" ? state.ended : null,
  };
}

export function createTestCalls(deps: {
  lines: Calls["testLines"];
  parts: () => Omit<WalkParts, "over" | "moved" | "watch">;
  events: EventBus;
}): TestCalls {
  const tests = new Map<string, Test>();

  function moved(test: Test, change: Partial<IvrTestCall>): void {
    test.view = { ...test.view, ...change };
    deps.events.publish("ivr.test-moved", { testId: test.view.id, userId: test.userId });
  }

  const demand = (id: string, userId: number): Test => {
    const test = tests.get(id);
    if (!test || test.userId !== userId) throw notFound("test call", id);
    return test;
  };

  function forget(userId: number): void {
    for (const [id, test] of tests) {
      if (test.userId !== userId) continue;
      deps.lines.close(id);
      tests.delete(id);
    }
  }

  return {
    start(userId, draft, { lineOf, caller }) {
      forget(userId);
      const { flowId } = draft;
      const view: IvrTestCall = {
        id: "",
        flowId,
        state: "ringing",
        at: [],
        passed: [],
        variables: {},
        faults: [],
        ended: null,
        cause: null,
      };
      const arrival: Arrival = { ...caller, flowId, callId: "test", called: "" };
      const walk = createWalk(
        {
          ...deps.parts(),
          over: () => undefined,
          moved: () => undefined,
          watch(state, effects) {
            test.state = state;
            moved(test, after(test.view, state, effects));
          },
        },
        draft,
        arrival,
      );
      const test: Test = { userId, view, walk, state: null };
      view.id = deps.lines.open(lineOf, lineOf === userId, {
        begin: (line) =>
          walk.begin({
            ...line,
            note(type, data) {
              if (type !== "ivr-outside-failed") return;
              const fault = { blockId: test.view.at.at(-1)?.blockId ?? "", why: String(data["why"]) };
              moved(test, { faults: [...test.view.faults, fault] });
            },
            // A mailbox has them: nothing more happens.
            voicemail: () => line.hangUp(),
          }),
        key: (key) => walk.key(key),
        ended(cause) {
          if (test.state) walk.left();
          moved(test, { state: "over", cause });
        },
      });
      tests.set(view.id, test);
      return view;
    },
    get(id, userId) {
      const test = tests.get(id);
      return test?.userId === userId ? test.view : undefined;
    },
    of: (userId) => [...tests.values()].filter((test) => test.userId === userId).map(({ view }) => view),
    keys(id, userId, keys) {
      const { walk } = demand(id, userId);
      for (const key of keys) walk.key(key);
    },
    back(id, userId, exit) {
      const { walk, state } = demand(id, userId);
      const block = state?.phase === "away" ? currentBlock(state) : undefined;
      if (!block || !exitsOf(block).includes(exit))
        throw conflict("test-not-away", "The caller is not away.");
      walk.back(whyOf[exit]);
    },
    stop(id, userId) {
      demand(id, userId);
      deps.lines.close(id);
    },
    [Symbol.dispose]() {
      for (const id of tests.keys()) deps.lines.close(id);
    },
  };
}
