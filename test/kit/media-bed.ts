import { silentLog } from "../../server/kernel/log.ts";
import { systemClock } from "../../server/kernel/clock.ts";
import type { AudioCodec } from "../../server/media/codec.ts";
import { createMediaPool } from "../../server/media/pool.ts";
import type {
  LegSpec,
  MediaEvent,
  MediaLeg,
  MediaPool,
  MediaPoolOptions,
  MediaRoom,
} from "../../server/media/types.ts";
import { RtpPeer } from "./rtp-peer.ts";
import { until } from "./until.ts";

export interface Party {
  leg: MediaLeg;
  peer: RtpPeer;
}

export interface PartyOptions {
  /** Of the party. */
  payloadType?: number;
  events?: boolean;
  /** Of our leg. */
  codecs?: AudioCodec[];
  silentAfterMs?: number;
  /** Legs of different affinity are spread over the processes. */
  affinity?: string;
  srtp?: LegSpec["srtp"];
}

/** A media pool on loopback with parties that speak plain RTP. */
export interface MediaBed extends AsyncDisposable {
  pool: MediaPool;
  events: MediaEvent[];
  /** A leg that offers, and a party that answers. */
  offered(legId: string, codec?: AudioCodec, options?: PartyOptions): Promise<Party>;
  /** A party that offers, and a leg that answers. */
  answered(legId: string, codec?: AudioCodec, options?: PartyOptions): Promise<Party>;
  /** Who hears whom, by leg ids. */
  room(roomId: string, hears: Record<string, string[]>): MediaRoom;
  until(condition: () => boolean | Promise<boolean>, withinMs?: number): Promise<void>;
  /** The first such event, past or to come. */
  event<T extends MediaEvent["type"]>(type: T, legId?: string): Promise<Extract<MediaEvent, { type: T }>>;
}

export async function mediaBed(options: Partial<MediaPoolOptions> = {}): Promise<MediaBed> {
  const pool = await createMediaPool({
    processes: 1,
    bindHost: "127.0.0.1",
    advertisedHost: "127.0.0.1",
    rtpPorts: { min: 0, max: 0 },
    webrtcPort: 0,
    iceServers: [],
    clock: systemClock,
    log: silentLog,
    ...options,
  });
  const events: MediaEvent[] = [];
  const peers: RtpPeer[] = [];
  const rooms = new Map<string, MediaRoom>();
  pool.on((event) => events.push(event));

  async function party(legId: string, codec: AudioCodec, options: PartyOptions = {}): Promise<Party> {
    const [leg, peer] = await Promise.all([
      pool.createLeg({
        legId,
        kind: "rtp",
        affinity: options.affinity ?? "bed",
        codecs: options.codecs,
        silentAfterMs: options.silentAfterMs,
        srtp: options.srtp,
      }),
      RtpPeer.open(codec, options),
    ]);
    peers.push(peer);
    return { leg, peer };
  }

  return {
    pool,
    events,
    async until(condition, withinMs) {
      await until(condition.toString(), condition, withinMs);
    },
    async offered(legId, codec = "PCMA", options) {
      const { leg, peer } = await party(legId, codec, options);
      peer.aim(await leg.offer());
      await leg.acceptAnswer(peer.sdp());
      return { leg, peer };
    },
    async answered(legId, codec = "PCMA", options) {
      const { leg, peer } = await party(legId, codec, options);
      peer.aim(await leg.answer(peer.sdp()));
      return { leg, peer };
    },
    room(roomId, hears) {
      const room = rooms.get(roomId) ?? pool.createRoom(roomId);
      rooms.set(roomId, room);
      room.setMatrix(new Map(Object.entries(hears).map(([leg, heard]) => [leg, new Set(heard)])));
      return room;
    },
    async event(type, legId) {
      const matches = (e: MediaEvent) => e.type === type && (legId === undefined || e.legId === legId);
      await until(`${type} of ${legId ?? "a leg"}`, () => events.some(matches));
      return events.find(matches) as Extract<MediaEvent, { type: typeof type }>;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(peers.map((peer) => peer[Symbol.asyncDispose]()));
      await pool[Symbol.asyncDispose]();
    },
  };
}
