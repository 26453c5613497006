import type { Endpoint, EndpointHandlers } from "./endpoint.ts";
import { type AudioCodec, type Coder, codecFacts } from "./codec.ts";
import { LegAudio } from "./leg-audio.ts";
import { DtmfDetector } from "./dtmf-detector.ts";
import { LegInput } from "./leg-input.ts";
import { LegOutput } from "./leg-output.ts";
import { createEar } from "./leg-ear.ts";
import type { LinkHandlers } from "./process-link.ts";
import { LegWatch } from "./leg-watch.ts";
import { Recorder } from "./recorder.ts";
import { parseRtp, type RtpPacket } from "./rtp-packet.ts";
import { isDtmfType, type Negotiated, partyHears, partySpeaks } from "./sdp-negotiate.ts";
import { TelephoneEventReceiver } from "./telephone-event.ts";
import type { DetectSpec, MediaEvent } from "./types.ts";

type WithoutLeg<E> = E extends unknown ? Omit<E, "legId"> : never;
/** An event of this leg, before its id is put in. */
export type LegEvent = WithoutLeg<MediaEvent>;

export interface LegOptions {
  legId: string;
  tell: (event: MediaEvent) => void;
  /** Who hears whom by which way may have changed. */
  reroute: (leg: Leg) => void;
  random: () => number;
  epoch: () => number;
  silentAfterMs?: number;
}

/** Comfort noise (RFC 3389): we never ask for it, and take it from whoever sends it. */
const noiseType = 13;
/** An INFO does not always tell how long a key was pressed. */
const infoDigitMs = 100;
/** A party that announced its silence may be silent so long before that is suspicious. */
const restMs = 60_000;

/** What the party sends as `type`: under its own number or the one that we offered, or either law. */
function kindOf(type: number, agreed: Negotiated): AudioCodec | "CN" | undefined {
  if (type === agreed.payloadType || type === codecFacts[agreed.codec].payloadType) return agreed.codec;
  if (type === noiseType) return "CN";
  return (["PCMA", "PCMU"] as const).find((codec) => codecFacts[codec].payloadType === type);
}

/**
 * One party in this process.
 *
 *     party ─▶ endpoint ─▶ rtp() ─┬─▶ relayTo legs' output.forward()          at once
 *                                 ├─▶ input ─▶ mix of legs that hear it       every 20 ms
 *                                 └─▶ exports: other media processes          at once
 *     party ◀─ endpoint ◀─ output ◀── room's mix, player, feed, DTMF
 */
export class Leg {
  readonly legId: string;
  readonly input = new LegInput();
  readonly output: LegOutput;
  readonly watch: LegWatch;
  readonly recorders = new Map<string, Recorder>();
  /** Legs that hear this one: by relay, and by mixing. */
  relayTo: Leg[] = [];
  heardBy: Leg[] = [];
  /** Media processes where it is heard. */
  exports: LinkHandlers[] = [];
  agreed: Negotiated | undefined;
  connected = false;
  readonly #options: LegOptions;
  readonly #events: TelephoneEventReceiver;
  readonly #audio = new LegAudio(this);
  #endpoint: Endpoint | undefined;
  #coder: Coder | undefined;
  /** When the party announced its silence, monotonic ms. */
  #restingSince = -Infinity;
  #closed = false;

