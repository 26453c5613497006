export interface AudioDevice {
  id: string;
  label: string;
}

export interface AudioDevices {
  microphones: AudioDevice[];
  speakers: AudioDevice[];
}

/** The agent's choice, kept on this device; null is the system's own. */
export interface DeviceChoice {
  microphone: string | null;
  speaker: string | null;
  /** Where calls ring: a loudspeaker is heard without the headset on. */
  ringer: string | null;
}

const key = "waihu.phone.devices";

export function readDeviceChoice(): DeviceChoice {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<DeviceChoice>;
    const { microphone = null, speaker = null, ringer = null } = stored;
    return { microphone, speaker, ringer };
  } catch {
    return { microphone: null, speaker: null, ringer: null };
  }
}

export function writeDeviceChoice(choice: DeviceChoice): void {
  try {
    localStorage.setItem(key, JSON.stringify(choice));
  } catch {
    // A browser that forbids storage asks again next time.
  }
}

/** Names are empty until the person allowed the microphone once. */
export async function listAudioDevices(): Promise<AudioDevices> {
  if (!("mediaDevices" in navigator)) return { microphones: [], speakers: [] };
  const all = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceKind): AudioDevice[] =>
    all
      .filter((device) => device.kind === kind && device.deviceId !== "")
      .map((device) => ({ id: device.deviceId, label: device.label }));
  return { microphones: of("audioinput"), speakers: of("audiooutput") };
}

/** The remembered microphone is plugged in. */
export async function isChosenMicrophoneThere(): Promise<boolean> {
  const { microphone } = readDeviceChoice();
  return (await listAudioDevices()).microphones.some(({ id }) => id === microphone);
}

/** Calls back when a headset is plugged in or out; the returned function stops that. */
export function watchDevices(changed: () => void): () => void {
  if (!("mediaDevices" in navigator)) return () => {};
  navigator.mediaDevices.addEventListener("devicechange", changed);
  return () => navigator.mediaDevices.removeEventListener("devicechange", changed);
}
