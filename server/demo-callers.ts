/** People of the demonstration who call the service number, as long as somebody is signed in to take their calls. */
import type { Agent } from "./features/agents/index.ts";
import { peopleToCall, serviceNumber } from "./features/demo/index.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Log } from "./kernel/log.ts";
import type { Random } from "./kernel/random.ts";

const everyMs = 15_000;
/** One in so many looks is followed by a call: about one a minute. */
const shareCalling = 0.25;
const talkMs = { least: 20_000, spread: 50_000 };

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
  const from = () =>
    random.next() < 2 / 3
      ? people[Math.floor(random.next() * people.length)]!.phone
      : `+8619900200${String(Math.floor(random.next() * 1000)).padStart(3, "0")}`;

  async function call(): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${control}/call-in`, {
      method: "POST",
      body: JSON.stringify({
        from: from(),
        to: serviceNumber,
        target: { transport: "udp", host: "127.0.0.1", port: sipPort },
        plan: [
          { do: "wait", ms: 300 },
          { do: "play", sound: "hello-zh-1" },
          { do: "talk", sound: "talk-zh", ms: Math.round(talkMs.least + random.next() * talkMs.spread) },
          { do: "hangup" },
        ],
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
