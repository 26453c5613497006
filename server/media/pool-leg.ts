import { newId } from "../kernel/ids.ts";
import type { PoolProcess } from "./pool-process.ts";
import type { Taps } from "./pool-taps.ts";
import type { LegSpec, MediaLeg, TapFrame } from "./types.ts";

/** The parent's side of one leg: each verb is a message to its process. */
export function createPoolLeg(spec: LegSpec, host: PoolProcess, taps: Taps, closed: () => void): MediaLeg {
  const { legId } = spec;
  let heldByParty = false;
  let isClosed = false;
  const openTaps = new Set<AsyncIterator<TapFrame>>();
  return {
    legId,
    get heldByParty() {
      return heldByParty;
    },
    async offer() {
      return (await host.request({ type: "offer", legId })).sdp ?? "";
    },
    async acceptAnswer(sdp) {
      heldByParty = (await host.request({ type: "accept-answer", legId, sdp })).heldByParty ?? false;
    },
    async answer(sdp) {
      const reply = await host.request({ type: "answer", legId, sdp });
      heldByParty = reply.heldByParty ?? false;
      return reply.sdp ?? "";
    },
    async play(sound, options = {}) {
      const playbackId = newId();
      await host.request({ type: "play", legId, playbackId, sound, options });
      return playbackId;
    },
    stopPlayback: (playbackId) => host.run({ type: "stop-playback", legId, playbackId }),
    pressed: (digit) => host.run({ type: "pressed", legId, digit }),
    sendDtmf: (digits) => host.run({ type: "dtmf", legId, digits }),
    async startRecording(recordingId, path) {
      await host.request({ type: "start-recording", legId, recordingId, path });
    },
    pauseRecording: (recordingId, paused) =>
      host.run({ type: "pause-recording", legId, recordingId, paused }),
    stopRecording: (recordingId) => host.run({ type: "stop-recording", legId, recordingId }),
    mute: (what) => host.run({ type: "mute", legId, ...what }),
    watchLevel: (on) => host.run({ type: "watch-level", legId, on }),
    detect: (spec) => host.run({ type: "detect", legId, spec }),
    tap() {
      const tapId = newId();
      const stream = taps.open(tapId, () => {
        openTaps.delete(stream);
        host.tapIds.delete(tapId);
        host.run({ type: "tap", legId, tapId, on: false });
      });
      openTaps.add(stream);
      host.tapIds.add(tapId);
      host.run({ type: "tap", legId, tapId, on: true });
      return stream;
    },
    feed() {
      const feedId = newId();
      return {
        write: (samples) => host.run({ type: "feed", legId, feedId, samples }),
        close: () => host.run({ type: "end-feed", legId, feedId }),
      };
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      for (const stream of openTaps) void stream.return?.();
      host.run({ type: "close-leg", legId });
      closed();
    },
  };
}
