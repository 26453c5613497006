import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { reasonOf } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import { defaultPort } from "../sip/transport.ts";
import type { SipTarget, SipTransport, TrunkRegistration } from "../sip/types.ts";
import type { TrunkConfig, TrunkStatus } from "./switch.ts";
import type { TokenBucket } from "./token-bucket.ts";

/** A trunk with what is known of it now. */
export interface Trunk {
  config: TrunkConfig;
  bucket: TokenBucket;
  channels: number;
  waiting: number;
  registration?: TrunkRegistration;
  missedProbes: number;
  /** It answered INVITE while OPTIONS went unanswered: then their silence says nothing. */
  ignoresOptions: boolean;
  /** Undefined until something was heard. */
  reachable?: boolean;
  reason?: string;
  rttMs?: number;
  /** Numeric addresses of its host, for calls it sends us. */
  addresses: ReadonlySet<string>;
}

/** Where its requests go. */
export function targetOf(trunk: TrunkConfig): SipTarget {
  const transport = trunk.transport === "auto" ? "udp" : trunk.transport;
  return { transport, host: trunk.host, port: trunk.port ?? defaultPort(transport) };
}

export const domainOf = (trunk: TrunkConfig) => trunk.domain ?? trunk.host;

export function stateOf(trunk: Trunk): Pick<TrunkStatus, "state" | "reason" | "registeredUntil"> {
  if (!trunk.config.enabled) return { state: "disabled" };
  const registration = trunk.registration?.state;
  if (registration?.state === "failed" || registration?.state === "stopped")
    return {
      state: "down",
      reason: `REGISTER: ${registration.status ?? ""} ${registration.reason ?? ""}`.trim(),
    };
  if (trunk.reachable === false) return { state: "down", reason: trunk.reason };
  if (registration?.state === "registering" || trunk.reachable === undefined) return { state: "registering" };
  return { state: "up", registeredUntil: registration?.expiresAt };
}

export const isDown = (trunk: Trunk) => stateOf(trunk).state === "down";

export function sendsFrom(
  trunk: Trunk,
  remote: { host: string; port: number; transport: SipTransport },
): boolean {
  const { config, addresses } = trunk;
  const isTcp = remote.transport !== "udp";
  if (addresses.has(remote.host) && (isTcp || remote.port === targetOf(config).port)) return true;
  return config.inboundHosts.some(
    (entry) => entry === remote.host || entry === `${remote.host}:${remote.port}`,
  );
}

export async function resolveHost(trunk: Trunk, log: Log): Promise<void> {
  if (isIP(trunk.config.host)) return;
  try {
    const found = await lookup(trunk.config.host, { all: true });
    trunk.addresses = new Set(found.map((entry) => entry.address));
  } catch (error) {
    log.warn({ trunkId: trunk.config.id, reason: reasonOf(error) }, "trunk host does not resolve");
  }
}

export const statusOf = (trunk: Trunk): TrunkStatus => ({
  trunkId: trunk.config.id,
  ...stateOf(trunk),
  channels: trunk.channels,
  waiting: trunk.waiting,
  rttMs: trunk.rttMs,
});
