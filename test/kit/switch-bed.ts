import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../server/kernel/clock.ts";
import { silentLog } from "../../server/kernel/log.ts";
import { systemRandom } from "../../server/kernel/random.ts";
import {
  createEmbeddedSwitch,
  type EmbeddedSwitch,
  type EmbeddedSwitchOptions,
} from "../../server/switch/embedded.ts";
import { trunkByAddress, type TrunkConfig } from "../../server/switch/trunk-config.ts";
import { type Carrier, startCarrier, type CarrierOptions } from "../../tools/carrier/carrier.ts";

/** A trunk by IP on loopback, with no limits to speak of. */
export const trunkTo = (
  peer: { host: string; port: number },
  id = 1,
  change: Partial<TrunkConfig> = {},
): TrunkConfig =>
  trunkByAddress(peer, { id, name: `trunk ${id}`, maxChannels: 1000, maxCallsPerSecond: 1000, ...change });

/** The embedded switch on free ports of loopback. */
export function testSwitch(options: Partial<EmbeddedSwitchOptions> = {}): Promise<EmbeddedSwitch> {
  return createEmbeddedSwitch({
    sip: {
      listen: [{ transport: "udp", host: "127.0.0.1", port: 0 }],
      realm: "waihu.test",
      userAgent: "Waihu",
    },
    media: {
      processes: 1,
      bindHost: "127.0.0.1",
      advertisedHost: "127.0.0.1",
      rtpPorts: { min: 0, max: 0 },
      webrtcPort: 0,
      iceServers: [],
    },
    credentialsOf: async () => undefined,
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    ...options,
  });
}

export interface SwitchBed extends AsyncDisposable {
  sw: EmbeddedSwitch;
  carrier: Carrier;
  folder: string;
}

/** The embedded switch with trunk 1 to a carrier of its own. */
export async function switchBed(
  options: { sw?: Partial<EmbeddedSwitchOptions>; carrier?: CarrierOptions } = {},
): Promise<SwitchBed> {
  const [sw, carrier, folder] = await Promise.all([
    testSwitch(options.sw),
    startCarrier(options.carrier),
    mkdtemp(join(tmpdir(), "waihu-switch-")),
  ]);
  sw.setTrunks([trunkTo(carrier)]);
  return {
    sw,
    carrier,
    folder,
    async [Symbol.asyncDispose]() {
      await sw[Symbol.asyncDispose]();
      await carrier[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}
