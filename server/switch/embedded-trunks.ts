import type { Clock, Timer } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { isLoopback } from "../sip/transport.ts";
import type { ProbeResult, SipStack, SipTransport } from "../sip/types.ts";
import type { SwitchNews } from "./embedded-core.ts";
import type { TrunkConfig, TrunkStatus } from "./switch.ts";
import {
  destinationOf,
  domainOf,
  isDown,
  literalTargets,
  resolveHost,
  sendsFrom,
  stateOf,
  statusOf,
  type Trunk,
} from "./embedded-trunk.ts";
import { createTokenBucket } from "./token-bucket.ts";

/** A call above its trunk's rate waits this long at most before it counts as refused by limits. */
const maxRateWaitMs = 2000;
const defaultProbeEveryMs = 30_000;
/** One lost OPTIONS is no outage. */
const missedProbesDown = 2;

/** A channel and a moment booked on a trunk. */
export interface TrunkBooking {
  trunk: TrunkConfig;
  delayMs: number;
  /** Gives the channel back; safe to repeat. */
  release(): void;
}

export interface Trunks extends AsyncDisposable {
  set(configs: readonly TrunkConfig[]): void;
  /** The next trunk for a call, booked; undefined when none is left. */
  book(trunkIds: readonly number[], tried: ReadonlySet<number>): TrunkBooking | undefined;
  /** An incoming call's channel. */
  bookIncoming(trunkId: number): () => void;
  /** An INVITE got an answer (or, `false`, none at all). */
  heard(trunkId: number, answered: boolean): void;
  get(trunkId: number): TrunkConfig | undefined;
  configs(): TrunkConfig[];
  /** Route values that the provider wants on requests to it (RFC 3608). */
  routesOf(trunkId: number): readonly string[];
  status(): TrunkStatus[];
  probe(trunkId: number): Promise<{ status: number; rttMs: number }>;
  /** Does an address belong to a trunk? On loopback many parties share one: there it says nothing. */
  isHost(host: string): boolean;
  /** The trunk that sends from here. UDP needs the configured port unless `inboundHosts` names the host alone. */
  trunkOf(remote: { host: string; port: number; transport: SipTransport }): string | undefined;
}

interface Parts {
  sip: () => SipStack;
  clock: Clock;
  log: Log;
  emit(news: SwitchNews): void;
  probeEveryMs?: number;
  probeTimeoutMs: number;
}

