import type { SipCredentials } from "../../shared/desk.ts";
import { isChosenMicrophoneThere, readDeviceChoice, watchDevices } from "./devices.ts";
import { closeStream, openMicrophone } from "./microphone.ts";
import type { MicrophoneHint } from "./microphone-hint.ts";
import { keepMicrophone } from "./microphone-keeper.ts";
import { watchMicrophone } from "./microphone-watch.ts";
import { phoneOff, phoneStep, type PhoneEffect, type PhoneEvent, type PhoneState } from "./phone-machine.ts";
import { qualityUnknown, type Quality } from "./quality.ts";
import { watchDeafness, watchQuality } from "./quality-watch.ts";
import { startSipAgent, type SipAgent, type SipLeg } from "./sip-agent.ts";
import { Speaker } from "./speaker.ts";
import { after } from "../lib/steady-timer.ts";
import { keepScreenOn } from "./wake-lock.ts";

/** What the page shows of the phone. A new object on every change, for `useSyncExternalStore`. */
export interface PhoneSnapshot extends PhoneState {
  muted: boolean;
  quality: Quality;
  /** What the levels say about the headset. */
  hint: MicrophoneHint | null;
  /** The microphone that took the place of one that was unplugged, until the agent has read it. */
  replacedBy: string | null;
  /** What is used instead of the chosen microphone, which is not there. */
  otherMicrophone: string | null;
  /** The chosen loudspeaker is not there; the system's own plays. */
  otherSpeaker: boolean;
  /** The browser wants a click before it lets us play sound. */
  soundBlocked: boolean;
  microphoneStream: MediaStream | null;
  farEndStream: MediaStream | null;
}

export interface PhoneOptions {
  url: string;
  /** `renew`: only the password changes, the leg of this page stays. */
  fetchCredentials(renew: boolean): Promise<SipCredentials>;
  /** The server does not answer on a connection that looks open; others may be dead as well. */
  unreachable(): void;
}

const idle = {
  muted: false,
  quality: qualityUnknown,
  soundBlocked: false,
  hint: null,
  replacedBy: null,
  otherMicrophone: null,
  otherSpeaker: false,
} as const;

