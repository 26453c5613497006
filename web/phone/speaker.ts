import { readDeviceChoice } from "./devices.ts";
import { audioContext } from "./level-meter.ts";

/** An audio element that can be sent to a device (`setSinkId` is missing in some browsers). */
type SinkElement = HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> };

/** Plays the far end. The element is in the page, since some browsers mute a loose one in a hidden tab. */
export class Speaker {
  readonly #element: SinkElement;
  readonly #onBlocked: (blocked: boolean) => void;

  /** `onBlocked(true)`: the browser wants a click before it plays sound. */
  constructor(onBlocked: (blocked: boolean) => void) {
    this.#onBlocked = onBlocked;
    this.#element = document.createElement("audio");
    this.#element.autoplay = true;
    this.#element.hidden = true;
    this.#element.dataset["phone"] = "far-end";
    document.body.append(this.#element);
  }

  play(stream: MediaStream): void {
    this.#element.srcObject = stream;
    void this.useChosenDevice();
    void this.unblock();
  }

  /** Tries to play again; called on the next click or key when the browser asked for one. */
  readonly unblock = async (): Promise<void> => {
    let blocked = false;
    try {
      await this.#element.play();
    } catch (error) {
      // An AbortError says that another stream took over.
      blocked = error instanceof Error && error.name === "NotAllowedError";
    }
    this.#onBlocked(blocked);
    this.#listen(blocked ? "addEventListener" : "removeEventListener");
  };

  async useChosenDevice(): Promise<void> {
    await routeTo(this.#element, readDeviceChoice().speaker);
  }

  stop(): void {
    this.#element.srcObject = null;
    this.#onBlocked(false);
    this.#listen("removeEventListener");
  }

  readonly #touched = (): void => void this.unblock();

  #listen(verb: "addEventListener" | "removeEventListener"): void {
    for (const name of ["pointerdown", "keydown"]) window[verb](name, this.#touched);
  }
}

async function routeTo(element: SinkElement, deviceId: string | null): Promise<void> {
  try {
    await element.setSinkId?.(deviceId ?? "");
  } catch {
    // The remembered speaker is unplugged: the system's own plays.
    await element.setSinkId?.("").catch(() => {});
  }
}

/** Two rising notes through the chosen speaker, for the device check; resolves when they have sounded. */
export async function playTestTone(speakerId: string | null): Promise<void> {
  const context = audioContext();
  const output = context.createMediaStreamDestination();
  const element: SinkElement = new Audio();
  element.srcObject = output.stream;
  await routeTo(element, speakerId);
  await element.play();
  const gain = context.createGain();
  gain.gain.value = 0.15;
  gain.connect(output);
  const ended = [523, 784].map((frequency, index) => note(context, gain, frequency, index * 0.45));
  await Promise.all(ended);
  element.srcObject = null;
}

function note(context: AudioContext, into: AudioNode, frequency: number, delay: number): Promise<void> {
  const oscillator = context.createOscillator();
  oscillator.frequency.value = frequency;
  oscillator.connect(into);
  oscillator.start(context.currentTime + delay);
  oscillator.stop(context.currentTime + delay + 0.4);
  return new Promise((resolve) => oscillator.addEventListener("ended", () => resolve()));
}

/** Records `ms` of the microphone and plays it back, so that the agent hears how they sound. */
export async function playBack(microphone: MediaStream, ms: number, speakerId: string | null): Promise<void> {
  const recorder = new MediaRecorder(microphone);
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
  recorder.start();
  setTimeout(() => recorder.stop(), ms);
  await stopped;
  const element: SinkElement = new Audio(URL.createObjectURL(new Blob(parts, { type: recorder.mimeType })));
  await routeTo(element, speakerId);
  const ended = new Promise((resolve) => element.addEventListener("ended", resolve));
  await element.play();
  await ended;
  URL.revokeObjectURL(element.src);
}
