import { networkInterfaces } from "node:os";
import type { Config } from "./config.ts";
import type { Clock } from "./kernel/clock.ts";
import { listenError } from "./kernel/listen-error.ts";
import type { Log } from "./kernel/log.ts";
import { systemRandom } from "./kernel/random.ts";
import { createEmbeddedSwitch, type EmbeddedSwitch } from "./switch/embedded.ts";

/** Digest realm of phones and browsers; not a host name, so that it survives a change of address. */
export const realm = "waihu";

/** The address others reach us at when none is set: the first of this machine that is not loopback. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.find((address) => address.family === "IPv4" && !address.internal)?.address ?? "127.0.0.1";
}

/** Listens where the settings say. Errors: `StartupError` where a port cannot be had. */
export function startSwitch(
  {
    config,
    clock,
    log,
  }: {
    config: Pick<Config, "sip" | "rtp" | "mediaProcesses" | "version">;
    clock: Clock;
    log: Log;
  },
  credentialsOf: Parameters<typeof createEmbeddedSwitch>[0]["credentialsOf"],
): Promise<EmbeddedSwitch> {
  const { host, port, tls } = config.sip;
  const any = host === "0.0.0.0" || host === "::";
  const advertisedHost = config.sip.advertisedHost ?? (any ? ownAddress() : host);
  const fixed = config.rtp.minPort > 0;
  const firstBrowserPort = config.rtp.maxPort - config.mediaProcesses + 1;
  return createEmbeddedSwitch({
    sip: {
      listen: [
        { transport: "udp", host, port },
        { transport: "tcp", host, port },
        ...(tls.files ? [{ transport: "tls" as const, host, port: tls.port }] : []),
      ],
      tls,
      neverBanned: config.sip.neverBanned,
      advertisedHost: config.sip.advertisedHost,
      realm,
      userAgent: `Waihu/${config.version}`,
    },
    media: {
      processes: config.mediaProcesses,
      bindHost: host,
      advertisedHost,
      // The last ports carry the browsers, one for each process; the others a leg each.
      rtpPorts: { min: config.rtp.minPort, max: fixed ? firstBrowserPort - 1 : 0 },
      webrtcPort: fixed ? firstBrowserPort : 0,
      iceServers: [],
    },
    credentialsOf,
    clock,
    random: systemRandom,
    log,
  }).catch((error: unknown) => {
    const names = { what: "SIP", hostSetting: "WAIHU_SIP_HOST", portSetting: "WAIHU_SIP_PORT" };
    throw listenError(error, { ...names, host, port });
  });
}
