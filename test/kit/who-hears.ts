import type { CarrierCall } from "../../tools/carrier/call.ts";
import type { BedAgent } from "./bed-agent.ts";
import { until } from "./until.ts";

/** Somebody in a call: the tone they send, and how loud they hear others in the last fifth of a second, dBm0. */
export interface Ear {
  name: string;
  sendsHz: number;
  listen(): Promise<(hz: number) => number>;
}

export const agentEar = (name: string, { phone, toneHz }: BedAgent): Ear => ({
  name,
  sendsHz: toneHz,
  listen: async () => (hz) => phone.peer.toneLevel(hz),
});

export const farEar = (name: string, sendsHz: number, call: CarrierCall): Ear => ({
  name,
  sendsHz,
  async listen() {
    const heard = await call.stream!.listen(200);
    return (hz) => heard.toneDbm0(hz);
  },
});

const loudDbm0 = -25;
/** Music on hold has a little of everything. */
const silentDbm0 = -35;

/** Each of those named hears exactly whom it is said to hear: `{ ana: ["customer"], customer: [] }`. */
export async function untilHeard(
  what: string,
  ears: readonly Ear[],
  hears: Record<string, readonly string[]>,
): Promise<void> {
  let wrong: string[] = [];
  const look = async () => {
    const named = ears.filter(({ name }) => hears[name]);
    const levels = await Promise.all(named.map((ear) => ear.listen()));
    wrong = named.flatMap((ear, at) =>
      ears.flatMap((other) => {
        if (other === ear) return [];
        const level = levels[at]!(other.sendsHz);
        const wanted = hears[ear.name]!.includes(other.name);
        const isSo = wanted ? level > loudDbm0 : level < silentDbm0;
        return isSo
          ? []
          : [`${ear.name} ${wanted ? "misses" : "hears"} ${other.name} (${Math.round(level)})`];
      }),
    );
    return wrong.length === 0;
  };
  await until(what, look).catch((error: unknown) => {
    throw new Error(`${what}: ${wrong.join(", ")}`, { cause: error });
  });
}
