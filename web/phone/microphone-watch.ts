import { audioContext, type LevelMeter, meterOf } from "./level-meter.ts";
import { type MicrophoneHint, microphoneMeter } from "./microphone-hint.ts";
import { every } from "../lib/steady-timer.ts";

const lookMs = 200;

/** Follows both levels of a leg and tells what they say about the headset, until the returned function is called. */
export function watchMicrophone(
  streams: () => { microphone: MediaStream | null; farEnd: MediaStream | null; muted: boolean },
  told: (hint: MicrophoneHint | null) => void,
): () => void {
  const judge = microphoneMeter();
  const meters = new Map<MediaStream, LevelMeter>();
  let last: MicrophoneHint | null = null;
  function level(stream: MediaStream | null): number {
    if (!stream) return -100;
    const meter = meters.get(stream) ?? meterOf(stream);
    meters.set(stream, meter);
    return meter.read();
  }
  const stop = every(lookMs, () => {
    const { microphone, farEnd, muted } = streams();
    for (const [stream, meter] of meters) {
      if (stream === microphone || stream === farEnd) continue;
      meter.close();
      meters.delete(stream);
    }
    const levels = { microphoneDb: level(microphone), farDb: level(farEnd), muted };
    // Without a microphone there is another banner; a page that was never touched has no running audio context.
    const hint = microphone && meterRuns() ? judge(levels, performance.now()) : null;
    if (hint === last) return;
    last = hint;
    told(hint);
  });
  return () => {
    stop();
    for (const meter of meters.values()) meter.close();
    told(null);
  };
}

const meterRuns = (): boolean => audioContext().state === "running";
