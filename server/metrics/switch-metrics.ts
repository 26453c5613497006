import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { equipmentOf, mosOf, rating } from "../switch/e-model.ts";
import type { LegStats, Switch } from "../switch/switch.ts";

/** Legs, audio and media processes; `sw` without the canary's legs. */
export function legMetrics(registry: Registry, sw: Switch): void {
  const registers = [registry];
  registry.registerMetric(
    new Gauge({
      name: "waihu_legs",
      help: "Call legs that live now",
      registers: [],
      collect() {
        this.set(sw.legs().length);
      },
    }),
  );
  const ended = new Counter({
    name: "waihu_legs_ended_total",
    help: "Legs that ended, by cause and by who ended them",
    labelNames: ["cause", "by"],
    registers,
  });
  const silent = new Counter({
    name: "waihu_leg_silences_total",
    help: "Times that audio stopped coming from a party although it should",
    registers,
  });
  const audio = audioMetrics(registry);
  sw.on((event) => {
    if (event.type === "leg-ended") ended.inc({ cause: event.cause, by: event.by });
    else if (event.type === "leg-silent") silent.inc();
    else if (event.type === "leg-stats") audio(event.stats);
  });
  mediaMetrics(registry, sw);
}

/** Every few seconds each leg tells what it received since; these add up over all legs. */
function audioMetrics(registry: Registry): (stats: LegStats) => void {
  const registers = [registry];
  const packets = new Counter({
    name: "waihu_rtp_packets_total",
    help: "RTP packets, received from parties or sent to them as their reports tell",
    labelNames: ["direction"],
    registers,
  });
  const lost = new Counter({
    name: "waihu_rtp_packets_lost_total",
    help: "RTP packets lost by the network",
    labelNames: ["direction"],
    registers,
  });
  const jitter = new Histogram({
    name: "waihu_rtp_jitter_seconds",
    help: "Interarrival jitter of parties' packets (RFC 3550), one observation per leg and report",
    buckets: [0.001, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2],
    registers,
  });
  const mos = new Histogram({
    name: "waihu_rtp_mos",
    help: "Opinion score of what parties say as it reaches us (E-model, ITU-T G.107), one observation per leg and report",
    buckets: [1.5, 2, 2.5, 3, 3.5, 4, 4.2, 4.5],
    registers,
  });
  return ({ recent, codec, roundTripMs, bufferMs }) => {
    for (const direction of ["in", "out"] as const) {
      packets.inc({ direction }, recent[direction]?.packets ?? 0);
      lost.inc({ direction }, recent[direction]?.lost ?? 0);
    }
    const received = recent.in;
    if (received.packets === 0) return;
    jitter.observe(received.jitterMs / 1000);
    const missing = received.lost + received.discarded;
    const lossPercent = (100 * missing) / (received.packets + received.lost);
    const oneWayDelayMs = bufferMs + (roundTripMs ?? 0) / 2;
    mos.observe(mosOf(rating(equipmentOf(codec), { lossPercent, oneWayDelayMs })));
  };
}

function mediaMetrics(registry: Registry, sw: Switch): void {
  const gauge = (name: string, help: string, of: (p: ReturnType<Switch["health"]>["media"][0]) => number) =>
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: ["process"],
        registers: [],
        collect() {
          this.reset();
          for (const [index, process] of sw.health().media.entries())
            this.set({ process: index }, of(process));
        },
      }),
    );
  gauge("waihu_media_process_up", "1 while the media process lives", ({ alive }) => Number(alive));
  gauge("waihu_media_process_legs", "Legs in the media process", ({ legs }) => legs);
  gauge(
    "waihu_media_process_cpu_ratio",
    "Share of one core that it uses",
    ({ cpuPercent }) => cpuPercent / 100,
  );
  gauge("waihu_media_process_restarts", "Times that it was started again", ({ restarts }) => restarts);
}

/** The SIP stack and the trunks. */
export function signallingMetrics(registry: Registry, sw: Switch, nameOf: (trunkId: number) => string): void {
  const counts = () => sw.health().signalling;
  registry.registerMetric(
    new Counter({
      name: "waihu_sip_messages_total",
      help: "SIP messages",
      labelNames: ["direction", "transport"],
      registers: [],
      collect() {
        this.reset();
        for (const direction of ["received", "sent"] as const)
          for (const [transport, count] of Object.entries(counts()?.[direction] ?? {}))
            this.inc({ direction, transport }, count);
      },
    }),
  );
  const total = (name: string, help: string, of: (all: NonNullable<ReturnType<typeof counts>>) => number) =>
    registry.registerMetric(
      new Counter({
        name,
        help,
        registers: [],
        collect() {
          const all = counts();
          this.reset();
          if (all) this.inc(of(all));
        },
      }),
    );
  total(
    "waihu_sip_retransmissions_total",
    "Messages sent again for want of an answer",
    (c) => c.retransmissions,
  );
  total("waihu_sip_timeouts_total", "Requests that never got a final answer", (c) => c.timeouts);
  total("waihu_sip_malformed_total", "Messages refused because of their form", (c) => c.malformed);
  total("waihu_sip_dropped_total", "Messages dropped because their source is banned", (c) => c.dropped);
  total("waihu_sip_bans_total", "Times that a source was banned", (c) => c.bans);
  registry.registerMetric(
    new Gauge({
      name: "waihu_sip_transactions",
      help: "SIP transactions that live now",
      registers: [],
      collect() {
        this.set(counts()?.transactions ?? 0);
      },
    }),
  );
  trunkMetrics(registry, sw, nameOf);
}

function trunkMetrics(registry: Registry, sw: Switch, nameOf: (trunkId: number) => string): void {
  type Status = ReturnType<Switch["trunkStatus"]>[0];
  const gauge = (name: string, help: string, of: (status: Status) => number | undefined) =>
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: ["trunk"],
        registers: [],
        collect() {
          this.reset();
          for (const status of sw.trunkStatus()) {
            const value = status.state === "disabled" ? undefined : of(status);
            if (value !== undefined) this.set({ trunk: nameOf(status.trunkId) }, value);
          }
        },
      }),
    );
  gauge("waihu_trunk_up", "1 while the trunk can be dialled through", ({ state }) => Number(state === "up"));
  gauge("waihu_trunk_channels", "Calls that occupy the trunk", ({ channels }) => channels);
  gauge("waihu_trunk_waiting", "Calls that wait for the trunk's rate", ({ waiting }) => waiting);
  gauge("waihu_trunk_probe_rtt_seconds", "Round trip of the last OPTIONS that was answered", ({ rttMs }) =>
    rttMs === undefined ? undefined : rttMs / 1000,
  );
}
