import type { Clock, Timer } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import type { MediaLeg, MediaPool } from "../media/types.ts";
import type { IncomingCall, OutgoingCall, Referral, SipStack, SipStackOptions } from "../sip/types.ts";
import type { Ladder } from "./embedded-ladder.ts";
import type { Rooms } from "./embedded-rooms.ts";
import type { Trunks } from "./embedded-trunks.ts";
import type { LegInput, LegState } from "./leg-machine.ts";
import type { Cause, LegId, LegStats, OriginateRequest, Switch, SwitchEvent } from "./switch.ts";

export interface EmbeddedSwitchOptions {
  sip: Pick<SipStackOptions, "listen" | "tls" | "neverBanned" | "advertisedHost" | "realm" | "userAgent">;
  media: {
    processes: number;
    bindHost: string;
    advertisedHost: string;
    rtpPorts: { min: number; max: number };
    webrtcPort: number;
    iceServers: string[];
  };
  /** Digests of a phone's or browser's password; undefined refuses it. */
  credentialsOf: SipStackOptions["credentialsOf"];
  clock: Clock;
  random: SipStackOptions["random"];
  log: Log;
  /** An answered leg without RTP for this long is ended with `media-lost`; default 60 s. */
  mediaLostMs?: number;
  /** How often trunks get OPTIONS; default 30 s; 0 for a peer that cannot bear them: then a trunk counts as up. */
  probeEveryMs?: number;
  /** A trunk that sends nothing back, not even 100, for this long is dead; default 6 s: INVITE went out at 0, 0.5, 1.5 and 3.5 s. */
  trunkTimeoutMs?: number;
}

export interface EmbeddedSwitch extends Switch {
  /** Bound SIP addresses, ports filled in. */
  readonly sipLocal: SipStack["local"];
  /** Addresses banned now for what their SIP did, and the way to lift a ban. */
  bans: SipStack["bans"];
  unban: SipStack["unban"];
  /** A WebSocket of subprotocol `sip` from the product's own HTTPS port. */
  acceptWebSocket: SipStack["acceptWebSocket"];
}

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** An event before it has its time. */
export type SwitchNews = Without<SwitchEvent, "at">;

/** One INVITE of ours with its own media leg. Trunks are tried one after another, a user's contacts all at once. */
export interface Attempt {
  readonly mediaId: string;
  readonly media: MediaLeg;
  readonly call: OutgoingCall;
  readonly trunkId?: number;
  rang: boolean;
}

export interface Leg {
  readonly legId: LegId;
  state: LegState;
  affinity: string;
  readonly request?: OriginateRequest;
  readonly incoming?: IncomingCall;
  trunkId?: number;
  readonly user?: string;
  /** INVITEs that live: one to a trunk, several to an endpoint, the winner alone after answer. */
  attempts: Set<Attempt>;
  /** Where audio commands go: the attempt under way, the winner, or the incoming leg's. */
  media?: MediaLeg;
  /** Dials the next trunk; set while one was chosen after a failover. */
  tryNext?: () => void;
  ringTimer?: Timer;
  /** Gives back the trunk's channel; safe to repeat. */
  releaseChannel?: () => void;
  /** The party's own wish to be transferred, unfinished. */
  referral?: Referral;
  /** The leg whose place this one takes when it is answered. */
  readonly replaces?: LegId;
  held: boolean;
  heldByParty: boolean;
  music?: Promise<string>;
  roomId?: string;
  /** Files being written now, by recording id. */
  readonly recordings: Map<string, string>;
  stats?: LegStats;
  /** What early media said of the call. */
  heard: { tone?: Cause; announcement?: Cause };
}

/** What the parts of the driver share. */
export interface Core {
  readonly sip: SipStack;
  readonly media: MediaPool;
  readonly clock: Clock;
  readonly log: Log;
  readonly legs: Map<LegId, Leg>;
  readonly ladder: Ladder;
  readonly trunks: Trunks;
  readonly rooms: Rooms;
  readonly mediaLostMs: number;
  readonly trunkTimeoutMs: number;
  /** What each trained announcement means. */
  readonly announcements: Map<number, Cause>;
  emit(news: SwitchNews): void;
  /** Feeds the leg's machine and does what it says. */
  apply(leg: Leg, input: LegInput): void;
}

/** A media leg is named after its leg; further attempts of one leg get a number behind `~`. */
export const mediaIdOf = (legId: LegId, attempt: number) => (attempt === 0 ? legId : `${legId}~${attempt}`);
export const legIdOfMedia = (mediaId: string): LegId => mediaId.split("~", 1)[0]!;
export const isEnded = (leg: Leg) => leg.state.phase === "ended";
