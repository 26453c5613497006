import type { TestContext } from "node:test";
import type { TestBrowser } from "./browser.ts";
import { until } from "./until.ts";
import type { CarrierCall } from "../../tools/carrier/call.ts";

export type Hearing = "agent" | "music" | "nothing";

/** What the customer hears: the agent's tone, hold music (for 0.4 s: what conceals a loss is shorter), or nothing. */
export async function hearing(call: CarrierCall, agentHz: number): Promise<Hearing> {
  for (let look = 0; look < 2; look++) {
    const heard = await call.stream!.listen(200);
    if (heard.toneDbm0(agentHz) > -30) return "agent";
    if (heard.levelDbm0 < -30) return "nothing";
  }
  return "music";
}

/** Waits until the customer hears this, and tells how long it took, in the test's diagnostics too. */
export async function hears(
  t: TestContext,
  story: string,
  { call, hz, wanted }: { call: CarrierCall; hz: number; wanted: Hearing },
): Promise<number> {
  const from = performance.now();
  await until(`${story}: the customer hears ${wanted}`, async () => (await hearing(call, hz)) === wanted);
  const ms = Math.round(performance.now() - from);
  t.diagnostic(`${story}: the customer hears ${wanted} after ${ms} ms`);
  return ms;
}

/** Waits until customer and agent hear each other, and tells how long that took. */
export async function twoWay(
  t: TestContext,
  story: string,
  { call, hz, ear, customerHz }: { call: CarrierCall; hz: number; ear: TestBrowser; customerHz: number },
): Promise<void> {
  const from = performance.now();
  const agentHeard = async () => (await hearing(call, hz)) === "agent";
  await Promise.all([until(`${story}: the customer hears the agent`, agentHeard), ear.hears(customerHz)]);
  t.diagnostic(`${story}: both hear each other after ${Math.round(performance.now() - from)} ms`);
}