/** The agent's phone in the browser: runs the effects of `phone-machine.ts`. */
export class Phone {
  #snapshot: PhoneSnapshot = { ...phoneOff, ...idle, microphoneStream: null, farEndStream: null };
  readonly #listeners = new Set<() => void>();
  readonly #options: PhoneOptions;
  readonly #speaker = new Speaker((change) => this.#set(change));
  readonly #microphone = keepMicrophone({
    state: () => this.#snapshot,
    set: (change) => this.#set(change),
    dispatch: (event) => this.#dispatch(event),
    send: (track) => this.#send(track),
  });
  #agent: SipAgent | undefined;
  #credentials: SipCredentials | undefined;
  #leg: SipLeg | undefined;
  #endOfLeg: (() => void)[] = [];
  #cancelRetry = (): void => {};
  #cancelRenewal = (): void => {};

  constructor(options: PhoneOptions) {
    this.#options = options;
    watchDevices(() => void this.#devicesChanged());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly snapshot = (): PhoneSnapshot => this.#snapshot;

  /** Opens the microphone and registers; also tries again after a blocked microphone. */
  start(): void {
    const { link } = this.#snapshot;
    if (link === "off" || link === "blocked") this.#dispatch({ type: "start" });
  }

  stop(): void {
    this.#dispatch({ type: "stop" });
  }

  mute(muted: boolean): void {
    for (const track of this.#snapshot.microphoneStream?.getAudioTracks() ?? []) track.enabled = !muted;
    this.#set({ muted });
  }

  /** Asks for the microphone again, before a call or in it. */
  retryMicrophone(): void {
    if (this.#snapshot.link === "blocked") this.start();
    else void this.#microphone.reopen();
  }

  /** The agent knows of the microphone in use. */
  readReplacement(): void {
    this.#set({ replacedBy: null });
  }

  /** Takes up a changed choice of devices, in a call too. */
  async applyDeviceChoice(): Promise<void> {
    await this.#speaker.applyChoice();
    if (this.#snapshot.microphoneStream) await this.#microphone.reopen();
  }

  #set(change: Partial<PhoneSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }

  #dispatch(event: PhoneEvent): void {
    const step = phoneStep(this.#snapshot, event);
    if (step.refused) {
      // oxlint-disable-next-line no-console -- what support asks an agent to send
      console.warn("phone: refused", event, "in", this.#snapshot.link, this.#snapshot.leg);
      return;
    }
    if (step.state !== this.#snapshot) this.#set(step.state);
    for (const effect of step.effects) this.#run(effect);
  }

  #run(effect: PhoneEffect): void {
    switch (effect.type) {
      case "prepare":
        return void this.#prepare();
      case "connect":
        return void this.#connect();
      case "retry-in":
        this.#cancelRetry = after(effect.delayMs, () => this.#dispatch({ type: "retry" }));
        return;
      case "close":
        return this.#closeAll();
    }
  }

  async #prepare(): Promise<void> {
    if (!this.#snapshot.microphoneStream) {
      const opened = await openMicrophone(readDeviceChoice().microphone);
      if (this.#snapshot.link !== "preparing") return opened.ok ? closeStream(opened.stream) : undefined;
      if (!opened.ok) return this.#dispatch({ type: "microphone-failed", problem: opened.problem });
      this.#microphone.take(opened.stream);
    }
    try {
      this.#credentials = await this.#options.fetchCredentials(this.#leg !== undefined);
    } catch {
      return this.#snapshot.link === "preparing" ? this.#dispatch({ type: "failed" }) : undefined;
    }
    if (this.#snapshot.link === "preparing") this.#dispatch({ type: "prepared" });
  }

  async #connect(): Promise<void> {
    const credentials = this.#credentials;
    if (!credentials) return this.#dispatch({ type: "failed" });
    this.#renewBefore(credentials);
    if (this.#agent) {
      this.#agent.renew(credentials);
      return this.#agent.register();
    }
    try {
      this.#agent = await startSipAgent(this.#options.url, credentials, {
        connected: () => this.#dispatch({ type: "connected" }),
        disconnected: () => this.#dispatch({ type: "disconnected" }),
        registered: () => this.#dispatch({ type: "registered" }),
        refused: () => this.#dispatch({ type: "failed" }),
        offered: (leg) => this.#offered(leg),
      });
    } catch {
      // The phone's own code could not be loaded: the server is away.
      return this.#dispatch({ type: "failed" });
    }
    if (this.#snapshot.link === "off") this.#closeAll();
  }

  #renewBefore(credentials: SipCredentials): void {
    this.#cancelRenewal();
    const lifetimeMs = Date.parse(credentials.expiresAt) - Date.now();
    this.#cancelRenewal = after(Math.max(10_000, lifetimeMs * 0.7), () => void this.#renew(credentials));
  }

  async #renew(old: SipCredentials): Promise<void> {
    try {
      this.#credentials = await this.#options.fetchCredentials(true);
      this.#agent?.renew(this.#credentials);
    } catch {
      // The server is away: again in 21 s, until the phone itself finds out.
      this.#credentials = { ...old, expiresAt: new Date(Date.now() + 30_000).toISOString() };
    }
    if (this.#agent) this.#renewBefore(this.#credentials);
  }

  #offered(leg: SipLeg): void {
    const { microphoneStream: microphone, microphone: problem } = this.#snapshot;
    // Nobody could hear the agent: better music, until there is a microphone again.
    if (!microphone || problem) return leg.hangup();
    // A rejoin: the server calls anew, the old leg is a leftover.
    const old = this.#leg;
    this.#endLeg();
    this.#leg = leg;
    old?.hangup();
    this.#dispatch({ type: "offered" });
    const current = (): boolean => this.#leg === leg;
    leg.answer(microphone, {
      established: () => {
        if (!current()) return;
        this.#endOfLeg.push(keepScreenOn());
        if (leg.connection)
          this.#endOfLeg.push(
            watchQuality(leg.connection, (quality) => this.#set({ quality })),
            watchDeafness(leg.connection, (hearing) => void this.#hardOfHearing(leg, hearing)),
            watchMicrophone(
              () => this.#levels(),
              (hint) => this.#set({ hint }),
            ),
          );
        this.#dispatch({ type: "established" });
      },
      farEnd: (farEndStream) => {
        if (!current()) return;
        this.#speaker.play(farEndStream);
        this.#set({ farEndStream });
      },
      ended: () => {
        if (!current()) return;
        this.#endLeg();
        this.#dispatch({ type: "ended" });
      },
    });
  }

  #levels() {
    const { microphoneStream, farEndStream, muted, microphone } = this.#snapshot;
    return { microphone: microphone ? null : microphoneStream, farEnd: farEndStream, muted };
  }

  /**
   * Nothing comes from the server. If it can be told, it calls anew, over a way that works, within a moment. After a
   * sleep the connection that tells it is looked at first.
   */
  async #hardOfHearing(leg: SipLeg, hearing: "deaf" | "slept"): Promise<void> {
    const isThere = await this.#agent?.check();
    if (!isThere) this.#options.unreachable();
    else if (hearing === "deaf" && this.#leg === leg) leg.hangup();
  }

  #endLeg(): void {
    for (const end of this.#endOfLeg.splice(0)) end();
    this.#leg = undefined;
    this.#speaker.stop();
    this.#set({ quality: qualityUnknown, farEndStream: null });
  }

  async #devicesChanged(): Promise<void> {
    await this.#speaker.applyChoice();
    if (this.#snapshot.link === "blocked") return this.start();
    if (!this.#snapshot.microphoneStream) return;
    const isBack = this.#snapshot.otherMicrophone !== null && (await isChosenMicrophoneThere());
    if (this.#snapshot.microphone || isBack) await this.#microphone.reopen();
  }

  /** Without a track nothing is sent, and the server notices within a second. */
  async #send(track: MediaStreamTrack | null): Promise<void> {
    for (const sender of this.#leg?.connection?.getSenders() ?? []) await sender.replaceTrack(track);
  }

  #closeAll(): void {
    this.#cancelRetry();
    this.#cancelRenewal();
    const leg = this.#leg;
    this.#endLeg();
    leg?.hangup();
    this.#agent?.close();
    this.#agent = undefined;
    closeStream(this.#snapshot.microphoneStream ?? undefined);
    this.#set({ ...idle, microphoneStream: null });
  }
}
