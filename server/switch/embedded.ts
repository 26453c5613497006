import { ownTimers } from "../kernel/clock.ts";
import { conflict } from "../kernel/errors.ts";
import { createMediaPool } from "../media/pool.ts";
import { createSipStack } from "../sip/stack.ts";
import { applyToLeg } from "./embedded-apply.ts";
import { type Core, type EmbeddedSwitch, type EmbeddedSwitchOptions, type Leg } from "./embedded-core.ts";
import { accept, receive, ring } from "./embedded-incoming.ts";
import { startRecording } from "./embedded-recording.ts";
import { createLadder } from "./embedded-ladder.ts";
import { onMediaEvent } from "./embedded-media-events.ts";
import { dial } from "./embedded-outgoing.ts";
import { createRooms } from "./embedded-rooms.ts";
import { transfer, transferProgress } from "./embedded-transfer.ts";
import { createTrunks } from "./embedded-trunks.ts";
import { newLeg } from "./leg-machine.ts";
import type { LegId, OriginateRequest, Switch, SwitchEvent, TapFrame } from "./switch.ts";

export type { EmbeddedSwitch, EmbeddedSwitchOptions } from "./embedded-core.ts";

const defaultMediaLostMs = 60_000;
const defaultTrunkTimeoutMs = 6000;

/** The `Switch` in this process: our SIP stack for signalling, forked processes for media. */
export async function createEmbeddedSwitch(options: EmbeddedSwitchOptions): Promise<EmbeddedSwitch> {
  const { random, log } = options;
  const clock = ownTimers(options.clock);
  const listeners = new Set<(event: SwitchEvent) => void>();
  const emit: Core["emit"] = (news) => {
    const event = { ...news, at: clock.now() };
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        log.error({ err: error, event: event.type }, "a listener of the switch failed");
      }
    }
  };
  const trunkTimeoutMs = options.trunkTimeoutMs ?? defaultTrunkTimeoutMs;
  const ladder = createLadder(clock, emit);
  const trunks = createTrunks({
    sip: () => core.sip,
    clock,
    log,
    emit,
    probeEveryMs: options.probeEveryMs,
    probeTimeoutMs: trunkTimeoutMs,
  });
  const media = await createMediaPool({ ...options.media, clock, log });
  const sip = await createSipStack({
    ...options.sip,
    clock,
    random,
    log,
    credentialsOf: options.credentialsOf,
    trunkOf: (remote) => trunks.trunkOf(remote),
    isTrunkHost: (host) => trunks.isHost(host),
    onTrace: (message) => ladder.trace(message),
  });
  const legs = new Map<LegId, Leg>();
  const core: Core = {
    sip,
    media,
    clock,
    log,
    legs,
    ladder,
    trunks,
    rooms: createRooms(media, legs),
    mediaLostMs: options.mediaLostMs ?? defaultMediaLostMs,
    trunkTimeoutMs,
    announcements: new Map(),
    emit,
    apply: (leg, input) => applyToLeg(core, leg, input),
  };
  let closing: Promise<void> | undefined;
  const close = async () => {
    for (const leg of legs.values()) core.apply(leg, { type: "hangup", cause: "switch-restarted" });
    await trunks[Symbol.asyncDispose]();
    await sip[Symbol.asyncDispose]();
    await media[Symbol.asyncDispose]();
    clock[Symbol.dispose]();
  };
  media.on((event) => onMediaEvent(core, event));
  sip.onInvite((call) => receive(core, call));
  sip.onRegistrationChange((user, contacts) => {
    emit({ type: "endpoint", user, online: contacts.length > 0, userAgent: contacts[0]?.userAgent });
  });
  return {
    ...verbs(core),
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    sipLocal: sip.local,
    bans: () => sip.bans(),
    unban: (host) => sip.unban(host),
    acceptWebSocket: (socket, remote) => sip.acceptWebSocket(socket, remote),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  };
}

