import type { Leg } from "./leg.ts";
import type { Command, FromProcess } from "./messages.ts";
import { Feed } from "./player.ts";

type LegCommand = Exclude<
  Command,
  { type: "set-matrix" | "close-room" | "close-leg" | "set-announcements" | "shut-down" }
>;

const tapsOf = new WeakMap<Leg, Map<string, (samples: Int16Array) => void>>();

function tap(leg: Leg, tapId: string, on: boolean, send: (message: FromProcess) => void): void {
  const taps = tapsOf.get(leg) ?? new Map<string, (samples: Int16Array) => void>();
  tapsOf.set(leg, taps);
  const running = taps.get(tapId);
  if (running) leg.input.taps.delete(running);
  taps.delete(tapId);
  if (!on) return;
  const deliver = (samples: Int16Array) => send({ type: "tap", tapId, frame: { at: leg.epoch(), samples } });
  taps.set(tapId, deliver);
  leg.input.taps.add(deliver);
}

function feed(leg: Leg, feedId: string, samples: Int16Array): void {
  const { feeds } = leg.output;
  if (!feeds.has(feedId)) feeds.set(feedId, new Feed());
  feeds.get(feedId)!.write(samples);
}

/** Carries out one command on one leg. */
export function legCommand(leg: Leg, command: LegCommand, send: (message: FromProcess) => void): void {
  switch (command.type) {
    case "stop-playback":
      leg.output.stopPlayback(command.playbackId);
      break;
    case "dtmf":
      leg.output.sendDtmf(command.digits);
      break;
    case "pressed":
      leg.pressed(command.digit);
      break;
    case "pause-recording":
      leg.recorders.get(command.recordingId)?.pause(command.paused);
      break;
    case "stop-recording":
      void leg.recorders.get(command.recordingId)?.stop();
      break;
    case "mute":
      leg.input.muted = command.mic ?? leg.input.muted;
      leg.output.muted = command.speaker ?? leg.output.muted;
      break;
    case "watch-level":
      leg.input.onLevel = command.on ? (dbm0) => leg.tell({ type: "level", dbm0 }) : undefined;
      break;
    case "detect":
      leg.detect(command.spec);
      break;
    case "tap":
      tap(leg, command.tapId, command.on, send);
      break;
    case "feed":
      feed(leg, command.feedId, command.samples);
      break;
    case "end-feed":
      leg.output.feeds.delete(command.feedId);
      break;
  }
  leg.reroute();
}
