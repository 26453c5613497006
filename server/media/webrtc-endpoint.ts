import type { PeerConnection, Track } from "node-datachannel";
import { AppError } from "../kernel/errors.ts";
import type { Endpoint, EndpointHandlers } from "./endpoint.ts";
import { type AudioCodec, codecFacts } from "./codec.ts";
import { isRtcp } from "./rtp-packet.ts";
import { type Direction, parseSdp, type Sdp, type SdpPayload } from "./sdp.ts";
import {
  answerDirection,
  answeredPayloads,
  type Negotiated,
  negotiate,
  offeredDtmfType,
  offeredPayloads,
} from "./sdp-negotiate.ts";
import {
  buildWebrtcSdp,
  requireTransport,
  strippedForLibrary,
  type Transport,
  transportOf,
  withAdvertised,
} from "./webrtc-sdp.ts";
import type { WebrtcRuntime } from "./webrtc-runtime.ts";
import { isWildcard } from "../kernel/hosts.ts";

export interface WebrtcEndpointOptions {
  bindHost: string;
  advertisedHost: string;
  runtime: WebrtcRuntime;
  iceServers: readonly string[];
  codecs: readonly AudioCodec[];
  sessionId: number;
  /** Of the stream that we send. */
  ssrc: number;
  handlers: EndpointHandlers;
}

const secure = /^UDP\/TLS\/RTP\/SAVPF?$/;
const gatherMs = 5000;

/** One gathered connection: kept by reference, or the add-on's garbage collection ends the call. */
interface Connection {
  peer: PeerConnection;
  track: Track | undefined;
  transport: Transport;
  partyUfrag: string | undefined;
  mid: string;
  setup: "actpass" | "active" | "passive";
}

/**
 * A browser: ICE, DTLS and SRTP by node-datachannel, SDP by ours. Either side may offer. A re-offer with the browser's
 * old ICE credentials (hold, unhold, session refresh) is answered from what is stored; one with new credentials gets a
 * new connection.
 */
export class WebrtcEndpoint implements Endpoint {
  readonly security = "DTLS-SRTP";
  readonly #options: WebrtcEndpointOptions;
  #connection: Connection | undefined;
  #version = 0;
  #closed = false;

  constructor(options: WebrtcEndpointOptions) {
    this.#options = options;
  }

