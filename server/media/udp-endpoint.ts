import type { Socket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Endpoint, EndpointHandlers } from "./endpoint.ts";
import type { AudioCodec } from "./codec.ts";
import { isRtcp } from "./rtp-packet.ts";
import { type CryptoLine, formatCrypto, type SrtpMode } from "./sdes.ts";
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
import { SrtpSession } from "./srtp-session.ts";
import { isReachedAt, openSocketPair, type RtpPorts } from "./udp-sockets.ts";

interface Target {
  host: string;
  port: number;
}

export interface UdpEndpointOptions {
  bindHost: string;
  advertisedHost: string;
  ports: RtpPorts;
  codecs: readonly AudioCodec[];
  sessionId: number;
  /** Default off. */
  srtp?: SrtpMode;
  handlers: EndpointHandlers;
}

const profiles = /^RTP\/S?AVPF?$/;

/** RTP or SRTP (SDES keys) over UDP, with RTCP beside it or, if the party likes, on the same port (RFC 5761). */
export class UdpEndpoint implements Endpoint {
  readonly #options: UdpEndpointOptions;
  readonly #rtp: Socket;
  readonly #rtcp: Socket;
  readonly #latch = new SourceLatch();
  readonly #srtp: SrtpSession;
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
    this.#srtp = new SrtpSession(options.srtp ?? "off");
    rtp.on("message", (datagram, from) => {
      const at = performance.now();
      // STUN, DTLS and noise have other first bits (RFC 7983); they must not move the latch.
      if (datagram.length < 12 || datagram[0]! >> 6 !== 2) return;
      this.#take(datagram, from, at);
    });
    rtcp.on("message", (datagram, from) => {
      if (from.address === this.#latch.target?.host) this.#takeRtcp(datagram, performance.now());
    });
  }

  get security(): string | undefined {
    return this.#srtp.suite;
  }

  /** Only packets that are authentic may move the latch. */
  #take(datagram: Buffer, from: { address: string; port: number }, at: number): void {
    const isReport = isRtcp(datagram);
    const plain = isReport ? this.#srtp.openRtcp(datagram, at) : this.#srtp.openRtp(datagram, at);
    if (!plain || !this.#latch.accept(from.address, from.port, at)) return;
    if (this.#latch.isSettled && !this.#connected) this.#connect(this.#latch.target!);
    if (isReport) this.#options.handlers.rtcp(plain);
    else this.#options.handlers.rtp(plain, at);
  }

  #takeRtcp(datagram: Buffer, at: number): void {
    const plain = isRtcp(datagram) ? this.#srtp.openRtcp(datagram, at) : undefined;
    if (plain) this.#options.handlers.rtcp(plain);
  }

  async offer(): Promise<string> {
    const { lines, profile } = this.#srtp.offer();
    return this.#describe(offeredPayloads(this.#options.codecs), "sendrecv", profile, lines);
  }

  async acceptAnswer(text: string): Promise<Negotiated> {
    const sdp = parseSdp(text);
    const agreed = negotiate(sdp, this.#options.codecs, profiles);
    this.#srtp.acceptAnswer(sdp!.audio, performance.now());
    await this.#aim(sdp!);
    return agreed;
  }

  async answer(text: string): Promise<{ sdp: string; agreed: Negotiated }> {
    const sdp = parseSdp(text);
    const agreed = negotiate(sdp, this.#options.codecs, profiles);
    const crypto = this.#srtp.answer(sdp!.audio, performance.now());
    await this.#aim(sdp!);
    const direction = answerDirection(agreed.partyDirection);
    const { profile } = sdp!.audio;
    return {
      sdp: this.#describe(answeredPayloads(agreed), direction, profile, crypto ? [crypto] : [], sdp),
      agreed,
    };
  }

  // Without a callback an error is told to nobody: a packet that cannot be sent is a lost packet.
  sendRtp(packet: Buffer): void {
    const sealed = this.#srtp.sealRtp(packet);
    if (sealed) this.#sendToLatch(sealed);
  }

  sendRtcp(packet: Buffer): void {
    const sealed = this.#srtp.sealRtcp(packet);
    if (this.#rtcpMux) this.#sendToLatch(sealed);
    else if (this.#rtcpTarget && !this.#closed)
      this.#rtcp.send(sealed, this.#rtcpTarget.port, this.#rtcpTarget.host);
  }

  #sendToLatch(packet: Buffer): void {
    if (this.#closed) return;
    const { target } = this.#latch;
    if (this.#connected) this.#rtp.send(packet);
    else if (target) this.#rtp.send(packet, target.port, target.host);
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

  #describe(
    payloads: SdpPayload[],
    direction: string,
    profile: string,
    crypto: readonly CryptoLine[],
    like?: Sdp,
  ): string {
    const { advertisedHost, sessionId } = this.#options;
    const port = this.#rtp.address().port;
    const rtcpPort = this.#rtcp.address().port;
    const lines = [
      `m=audio ${port} ${profile} ${payloads.map((p) => p.type).join(" ")}`,
      ...payloadLines(payloads),
      "a=ptime:20",
      "a=maxptime:60",
      ...(rtcpPort === port + 1 ? [] : [`a=rtcp:${rtcpPort}`]),
      ...(like && this.#rtcpMux ? ["a=rtcp-mux"] : []),
      ...crypto.map(formatCrypto),
      `a=${direction}`,
    ];
    return buildSdp({ id: sessionId, version: ++this.#version, host: advertisedHost }, { lines }, like);
  }
}