  constructor(options: LegOptions) {
    this.#options = options;
    this.legId = options.legId;
    this.output = new LegOutput(this, options.random, (packet) => this.#endpoint?.sendRtp(packet));
    const { epoch, random, silentAfterMs } = options;
    this.watch = new LegWatch((event) => this.tell(event), epoch, random, silentAfterMs);
    this.#events = new TelephoneEventReceiver((digit, durationMs) => this.#digit(digit, durationMs));
  }

  readonly handlers: EndpointHandlers = {
    rtp: (datagram, at) => this.#rtp(datagram, at),
    rtcp: (datagram) => this.watch.rtcp.take(datagram, this.output.sender, this.#clockRate),
    connection: (state) => {
      this.connected = state === "connected";
      this.tell({ type: "connection", state });
    },
  };

  tell(event: LegEvent): void {
    this.#options.tell({ ...event, legId: this.legId });
  }

  epoch(): number {
    return this.#options.epoch();
  }

  reroute(): void {
    this.#options.reroute(this);
  }

  get heldByParty(): boolean {
    return this.agreed !== undefined && !partyHears(this.agreed.partyDirection);
  }

  attach(endpoint: Endpoint, connected: boolean): void {
    this.#endpoint = endpoint;
    this.watch.rtcp.absenceTells = endpoint.security === "DTLS-SRTP";
    this.connected = connected;
  }

  get endpoint(): Endpoint {
    return this.#endpoint!;
  }

  /** The party takes our packets. */
  get canSend(): boolean {
    return this.connected && this.agreed !== undefined && partyHears(this.agreed.partyDirection);
  }

  get #clockRate(): number {
    return codecFacts[this.agreed?.codec ?? "PCMA"].clockRate;
  }

  /** `coder` is the one agreed on; a re-offer with the same codec keeps the one it has. */
  agree(agreed: Negotiated, coder: Coder): void {
    const old = this.#coder;
    this.#coder = coder;
    if (old !== coder) old?.close();
    this.agreed = agreed;
    this.input.decoder = coder.decoder;
    this.output.encoder = coder.encoder;
    this.output.sender.frameTicks = this.#clockRate / 50;
    this.watch.reception.clockRate = this.#clockRate;
    this.#events.clockRate = agreed.dtmfClockRate;
    const hasEvents = agreed.dtmfPayloadType !== undefined;
    this.input.dtmf = hasEvents ? undefined : (this.input.dtmf ?? this.#newDetector());
    this.describe();
    this.reroute();
  }

  get coder(): Coder | undefined {
    return this.#coder;
  }

  /** Tells other processes what our packets mean. */
  describe(): void {
    if (this.agreed) for (const to of this.exports) to.agreed(this.agreed);
  }

  /** Something on this leg needs frames even if its party's sound is relayed. */
  get decodes(): boolean {
    return this.recorders.size > 0 || this.input.watched;
  }

  /** What is listened for in the party's sound; the party is decoded for it even where it is relayed. */
  detect(spec: DetectSpec | null): void {
    this.input.ear = spec ? createEar(spec, (event) => this.tell(event)) : undefined;
    this.reroute();
  }

  record(at: Int16Array): void {
    for (const recorder of this.recorders.values()) recorder.write(this.input.frame, at);
  }

  async startRecording(recordingId: string, path: string): Promise<void> {
    const recorder = new Recorder(recordingId, path, (result) => {
      this.recorders.delete(recordingId);
      this.tell({ type: "recording-ended", result });
      this.reroute();
    });
    this.recorders.set(recordingId, recorder);
    this.reroute();
    await recorder.start();
  }

  /** Twice a second. `at` is monotonic ms. */
  housekeep(at: number): void {
    this.#events.expire(at);
    this.#endpoint?.housekeep?.(at);
    this.describe();
    const speaks = this.agreed !== undefined && partySpeaks(this.agreed.partyDirection);
    const rests = at - this.#restingSince < restMs;
    this.watch.checkSilence(this.connected && speaks && !rests, at);
    this.#audio.look();
    if (!this.agreed || !this.connected) return;
    if (this.watch.rtcp.isDue(at)) this.#report(at);
    if (this.watch.areStatsDue(at)) this.#tellStats(at);
  }

  #report(at: number, bye = false): void {
    const { rtcp, reception } = this.watch;
    this.#endpoint?.sendRtcp(rtcp.build(this.output.sender, reception, at, bye));
  }

  #tellStats(at: number): void {
    const { input } = this;
    const played = {
      discarded: input.takeDiscarded(),
      bufferMs: input.needed ? Math.round(input.depthMs) : 0,
    };
    const stats = this.watch.stats(
      this.output.sender,
      { codec: this.agreed?.codec, security: this.#endpoint?.security, ...played },
      at,
    );
    this.tell({ type: "stats", stats });
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.output.stopPlayback();
    const at = performance.now();
    if (this.agreed && this.connected) this.#report(at, true);
    this.#endpoint?.close();
    this.#tellStats(at);
    await Promise.all([...this.recorders.values()].map((recorder) => recorder.stop()));
    this.#coder?.close();
    this.#coder = undefined;
  }

  #rtp(datagram: Buffer, at: number): void {
    const rtp = parseRtp(datagram);
    if (!rtp || !this.agreed || this.#closed) return;
    const { payloadType: type } = rtp;
    const kind = kindOf(type, this.agreed);
    const isEvent = !kind && isDtmfType(type, this.agreed);
    if (!isEvent && !kind) return;
    this.watch.reception.take(rtp.sequence, rtp.timestamp, rtp.ssrc, at, !isEvent);
    this.watch.packet();
    this.#restingSince = kind === "CN" ? at : -Infinity;
    if (kind) this.input.put(kind, rtp, at);
    else this.#events.take(rtp, at);
    if (this.input.muted) return;
    for (const to of this.exports) to.rtp(datagram, at);
    if (kind !== "CN") this.#forward(datagram, rtp, kind, at);
  }

  #forward(datagram: Buffer, rtp: RtpPacket, codec: AudioCodec | undefined, at: number): void {
    // What goes to another process must not be rewritten under its way.
    const last = this.exports.length > 0 ? -1 : this.relayTo.length - 1;
    for (let i = 0; i < this.relayTo.length; i++)
      this.relayTo[i]!.output.forward(this, datagram, rtp, codec, at, i === last);
  }

  /** Who hears the party hears its tones: nothing is passed on. */
  #newDetector(): DtmfDetector {
    return new DtmfDetector((digit, durationMs) => {
      if (!this.output.sendsTones) this.tell({ type: "dtmf", digit, durationMs });
    });
  }

  /** A digit that came with signalling (INFO) is passed on like one in the stream. */
  pressed(digit: string): void {
    this.tell({ type: "dtmf", digit, durationMs: infoDigitMs });
    if (!this.input.muted) for (const leg of this.heardBy) leg.output.sendDtmf(digit);
  }

  /** A digit is passed on to legs that hear us, but to those that its packets were relayed to. */
  #digit(digit: string, durationMs: number): void {
    this.tell({ type: "dtmf", digit, durationMs });
    if (this.input.muted) return;
    for (const leg of this.heardBy) {
      const gotPackets = this.relayTo.includes(leg) && leg.agreed?.dtmfPayloadType !== undefined;
      if (!gotPackets) leg.output.sendDtmf(digit);
    }
  }
}
