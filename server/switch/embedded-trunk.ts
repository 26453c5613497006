import { isIP } from "node:net";
import { reasonOf } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import { defaultPort } from "../sip/transport.ts";
import type { SipDestination, SipStack, SipTarget, SipTransport, TrunkRegistration } from "../sip/types.ts";
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
  /** Where its host leads, for calls it sends us. */
  targets: readonly SipTarget[];
}

/** Where its requests go: what the administrator left open, DNS says (RFC 3263). */
export function destinationOf(trunk: TrunkConfig): SipDestination {
  const { transport, host, port, tlsVerify, tlsCa, domain } = trunk;
  const mayUseTls = transport === "tls" || transport === "auto";
  return {
    host,
    ...(transport === "auto" ? {} : { transport }),
    ...(port === undefined ? {} : { port }),
    // A certificate names domains: of an address we know it only by the trunk's own.
    ...(mayUseTls && isIP(host) && domain !== undefined ? { domain } : {}),
    ...(mayUseTls && (!tlsVerify || tlsCa !== undefined) ? { tls: { verify: tlsVerify, ca: tlsCa } } : {}),
  };
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
  const isUdp = remote.transport === "udp";
  if (trunk.targets.some(({ host, port }) => host === remote.host && (!isUdp || port === remote.port)))
    return true;
  return trunk.config.inboundHosts.some(
    (entry) => entry === remote.host || entry === `${remote.host}:${remote.port}`,
  );
}

/** What is known without DNS. */
export function literalTargets(config: TrunkConfig): SipTarget[] {
  const { transport = "udp", host, port } = destinationOf(config);
  return isIP(host) ? [{ transport, host, port: port ?? defaultPort(transport) }] : [];
}

export async function resolveHost(trunk: Trunk, sip: () => SipStack, log: Log): Promise<void> {
  if (isIP(trunk.config.host)) return;
  try {
    trunk.targets = await sip().locate(destinationOf(trunk.config));
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
