import type { Socket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Endpoint, EndpointHandlers } from "./endpoint.ts";
import type { Codec } from "./g711.ts";
import { isRtcp } from "./rtp-packet.ts";
import { buildSdp, parseSdp, type Sdp, type SdpPayload } from "./sdp.ts";
import {
  answerDirection,
  answeredPayloads,
  type Negotiated,
  negotiate,
  offeredPayloads,
  payloadLines,
} from "./sdp-negotiate.ts";
import { SourceLatch } from "./source-latch.ts";
import { isReachedAt, openSocketPair, type RtpPorts } from "./udp-sockets.ts";

interface Target {
  host: string;
  port: number;
}

export interface UdpEndpointOptions {
  bindHost: string;
  advertisedHost: string;
  ports: RtpPorts;
  codecs: readonly Codec[];
  sessionId: number;
  handlers: EndpointHandlers;
}

/** Plain RTP over UDP, with RTCP beside it or, if the party likes, on the same port (RFC 5761). */
export class UdpEndpoint implements Endpoint {
  readonly #options: UdpEndpointOptions;
  readonly #rtp: Socket;
  readonly #rtcp: Socket;
  readonly #latch = new SourceLatch();
  /** Where the kernel sends our RTP: a connected socket costs a quarter less for each packet. */
  #connected: Target | undefined;
  #mayConnect = true;
  #rtcpTarget: Target | undefined;
  #rtcpMux = false;
  #version = 0;
  #closed = false;

  static async open(options: UdpEndpointOptions): Promise<UdpEndpoint> {
    return new UdpEndpoint(options, await openSocketPair(options.bindHost, options.ports));
  }

  private constructor(options: UdpEndpointOptions, [rtp, rtcp]: [Socket, Socket]) {
    this.#options = options;
    this.#rtp = rtp;
    this.#rtcp = rtcp;
    const { handlers } = options;
    rtp.on("message", (datagram, from) => {
      const at = performance.now();
      // STUN, DTLS and noise have other first bits (RFC 7983); they must not move the latch.
      if (datagram.length < 12 || datagram[0]! >> 6 !== 2) return;
      if (!this.#latch.accept(from.address, from.port, at)) return;
      if (this.#latch.isSettled && !this.#connected) this.#connect(this.#latch.target!);
      if (isRtcp(datagram)) handlers.rtcp(datagram);
      else handlers.rtp(datagram, at);
    });
    rtcp.on("message", (datagram, from) => {
      if (from.address === this.#latch.target?.host && isRtcp(datagram)) handlers.rtcp(datagram);
    });
  }

  async offer(): Promise<string> {
    return this.#describe(offeredPayloads(this.#options.codecs), "sendrecv");
  }

  async acceptAnswer(text: string): Promise<Negotiated> {
    const sdp = parseSdp(text);
    const agreed = negotiate(sdp, this.#options.codecs, /^RTP\/AVPF?$/);
    await this.#aim(sdp!);
    return agreed;
  }

  async answer(text: string): Promise<{ sdp: string; agreed: Negotiated }> {
    const sdp = parseSdp(text);
    const agreed = negotiate(sdp, this.#options.codecs, /^RTP\/AVPF?$/);
    await this.#aim(sdp!);
    const direction = answerDirection(agreed.partyDirection);
    return { sdp: this.#describe(answeredPayloads(agreed), direction, sdp), agreed };
  }

  // Without a callback an error is told to nobody: a packet that cannot be sent is a lost packet.
  sendRtp(packet: Buffer): void {
    if (this.#closed) return;
    const { target } = this.#latch;
    if (this.#connected) this.#rtp.send(packet);
    else if (target) this.#rtp.send(packet, target.port, target.host);
  }

  sendRtcp(packet: Buffer): void {
    if (this.#rtcpMux) this.sendRtp(packet);
    else if (this.#rtcpTarget && !this.#closed)
      this.#rtcp.send(packet, this.#rtcpTarget.port, this.#rtcpTarget.host);
  }

  housekeep(at: number): void {
    if (this.#connected && this.#latch.mayMove(at)) this.#disconnect();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#rtp.close();
    this.#rtcp.close();
  }

  /**
   * From now the kernel drops what comes from elsewhere, as the latch would while the party is heard, and what is sent
   * to another address of this machine than the one it chose: that must be the party's way to us.
   */
  #connect(target: Target): void {
    if (this.#closed || !this.#mayConnect) return;
    const { bindHost, advertisedHost } = this.#options;
    this.#connected = target;
    this.#rtp.connect(target.port, target.host);
    const local = this.#rtp.address().address;
    this.#mayConnect = local === bindHost || isReachedAt(local, advertisedHost);
    if (!this.#mayConnect) this.#disconnect();
  }

  #disconnect(): void {
    if (!this.#connected || this.#closed) return;
    this.#connected = undefined;
    this.#rtp.disconnect();
  }

  async #aim({ audio }: Sdp): Promise<void> {
    const host = isIP(audio.host) ? audio.host : (await lookup(audio.host)).address;
    this.#rtcpMux = audio.rtcpMux;
    if (host === "0.0.0.0") return;
    this.#latch.signal(host, audio.port);
    if (!this.#latch.isSettled) this.#disconnect();
    const port = audio.rtcpPort ?? audio.port + 1;
    this.#rtcpTarget = port > 65_535 ? undefined : { host, port };
  }

  #describe(payloads: SdpPayload[], direction: string, like?: Sdp): string {
    const { advertisedHost, sessionId } = this.#options;
    const port = this.#rtp.address().port;
    const rtcpPort = this.#rtcp.address().port;
    const lines = [
      `m=audio ${port} RTP/AVP ${payloads.map((p) => p.type).join(" ")}`,
      ...payloadLines(payloads),
      "a=ptime:20",
      "a=maxptime:60",
      ...(rtcpPort === port + 1 ? [] : [`a=rtcp:${rtcpPort}`]),
      ...(like && this.#rtcpMux ? ["a=rtcp-mux"] : []),
      `a=${direction}`,
    ];
    return buildSdp({ id: sessionId, version: ++this.#version, host: advertisedHost }, { lines }, like);
  }
}
