import type { IncomingCall, OutgoingCall } from "../../server/sip/types.ts";
import type { Clock } from "../../server/kernel/clock.ts";
import { type Clip, keyClip, signalClip, toneClip } from "./clips.ts";
import type { Plan, Sound, Step } from "./plan.ts";
import type { RtpHub } from "./rtp-hub.ts";
import type { RtpStream } from "./rtp-stream.ts";
import { readSdp, type Talk, writeSdp } from "./sdp.ts";

export type CallPhase = "offered" | "early" | "answered" | "ended";

export interface CallEnd {
  by: "carrier" | "peer";
  /** `cancelled`, `bye`, or the status that refused the call. */
  how: string;
  reasonHeader?: string;
}

export interface CallContext {
  hub: RtpHub;
  clips: ReadonlyMap<string, Clip>;
  /** The carrier's own timers. */
  clock: Clock & Disposable;
  host: string;
  /** Makes the stack deaf to requests of this Call-ID. */
  vanish(callId: string): void;
}

/** One call at the carrier, with a person's hands on it: a plan or a test moves it. */
export class CarrierCall {
  readonly from: string;
  /** The called number as it was dialled. */
  readonly to: string;
  readonly direction: "in" | "out";
  phase: CallPhase = "offered";
  end: CallEnd | undefined;
  stream: RtpStream | undefined;
  readonly sip: IncomingCall | OutgoingCall;
  readonly #context: CallContext;
  readonly #offer: Talk | undefined;
  #waiters: { phase: CallPhase; resolve: () => void }[] = [];

