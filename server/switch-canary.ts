import type { Config } from "./config.ts";
import type { Health } from "./features/health/index.ts";
import { allTrunkSettings } from "./features/trunks/index.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Database } from "./kernel/db.ts";
import type { EventBus } from "./kernel/events.ts";
import type { Log } from "./kernel/log.ts";
import { systemRandom } from "./kernel/random.ts";
import { type Canary, type CanaryPhone, createCanary } from "./switch/canary.ts";
import type { EmbeddedSwitch } from "./switch/embedded.ts";

export interface SwitchCanaryParts {
  switch: EmbeddedSwitch;
  phone: CanaryPhone;
  config: Pick<Config, "canary">;
  database: Database;
  events: EventBus;
  clock: Clock;
  log: Log;
}

const reachable = (host: string) => (host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host);

/** The canary over the embedded switch, its calls over paid trunks as the trunks say; undefined when it is off or SIP has no UDP. */
export async function startCanary(
  stack: AsyncDisposableStack,
  parts: SwitchCanaryParts,
): Promise<Canary<EmbeddedSwitch> | undefined> {
  const { database, events } = parts;
  const udp = parts.switch.sipLocal.find(({ transport }) => transport === "udp");
  if (!parts.config.canary || !udp) return undefined;
  const host = reachable(udp.host);
  const canary = stack.use(
    await createCanary({ ...parts, switchAt: { ...udp, host }, mediaHost: host, random: systemRandom }),
  );
  const readTrunks = async () => {
    const trunks = await allTrunkSettings(database.db);
    canary.setTrunkCanaries(
      trunks.flatMap(({ id, name, enabled, auth, canaryNumber, canaryMinutes, callerIds }) =>
        enabled && canaryNumber !== null
          ? [
              {
                trunkId: id,
                name,
                number: canaryNumber,
                everyMinutes: canaryMinutes,
                callerId: callerIds[0],
                registers: auth === "registration",
              },
            ]
          : [],
      ),
    );
  };
  stack.defer(events.on("trunk.changed", readTrunks));
  await readTrunks();
  return canary;
}

/** What the health page says of the canary: the worst way decides. */
export function canaryProbe(health: Health, canary: Canary<EmbeddedSwitch>): void {
  health.add("canary", () => {
    const ways = canary.ways();
    const failing = ways.filter(({ state }) => state === "failed" || state === "warning");
    const detail = { ways: ways.length, failing: failing.map(({ key, name }) => name ?? key).join(", ") };
    if (ways.every(({ state }) => state === "waiting"))
      return { state: "ok", code: "canary-waiting", detail };
    if (failing.length === 0) return { state: "ok", code: "canary", detail };
    const isAlarm = failing.some(({ state }) => state === "failed");
    return { state: isAlarm ? "failed" : "warning", code: "canary-failing", detail };
  });
}