/** Trunks with their registrations, reachability and limits. */
export function createTrunks(parts: Parts): Trunks {
  const everyMs = parts.probeEveryMs ?? defaultProbeEveryMs;
  const trunks = new Map<number, Trunk>();
  const told = new Map<number, string>();

  /** Tells the status when more than its counts changed. */
  const tell = (trunk: Trunk) => {
    const { state, reason } = stateOf(trunk);
    const key = `${state} ${reason}`;
    if (told.get(trunk.config.id) === key) return;
    told.set(trunk.config.id, key);
    parts.log.info({ trunkId: trunk.config.id, state, reason }, "trunk");
    parts.emit({ type: "trunk", status: statusOf(trunk) });
  };
  const look = async (trunk: Trunk) => {
    if (!trunk.config.enabled) return;
    if (everyMs === 0) {
      trunk.reachable ??= true;
      await resolveHost(trunk, parts.sip, parts.log);
      return tell(trunk);
    }
    const [answer] = await Promise.all([probe(trunk), resolveHost(trunk, parts.sip, parts.log)]);
    if (trunks.get(trunk.config.id) !== trunk) return;
    // 503 to OPTIONS is a carrier that asks to be left alone; any other status is a carrier that lives.
    const alive = answer.status !== 408 && answer.status !== 503;
    trunk.missedProbes = alive ? 0 : trunk.missedProbes + 1;
    if (alive) {
      trunk.rttMs = answer.rttMs;
      trunk.ignoresOptions = false;
      trunk.reachable = true;
      trunk.reason = undefined;
    } else if (trunk.missedProbes >= missedProbesDown && !trunk.ignoresOptions) {
      trunk.reachable = false;
      trunk.reason =
        answer.status === 408
          ? "no answer to OPTIONS"
          : `OPTIONS: ${answer.status} ${answer.reason ?? ""}`.trim();
    }
    tell(trunk);
    if (!alive && trunk.missedProbes < missedProbesDown) await look(trunk);
  };
  const probe = (trunk: Trunk): Promise<ProbeResult> =>
    parts.sip().probe(destinationOf(trunk.config), `sip:${domainOf(trunk.config)}`, parts.probeTimeoutMs);
  const lookAtAll = () => {
    for (const trunk of trunks.values()) void look(trunk);
  };
  const timer: Timer = parts.clock.every(everyMs || defaultProbeEveryMs, lookAtAll);

  const open = (config: TrunkConfig, before: Trunk | undefined): Trunk => {
    const trunk: Trunk = {
      config,
      bucket: createTokenBucket(config.maxCallsPerSecond),
      channels: before?.channels ?? 0,
      waiting: 0,
      missedProbes: 0,
      ignoresOptions: false,
      targets: literalTargets(config),
    };
    if (config.enabled && config.auth === "registration") register(trunk);
    return trunk;
  };
  const register = (trunk: Trunk) => {
    const { config } = trunk;
    trunk.registration = parts.sip().register({
      registrar: destinationOf(config),
      aor: `sip:${config.username ?? ""}@${domainOf(config)}`,
      credentials: { user: config.username ?? "", password: config.password ?? "" },
      expiresSeconds: config.registerExpiresSeconds,
    });
    trunk.registration.onChange(() => {
      if (trunks.get(config.id) === trunk) tell(trunk);
    });
  };

  return {
    set(configs) {
      const keep = new Set(configs.map((config) => config.id));
      for (const [id, trunk] of trunks) {
        if (keep.has(id)) continue;
        trunks.delete(id);
        told.delete(id);
        void trunk.registration?.[Symbol.asyncDispose]();
      }
      for (const config of configs) {
        const before = trunks.get(config.id);
        if (before && JSON.stringify(before.config) === JSON.stringify(config)) continue;
        void before?.registration?.[Symbol.asyncDispose]();
        const trunk = open(config, before);
        trunks.set(config.id, trunk);
        tell(trunk);
        void look(trunk);
      }
    },
    book(trunkIds, tried) {
      const now = parts.clock.now();
      const usable = trunkIds
        .flatMap((id) => (tried.has(id) ? [] : (trunks.get(id) ?? [])))
        .filter((trunk) => trunk.config.enabled && trunk.channels < trunk.config.maxChannels);
      // A trunk that looks dead is the last choice, not an outcast: only an INVITE proves it.
      const ordered = [...usable.filter((t) => !isDown(t)), ...usable.filter((t) => isDown(t))];
      const soonest = (a: Trunk, b: Trunk) => (b.bucket.delayMs(now) < a.bucket.delayMs(now) ? b : a);
      const trunk =
        ordered.find((t) => t.bucket.delayMs(now) === 0) ??
        (ordered.length > 0 ? ordered.reduce(soonest) : undefined);
      const delayMs = trunk?.bucket.delayMs(now) ?? 0;
      if (!trunk || delayMs > maxRateWaitMs) return undefined;
      trunk.bucket.book(now);
      if (delayMs > 0) {
        trunk.waiting += 1;
        parts.clock.after(delayMs, () => (trunk.waiting -= 1));
      }
      return { trunk: trunk.config, delayMs, release: takeChannel(trunks, trunk.config.id) };
    },
    bookIncoming: (trunkId) => takeChannel(trunks, trunkId),
    heard(trunkId, answered) {
      const trunk = trunks.get(trunkId);
      if (!trunk) return;
      if (answered) {
        trunk.ignoresOptions = trunk.missedProbes > 0;
        trunk.reachable = true;
        trunk.reason = undefined;
      } else {
        trunk.reachable = false;
        trunk.ignoresOptions = false;
        trunk.reason = "no answer to INVITE";
      }
      tell(trunk);
    },
    get: (trunkId) => trunks.get(trunkId)?.config,
    configs: () => [...trunks.values()].map((trunk) => trunk.config),
    routesOf: (trunkId) => trunks.get(trunkId)?.registration?.serviceRoute ?? [],
    status: () => [...trunks.values()].map((trunk) => statusOf(trunk)),
    async probe(trunkId) {
      const trunk = trunks.get(trunkId);
      return trunk ? probe(trunk) : { status: 408, rttMs: 0 };
    },
    isHost: (host) =>
      !isLoopback(host) &&
      [...trunks.values()].some(
        ({ config, targets }) =>
          config.enabled &&
          (targets.some((target) => target.host === host) ||
            config.inboundHosts.some((entry) => entry === host || entry.startsWith(`${host}:`))),
      ),
    trunkOf(remote) {
      for (const trunk of trunks.values()) {
        if (trunk.config.enabled && sendsFrom(trunk, remote)) return String(trunk.config.id);
      }
      return undefined;
    },
    async [Symbol.asyncDispose]() {
      timer.cancel();
      const registrations = [...trunks.values()].flatMap((trunk) => trunk.registration ?? []);
      trunks.clear();
      await Promise.all(registrations.map((registration) => registration[Symbol.asyncDispose]()));
    },
  };
}

function takeChannel(trunks: ReadonlyMap<number, Trunk>, trunkId: number): () => void {
  const count = (by: number) => {
    // Looked up anew: the trunk may have been changed meanwhile.
    const trunk = trunks.get(trunkId);
    if (trunk) trunk.channels = Math.max(0, trunk.channels + by);
  };
  let taken = true;
  count(1);
  return () => {
    if (taken) count(-1);
    taken = false;
  };
}
