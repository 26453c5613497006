import { readDeviceChoice } from "./devices.ts";
import { closeStream, openMicrophone } from "./microphone.ts";
import type { PhoneEvent, PhoneLeg } from "./phone-machine.ts";

/** The phone, as far as its microphone goes. */
interface Owner {
  state(): { leg: PhoneLeg; muted: boolean; microphoneStream: MediaStream | null };
  set(change: {
    microphoneStream?: MediaStream;
    replacedBy?: string | null;
    otherMicrophone?: string | null;
  }): void;
  dispatch(event: PhoneEvent): void;
  /** Puts the track into the call; null: nothing is sent, and the server notices within a second. */
  send(track: MediaStreamTrack | null): Promise<void>;
}

export interface MicrophoneKeeper {
  /** From now on this is the microphone. */
  take(stream: MediaStream): void;
  /** Changes the microphone, under a running call too, without a word to the server. Undefined: there is none. */
  reopen(): Promise<MediaStream | undefined>;
}

/** The name of the microphone in use, where it is not the one that the agent chose. */
function otherThanChosen(stream: MediaStream): string | null {
  const { microphone } = readDeviceChoice();
  const track = stream.getAudioTracks()[0];
  const used = track?.getSettings().deviceId;
  return track && microphone !== null && used !== undefined && used !== microphone ? track.label : null;
}

/** Looks after the open microphone: one that is unplugged is replaced at once when there is another. */
export function keepMicrophone(owner: Owner): MicrophoneKeeper {
  function take(stream: MediaStream): void {
    for (const track of stream.getAudioTracks()) {
      track.enabled = !owner.state().muted;
      track.addEventListener("ended", () => {
        if (owner.state().microphoneStream === stream) void lost();
      });
    }
    owner.set({ microphoneStream: stream, otherMicrophone: otherThanChosen(stream) });
  }

  /** Unplugged, or taken away: another one serves at once, or the customer hears music until there is one. */
  async function lost(): Promise<void> {
    owner.dispatch({ type: "microphone-failed", problem: "ended" });
    const opened = await reopen();
    if (opened) owner.set({ replacedBy: opened.getAudioTracks()[0]?.label ?? null });
    else await owner.send(null);
  }

  async function reopen(): Promise<MediaStream | undefined> {
    const opened = await openMicrophone(readDeviceChoice().microphone);
    const { microphoneStream: old, leg } = owner.state();
    if (!opened.ok) {
      // What is gone in a call is told as gone, whatever else the browser says.
      owner.dispatch({ type: "microphone-failed", problem: leg === "none" ? opened.problem : "ended" });
      return undefined;
    }
    if (!old) {
      closeStream(opened.stream);
      return undefined;
    }
    take(opened.stream);
    closeStream(old);
    await owner.send(opened.stream.getAudioTracks()[0] ?? null);
    owner.dispatch({ type: "microphone-back" });
    return opened.stream;
  }

  return { take, reopen };
}
