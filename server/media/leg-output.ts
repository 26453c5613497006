import { frameSamples, mixInto } from "./frame.ts";
import { type AudioCodec, type AudioEncoder, canRelay, isLaw, lawCoders } from "./codec.ts";
import { transcodeInPlace } from "./g711.ts";
import type { Leg } from "./leg.ts";
import { type Feed, Player } from "./player.ts";
import { type RtpPacket, rtpHeaderBytes } from "./rtp-packet.ts";
import { RtpSender } from "./rtp-sender.ts";
import { loadSound } from "./sound-store.ts";
import { dtmfDigits, TelephoneEventSender } from "./telephone-event.ts";
import { dtmfFrequencies, renderTones } from "./tones.ts";
import type { PlayOptions, Sound } from "./types.ts";

/** Playback id of digits sent as tones; nobody is told of them. */
const inbandDigit = "dtmf";

/** A relayed party whose source pauses this long gets frames of silence, which keep NAT and carriers content. */
const relayPauseMs = 100;

/** What the party hears: the legs in `hears`, the player, feeds and DTMF, as one RTP stream. */
export class LegOutput {
  readonly sender: RtpSender;
  readonly player: Player;
  readonly feeds = new Map<string, Feed>();
  muted = false;
  encoder: AudioEncoder = lawCoders.PCMA.encoder;
  /** Legs mixed for this one, and the one whose packets are forwarded instead. */
  hears: Leg[] = [];
  relayFrom: Leg | undefined;
  readonly #leg: Leg;
  readonly #send: (packet: Buffer) => void;
  readonly #events = new TelephoneEventSender();
  readonly #frame = new Int16Array(frameSamples);
  readonly #unheard = new Set<Leg>();
  /** Sounds load in any order and play in the order asked for; a stop in between forgets them. */
  #lastPlay: Promise<unknown> = Promise.resolve();
  #stops = 0;
  /** When another leg's packet was passed on last, monotonic ms. */
  #forwardedAt = -Infinity;
  /** Digits that wait or sound as tones. */
  #tones = 0;

  constructor(leg: Leg, random: () => number, send: (packet: Buffer) => void) {
    this.#leg = leg;
    this.#send = send;
    this.sender = new RtpSender(random);
    this.player = new Player((playbackId, completed) => {
      if (playbackId === inbandDigit) this.#tones--;
      else leg.tell({ type: "playback-ended", playbackId, completed });
      leg.reroute();
    });
  }

  /** Digits are going out as tones, and may come back as an echo. */
  get sendsTones(): boolean {
    return this.#tones > 0;
  }

  /** The party hears more than another leg: no relay. */
  get busy(): boolean {
    return this.player.busy || this.feeds.size > 0 || this.#events.busy || this.muted;
  }

  /** Sets who is heard; the first sound of a newcomer is told. */
  setHears(legs: Leg[]): void {
    for (const leg of legs) if (!this.hears.includes(leg)) this.#unheard.add(leg);
    for (const leg of this.#unheard) if (!legs.includes(leg)) this.#unheard.delete(leg);
    this.hears = legs;
  }

  /** @throws AppError `sound-unreadable`, `sound-too-long` or `unsupported-sound`. */
  async play(playbackId: string, sound: Sound, options: PlayOptions): Promise<void> {
    const stops = this.#stops;
    const before = this.#lastPlay;
    const loading = loadSound(sound);
    this.#lastPlay = Promise.allSettled([before, loading]);
    await before;
    const samples = await loading;
    if (stops === this.#stops) this.player.add(playbackId, samples, options);
    else this.#leg.tell({ type: "playback-ended", playbackId, completed: false });
    this.#leg.reroute();
  }

  /** Ends one playback, or all and those still being loaded. */
  stopPlayback(playbackId?: string): void {
    if (playbackId === undefined) this.#stops++;
    this.player.stop(playbackId);
  }

  /** As RFC 4733 events, or as tones if the party takes no events. */
  sendDtmf(digits: string): void {
    if (this.#leg.agreed?.dtmfPayloadType !== undefined) this.#events.add(digits);
    else
      for (const digit of dtmfDigits(digits)) {
        const frequenciesHz = dtmfFrequencies(digit)!;
        const samples = renderTones([{ frequenciesHz, levelDbm0: -9, onMs: 100, offMs: 60 }]);
        this.#tones++;
        this.player.add(inbandDigit, samples, {});
      }
    this.#leg.reroute();
  }

  /** Another leg's packet, at once. `inPlace` lets its header be overwritten. */
  forward(
    from: Leg,
    datagram: Buffer,
    rtp: RtpPacket,
    codec: AudioCodec | undefined,
    at: number,
    inPlace: boolean,
  ): void {
    const agreed = this.#leg.agreed;
    if (!agreed || !this.#leg.canSend) return;
    const type = codec ? agreed.payloadType : agreed.dtmfPayloadType;
    if (type === undefined) return;
    if (codec && !canRelay(codec, agreed.codec)) return;
    this.#forwardedAt = at;
    const packet = this.sender.forward(datagram, rtp, type, at, inPlace);
    if (codec && codec !== agreed.codec && isLaw(agreed.codec))
      transcodeInPlace(agreed.codec, packet.subarray(rtpHeaderBytes));
    this.#send(packet);
    if (codec && this.#unheard.size > 0) this.#heard(from);
  }

  /** Mixes, records and sends one frame. */
  tick(at: number): void {
    const relayed = this.relayFrom !== undefined && at - this.#forwardedAt < relayPauseMs;
    if (relayed && this.#leg.recorders.size === 0) return;
    const frame = this.#frame.fill(0);
    for (const leg of this.hears) {
      mixInto(frame, leg.input.frame);
      if (leg.input.voiced && this.#unheard.size > 0 && !this.relayFrom && this.#leg.canSend)
        this.#heard(leg);
    }
    if (this.player.busy) this.player.tick(frame);
    for (const feed of this.feeds.values()) feed.tick(frame);
    if (this.muted || !this.#leg.canSend) frame.fill(0);
    this.#leg.record(frame);
    if (!relayed && this.#leg.canSend) this.#sendFrame(frame, at);
  }

  #sendFrame(frame: Int16Array, at: number): void {
    const { payloadType, dtmfPayloadType, dtmfClockRate } = this.#leg.agreed!;
    if (this.#events.busy && dtmfPayloadType !== undefined) {
      for (const packet of this.#events.tick(
        this.sender,
        { payloadType: dtmfPayloadType, clockRate: dtmfClockRate },
        at,
      ))
        this.#send(packet);
      if (!this.#events.busy) this.#leg.reroute();
      return;
    }
    const packet = Buffer.allocUnsafe(rtpHeaderBytes + this.encoder.maxBytes);
    const bytes = this.encoder.encode(frame, packet, rtpHeaderBytes);
    this.#send(this.sender.frame(packet.subarray(0, rtpHeaderBytes + bytes), payloadType, at));
  }

  #heard(from: Leg): void {
    if (this.#unheard.delete(from))
      this.#leg.tell({ type: "first-forwarded", fromLegId: from.legId, at: this.#leg.epoch() });
  }
}