  /** An incoming call (`offer` read from its INVITE), or an outgoing one (no offer: `accepted` brings the answer). */
  constructor(
    sip: IncomingCall | OutgoingCall,
    numbers: { from: string; to: string; direction: "in" | "out" },
    offer: Talk | undefined,
    context: CallContext,
  ) {
    this.sip = sip;
    this.from = numbers.from;
    this.to = numbers.to;
    this.direction = numbers.direction;
    this.#offer = offer;
    this.#context = context;
    sip.on("ended", (info) => {
      this.#ended({
        by: info.by === "local" ? "carrier" : "peer",
        how: "bye",
        reasonHeader: info.reasonHeader,
      });
    });
    sip.on("info", (body) => {
      const digit = /^Signal\s*=\s*(\S)/im.exec(body?.content ?? "")?.[1];
      if (digit && this.stream) this.stream.received.digits += digit;
    });
    sip.on("reoffer", (body, respond) => this.#reoffer(body?.content, respond));
    if ("onCancelled" in sip)
      sip.onCancelled((reasonHeader) => this.#ended({ by: "peer", how: "cancelled", reasonHeader }));
  }

  get codec(): string | undefined {
    return this.stream?.talk.codec;
  }

  ring(): void {
    if (this.phase === "offered") this.#incoming().progress(180);
  }

  /** 183 with SDP; audio begins. */
  early(sound?: Sound, loop = false): Promise<void> {
    if (this.phase !== "offered") return Promise.resolve();
    const body = this.#open();
    this.#incoming().progress(183, body);
    this.#enter("early");
    return sound === undefined ? Promise.resolve() : this.play(sound, loop);
  }

  answer(): void {
    if (this.phase !== "offered" && this.phase !== "early") return;
    this.#incoming().accept(this.#open());
    this.#enter("answered");
  }

  /** The callee's answer to our own INVITE. */
  accepted(talk: Talk): void {
    this.stream = this.#context.hub.open(talk);
    this.#enter("answered");
  }

  refuse(status: number, q850?: number): void {
    const headers = q850 === undefined ? [] : [["Reason", `Q.850;cause=${q850}`] as const];
    this.#incoming().reject(status, undefined, headers);
    this.#ended({ by: "carrier", how: String(status) });
  }

  /** The other side refused our INVITE. */
  refused(status: number): void {
    this.#ended({ by: "peer", how: String(status) });
  }

  hangup(): void {
    this.sip.hangup({ reasonHeader: 'Q.850;cause=16;text="Normal call clearing"' });
    this.#ended({ by: "carrier", how: "bye" });
  }

  play(sound: Sound, loop = false): Promise<void> {
    return this.stream?.play(this.#clip(sound), loop) ?? Promise.resolve();
  }

  /** Presses keys: as events (RFC 4733), as INFO, or as tones where the telephone knows no events. */
  async press(keys: string, by: "event" | "info" = "event"): Promise<void> {
    if (by === "event")
      return this.stream?.talk.eventType === undefined
        ? this.stream?.play(keyClip(keys))
        : this.stream.sendDtmf(keys);
    for (const key of keys)
      await this.sip.info({ type: "application/dtmf-relay", content: `Signal=${key}\r\nDuration=160\r\n` });
  }

  /** Resolves when the call has reached this phase or is beyond it. */
  until(phase: "early" | "answered" | "ended"): Promise<void> {
    const order: CallPhase[] = ["offered", "early", "answered", "ended"];
    if (order.indexOf(this.phase) >= order.indexOf(phase)) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ phase, resolve }));
  }

  /** Walks a plan to its end or the call's. */
  async run(plan: Plan): Promise<void> {
    for (const step of plan) {
      if (this.phase === "ended") return;
      await this.#step(step);
    }
  }

  async #step(step: Step): Promise<void> {
    switch (step.do) {
      case "wait":
        return this.#wait(step.ms);
      case "ring":
        return this.ring();
      case "early": {
        const done = this.early(step.sound, step.loop);
        return step.loop ? undefined : done;
      }
      case "answer":
        return this.answer();
      case "play":
        return this.play(step.sound);
      case "talk":
        void this.play(step.sound, true);
        return this.#wait(step.ms);
      case "no-audio":
        this.stream?.close();
        return;
      case "echo":
        this.stream?.echo();
        return this.until("ended");
      case "stay":
        return this.until("ended");
      case "refuse":
        return this.refuse(step.status, step.q850);
      case "press":
        return this.stream?.sendDtmf(step.keys);
      case "hangup":
        return this.hangup();
      case "vanish":
        return this.#context.vanish(this.sip.callId);
    }
  }

  async #wait(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = this.#context.clock.after(ms, resolve);
    await Promise.race([promise, this.until("ended")]);
    timer.cancel();
  }

  #clip(sound: Sound): Clip {
    if (typeof sound !== "string")
      return "signal" in sound ? signalClip(sound.signal) : toneClip(sound.tonesHz);
    const clip = this.#context.clips.get(sound);
    if (!clip)
      throw new Error(`No clip "${sound}"; there are ${[...this.#context.clips.keys()].join(", ")}.`);
    return clip;
  }

  #incoming(): IncomingCall {
    if (!("accept" in this.sip)) throw new Error("Only an incoming call can be answered or refused.");
    return this.sip;
  }

  #open() {
    if (!this.#offer) throw new Error("The call came without an offer of G.711 audio.");
    this.stream ??= this.#context.hub.open(this.#offer);
    return this.#body(this.#offer);
  }

  #body(talk: Talk, direction?: "sendonly") {
    const { host, hub } = this.#context;
    return {
      type: "application/sdp",
      content: writeSdp(host, hub.port, [talk.codec], talk.eventType, direction),
    };
  }

  #reoffer(
    sdp: string | undefined,
    respond: (status: number, body?: { type: string; content: string }) => void,
  ) {
    const talk =
      this.stream && (sdp === undefined ? this.stream.talk : readSdp(sdp, [this.stream.talk.codec]));
    if (!talk || !this.stream) return respond(488);
    this.stream.talk = talk;
    respond(200, this.#body(talk));
  }

  /** Puts the other side on hold by re-INVITE, or takes it back. */
  async hold(on: boolean): Promise<number> {
    if (!this.stream) throw new Error("Only a call with audio can be held.");
    const answer = await this.sip.reinvite(this.#body(this.stream.talk, on ? "sendonly" : undefined));
    return answer.status;
  }

  #ended(end: CallEnd): void {
    if (this.phase === "ended") return;
    this.end = end;
    this.stream?.close();
    this.#enter("ended");
  }

  #enter(phase: CallPhase): void {
    this.phase = phase;
    const order: CallPhase[] = ["offered", "early", "answered", "ended"];
    const reached = this.#waiters.filter((w) => order.indexOf(w.phase) <= order.indexOf(phase));
    this.#waiters = this.#waiters.filter((w) => !reached.includes(w));
    for (const waiter of reached) waiter.resolve();
  }
}