  async offer(): Promise<string> {
    this.#connection ??= await this.#connect((peer, attach) => {
      const audio = new this.#options.runtime.library.Audio("0", "SendRecv");
      for (const codec of this.#options.codecs) {
        const { payloadType } = codecFacts[codec];
        if (codec === "OPUS") audio.addOpusCodec(payloadType);
        else audio.addAudioCodec(payloadType, codec);
      }
      audio.addAudioCodec(offeredDtmfType, "telephone-event");
      audio.addSSRC(this.#options.ssrc, "waihu");
      attach(peer.addTrack(audio));
      peer.setLocalDescription("offer");
    });
    return this.#describe(this.#connection, offeredPayloads(this.#options.codecs), "sendrecv", "actpass");
  }

  async acceptAnswer(text: string): Promise<Negotiated> {
    const sdp = parseSdp(text);
    const agreed = negotiate(sdp, this.#options.codecs, secure);
    requireTransport(sdp!);
    const connection = this.#connection;
    if (!connection) throw new AppError("no-offer", 500, "There is no offer that this could answer.");
    if (connection.partyUfrag !== sdp!.audio.iceUfrag) {
      connection.partyUfrag = sdp!.audio.iceUfrag;
      connection.setup = sdp!.audio.setup === "passive" ? "active" : "passive";
      connection.peer.setRemoteDescription(strippedForLibrary(text, sdp!, this.#options.codecs), "answer");
    }
    return agreed;
  }

  async answer(text: string): Promise<{ sdp: string; agreed: Negotiated }> {
    const sdp = parseSdp(text);
    const agreed = negotiate(sdp, this.#options.codecs, secure);
    requireTransport(sdp!);
    if (this.#connection?.partyUfrag !== sdp!.audio.iceUfrag) await this.#renew(text, sdp!);
    const connection = this.#connection!;
    const direction = answerDirection(agreed.partyDirection);
    return {
      sdp: this.#describe(connection, answeredPayloads(agreed), direction, connection.setup, sdp),
      agreed,
    };
  }

  sendRtp(packet: Buffer): void {
    const track = this.#connection?.track;
    try {
      if (track?.isOpen()) track.sendMessageBinary(packet);
    } catch {
      // It closed in between: a lost packet.
    }
  }

  sendRtcp(packet: Buffer): void {
    this.sendRtp(packet);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection?.track?.close();
    this.#connection?.peer.close();
    this.#connection = undefined;
  }

  /** First offer of the browser, or its ICE restart. */
  async #renew(text: string, sdp: Sdp): Promise<void> {
    const old = this.#connection;
    const fresh = await this.#connect((peer, attach) => {
      peer.onTrack(attach);
      peer.setRemoteDescription(strippedForLibrary(text, sdp, this.#options.codecs), "offer");
      peer.setLocalDescription("answer");
    });
    const setup = sdp.audio.setup === "active" ? "passive" : "active";
    // The track may come only now: the object stays the one that `attach` fills.
    this.#connection = Object.assign(fresh, {
      partyUfrag: sdp.audio.iceUfrag,
      mid: sdp.audio.mid ?? "0",
      setup,
    });
    old?.peer.close();
  }

  /** A connection with every candidate gathered: signalling is plain SIP, there is no trickle. */
  async #connect(begin: (peer: PeerConnection, attach: (track: Track) => void) => void): Promise<Connection> {
    const { bindHost, advertisedHost, runtime, iceServers, handlers } = this.#options;
    const peer = new runtime.library.PeerConnection("waihu", {
      iceServers: [...iceServers],
      enableIceUdpMux: true,
      portRangeBegin: runtime.port,
      portRangeEnd: runtime.port,
      disableAutoNegotiation: true,
      forceMediaTransport: true,
      ...(!isWildcard(bindHost) && { bindAddress: bindHost }),
    });
    const connection: Pick<Connection, "peer" | "track"> = { peer, track: undefined };
    const gathered = Promise.withResolvers<void>();
    peer.onGatheringStateChange((state) => state === "complete" && gathered.resolve());
    peer.onStateChange((state) => {
      if (this.#connection?.peer === peer && isTold(state)) handlers.connection(state);
    });
    try {
      begin(peer, (track) => {
        connection.track = track;
        track.onMessage((message) => this.#take(message));
      });
    } catch (error) {
      peer.close();
      throw error;
    }
    const timer = setTimeout(gathered.resolve, gatherMs);
    await gathered.promise;
    clearTimeout(timer);
    if (this.#closed) {
      peer.close();
      throw new AppError("leg-gone", 410, "The leg has ended.");
    }
    const own = transportOf(peer.localDescription()?.sdp ?? "");
    const transport = withAdvertised(own, advertisedHost);
    return Object.assign(connection, {
      transport,
      partyUfrag: undefined,
      mid: "0",
      setup: "actpass" as const,
    });
  }

  #take(message: Buffer): void {
    if (this.#closed) return;
    if (isRtcp(message)) this.#options.handlers.rtcp(message);
    else this.#options.handlers.rtp(message, performance.now());
  }

  #describe(
    connection: Connection,
    payloads: SdpPayload[],
    direction: Direction,
    setup: Connection["setup"],
    like?: Sdp,
  ): string {
    const { sessionId, ssrc } = this.#options;
    const { transport, mid } = connection;
    const session = { id: sessionId, version: ++this.#version };
    return buildWebrtcSdp(
      { session, transport, setup, direction, payloads, mid: like?.audio.mid ?? mid, ssrc },
      like,
    );
  }
}

const told = ["connecting", "connected", "disconnected", "failed", "closed"] as const;
const isTold = (state: string): state is (typeof told)[number] => told.some((t) => t === state);
