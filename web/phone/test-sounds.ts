import { audioContext } from "./level-meter.ts";
import { routeTo } from "./speaker.ts";

/** Told what plays, for a meter, and null when it is over. */
type Playing = (stream: MediaStream | null) => void;

/** Plays what `fill` puts into the node on a device, until the promise it gives is settled. */
async function playOn(
  deviceId: string | null,
  playing: Playing,
  fill: (context: AudioContext, into: AudioNode) => Promise<unknown>,
): Promise<void> {
  const context = audioContext();
  const output = context.createMediaStreamDestination();
  const element = new Audio();
  element.srcObject = output.stream;
  await routeTo(element, deviceId);
  await element.play();
  playing(output.stream);
  try {
    await fill(context, output);
  } finally {
    playing(null);
    element.srcObject = null;
  }
}

const ended = (source: AudioScheduledSourceNode) =>
  new Promise((resolve) => source.addEventListener("ended", resolve));

/** Two notes, one after the other; Hz. */
async function notes(context: AudioContext, into: AudioNode, pitches: readonly number[]): Promise<void> {
  const gain = context.createGain();
  gain.gain.value = 0.15;
  gain.connect(into);
  const all = pitches.map((frequency, index) => {
    const oscillator = context.createOscillator();
    oscillator.frequency.value = frequency;
    oscillator.connect(gain);
    oscillator.start(context.currentTime + index * 0.45);
    oscillator.stop(context.currentTime + index * 0.45 + 0.4);
    return ended(oscillator);
  });
  await Promise.all(all);
}

/** Two rising notes through a loudspeaker, for the device check; resolves when they have sounded. */
export const playTestTone = (speakerId: string | null, playing: Playing = () => {}): Promise<void> =>
  playOn(speakerId, playing, (context, into) => notes(context, into, [523, 784]));

/** Rings once through a loudspeaker: two falling pairs of notes. */
export const playRing = (ringerId: string | null): Promise<void> =>
  playOn(
    ringerId,
    () => {},
    (context, into) => notes(context, into, [784, 659, 784, 659]),
  );

/** Records `ms` of the microphone and plays it back, so that the agent hears how they sound. */
export async function playBack(
  microphone: MediaStream,
  ms: number,
  speakerId: string | null,
  playing: Playing,
): Promise<void> {
  const recorder = new MediaRecorder(microphone);
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
  recorder.start();
  setTimeout(() => recorder.stop(), ms);
  await stopped;
  const recorded = await new Blob(parts, { type: recorder.mimeType }).arrayBuffer();
  await playOn(speakerId, playing, async (context, into) => {
    const source = context.createBufferSource();
    source.buffer = await context.decodeAudioData(recorded);
    source.connect(into);
    source.start();
    await ended(source);
  });
}
