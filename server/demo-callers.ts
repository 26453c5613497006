/** People of the demonstration who call in, as long as somebody is signed in to take their calls. */
import type { Agent } from "./features/agents/index.ts";
import { flowNumber, peopleToCall, policyOf, serviceNumber } from "./features/demo/index.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Log } from "./kernel/log.ts";
import type { Random } from "./kernel/random.ts";

const everyMs = 15_000;
/** One in so many looks is followed by a call: about one a minute. */
const shareCalling = 0.25;
const talkMs = { least: 20_000, spread: 50_000 };
/** Of ten who call, how many do what. */
const errands = [
  ...Array<Errand>(4).fill("talk"),
  ...Array<Errand>(2).fill("menu"),
  ...Array<Errand>(2).fill("policy"),
  "message",
  "call-back",
] as const;
type Errand = "talk" | "menu" | "policy" | "message" | "call-back";

const hello = [
  { do: "wait", ms: 300 },
  { do: "play", sound: "hello-zh-1" },
];
const talk = (ms: number) => ({ do: "talk", sound: "talk-zh", ms });
/** Through the greeting, to the key that they know. */
const keyed = (keys: string) => [
  { do: "wait", ms: 8000 },
  { do: "press", keys },
  { do: "wait", ms: 3000 },
];

/** What the caller does, in the steps of the simulated carrier (`tools/carrier/plan.ts`). */
function visit(random: Random, from: string): { to: string; plan: object[] } {
  const errand = errands[Math.floor(random.next() * errands.length)]!;
  if (errand === "message")
    return { to: flowNumber, plan: [...keyed("2"), { do: "wait", ms: 4000 }, talk(9000), { do: "hangup" }] };
  if (errand === "call-back") return { to: flowNumber, plan: [...keyed("3"), { do: "stay" }] };
  // An agent who has hung up by then has them asked how they were served.
  const rates = [
    { do: "press", keys: String(Math.ceil(2 + random.next() * 3)) },
    { do: "wait", ms: 4000 },
  ];
  const conversation = [...hello, talk(Math.round(talkMs.least + random.next() * talkMs.spread)), ...rates];
  const talked = [...conversation, { do: "hangup" }];
  if (errand === "menu") return { to: flowNumber, plan: [...keyed("1"), ...talked] };
  if (errand === "policy")
    return { to: flowNumber, plan: [...keyed("4"), { do: "press", keys: policyOf(from) }, ...talked] };
  return { to: serviceNumber, plan: talked };
}

export function startDemoCallers(deps: {
  /** HTTP port of the simulated carrier's control. */
  control: number;
  /** UDP port of our SIP, on this machine. */
  sipPort: number;
  agents: () => readonly Agent[];
  clock: Clock;
  random: Random;
  log: Log;
}): Disposable {
  const { control, sipPort, clock, random, log } = deps;
  const people = peopleToCall(200);
  /** Two of three are on the list; the others call for the first time. */
  const somebody = () =>
    random.next() < 2 / 3
      ? people[Math.floor(random.next() * people.length)]!.phone
      : `+8619900200${String(Math.floor(random.next() * 1000)).padStart(3, "0")}`;

  async function call(): Promise<void> {
    const from = somebody();
    const answer = await fetch(`http://127.0.0.1:${control}/call-in`, {
      method: "POST",
      body: JSON.stringify({
        from,
        ...visit(random, from),
        target: { transport: "udp", host: "127.0.0.1", port: sipPort },
      }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  const looking = clock.every(everyMs, () => {
    const isSomebodyHere = deps.agents().some(({ state }) => state !== "signed-out");
    if (!isSomebodyHere || random.next() >= shareCalling) return;
    call().catch((error: unknown) => log.warn({ err: error }, "nobody of the demonstration called"));
  });
  return { [Symbol.dispose]: () => looking.cancel() };
}
