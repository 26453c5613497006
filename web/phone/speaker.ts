import { readDeviceChoice } from "./devices.ts";

/** An audio element that can be sent to a device (`setSinkId` is missing in some browsers). */
type SinkElement = HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> };

/** What the page learns of the loudspeaker. */
interface SpeakerNews {
  /** The browser wants a click before it plays sound. */
  soundBlocked?: boolean;
  /** The chosen one is not there; the system's own plays. */
  otherSpeaker?: boolean;
}

/** Plays the far end. The element is in the page, since some browsers mute a loose one in a hidden tab. */
export class Speaker {
  readonly #element: SinkElement;
  readonly #told: (news: SpeakerNews) => void;

  constructor(told: (news: SpeakerNews) => void) {
    this.#told = told;
    this.#element = document.createElement("audio");
    this.#element.autoplay = true;
    this.#element.hidden = true;
    this.#element.dataset["phone"] = "far-end";
    document.body.append(this.#element);
  }

  play(stream: MediaStream): void {
    this.#element.srcObject = stream;
    void this.applyChoice();
    void this.unblock();
  }

  /** Tries to play again; called on the next click or key when the browser asked for one. */
  readonly unblock = async (): Promise<void> => {
    let soundBlocked = false;
    try {
      await this.#element.play();
    } catch (error) {
      // An AbortError says that another stream took over.
      soundBlocked = error instanceof Error && error.name === "NotAllowedError";
    }
    this.#told({ soundBlocked });
    this.#listen(soundBlocked ? "addEventListener" : "removeEventListener");
  };

  async applyChoice(): Promise<void> {
    this.#told({ otherSpeaker: !(await routeTo(this.#element, readDeviceChoice().speaker)) });
  }

  stop(): void {
    this.#element.srcObject = null;
    this.#told({ soundBlocked: false });
    this.#listen("removeEventListener");
  }

  readonly #touched = (): void => void this.unblock();

  #listen(verb: "addEventListener" | "removeEventListener"): void {
    for (const name of ["pointerdown", "keydown"]) window[verb](name, this.#touched);
  }
}

/** Sends an element to a device, null being the system's own; false: it is unplugged, and the system's own plays. */
export async function routeTo(element: SinkElement, deviceId: string | null): Promise<boolean> {
  try {
    await element.setSinkId?.(deviceId ?? "");
    return true;
  } catch {
    await element.setSinkId?.("").catch(() => {});
    return false;
  }
}