function verbs(core: Core): Omit<Switch, "on" | typeof Symbol.asyncDispose> {
  const { legs, sip, media, trunks } = core;
  const mediaOf = (legId: LegId) => legs.get(legId)?.media;
  const withLeg = (legId: LegId, act: (leg: Leg) => void) => {
    const leg = legs.get(legId);
    if (leg) act(leg);
  };
  return {
    originate: (request) => originate(core, request),
    ring: (legId) => withLeg(legId, (leg) => ring(core, leg)),
    async answer(legId, affinity) {
      const leg = legs.get(legId);
      if (leg) await accept(core, leg, affinity, true);
    },
    async earlyMedia(legId, affinity) {
      const leg = legs.get(legId);
      if (leg) await accept(core, leg, affinity, false);
    },
    hangup: (legId, cause) => withLeg(legId, (leg) => core.apply(leg, { type: "hangup", cause })),
    withdraw: (legId) => withLeg(legId, (leg) => core.apply(leg, { type: "withdraw" })),

    play: async (legId, sound, options) => (await mediaOf(legId)?.play(sound, options)) ?? "",
    stopPlayback: (legId, playbackId) => mediaOf(legId)?.stopPlayback(playbackId),
    async startRecording(legId, recordingId, path) {
      const leg = legs.get(legId);
      if (leg) await startRecording(leg, recordingId, path);
    },
    pauseRecording: (legId, recordingId, paused) => mediaOf(legId)?.pauseRecording(recordingId, paused),
    stopRecording: (legId, recordingId) => mediaOf(legId)?.stopRecording(recordingId),
    sendDtmf: (legId, digits) => mediaOf(legId)?.sendDtmf(digits),
    mute: (legId, muted) => mediaOf(legId)?.mute({ mic: muted }),
    hold: (legId, music) =>
      withLeg(legId, (leg) => {
        if (leg.held || !leg.media) return;
        leg.held = true;
        core.rooms.refresh(leg);
        leg.music = leg.media.play(music, { repeat: "forever" });
        leg.music.catch((error: unknown) => core.log.warn({ legId, err: error }, "no music on hold"));
      }),
    unhold: (legId) =>
      withLeg(legId, (leg) => {
        if (!leg.held) return;
        leg.held = false;
        leg.music?.then(
          (playbackId) => leg.media?.stopPlayback(playbackId),
          () => undefined,
        );
        core.rooms.refresh(leg);
      }),

    transferProgress: (legId, state, cause) =>
      withLeg(legId, (leg) => transferProgress(core, leg, state, cause)),
    async transfer(legId, target) {
      const leg = legs.get(legId);
      return leg ? await transfer(core, leg, target) : { result: "unsupported" };
    },

    setRoom: (roomId, members) => core.rooms.set(roomId, members),
    tap: (legId) => mediaOf(legId)?.tap() ?? nothing(),
    feed: (legId) => mediaOf(legId)?.feed() ?? { write: () => undefined, close: () => undefined },

    setAnnouncements(trained) {
      core.announcements.clear();
      for (const { id, cause } of trained) core.announcements.set(id, cause);
      media.setAnnouncements(trained);
    },
    setTrunks: (configs) => trunks.set(configs),
    trunkStatus: () => trunks.status(),
    probeTrunk: (trunkId) => trunks.probe(trunkId),
    isOnline: (user) => sip.contactsOf(user).length > 0,
    messagesWaiting: (user, waiting) => sip.messagesWaiting(user, waiting),
    disconnectEndpoint: (user) => sip.unregister(user),
    legs: () => [...legs.keys()],
    health: () => ({
      signalling: sip.counts(),
      media: media.status(),
      sip: sip.local.map(({ transport, host, port }) => `${transport} ${host}:${port}`),
    }),
  };
}

function originate(core: Core, request: OriginateRequest): void {
  const { legId, destination, affinity } = request;
  if (core.legs.has(legId)) throw conflict("leg-exists", `Leg ${legId} lives already.`, { legId });
  const leg: Leg = {
    legId,
    state: newLeg("out"),
    affinity,
    request,
    user: destination.kind === "endpoint" ? destination.user : undefined,
    attempts: new Set(),
    recordings: new Map(),
    heard: {},
    held: false,
    heldByParty: false,
  };
  core.legs.set(legId, leg);
  // Nothing is told before `originate` has returned.
  queueMicrotask(() => dial(core, leg, request));
}

// oxlint-disable-next-line require-yield -- the stream of a leg that is gone has no frames
async function* nothing(): AsyncGenerator<TapFrame> {}
