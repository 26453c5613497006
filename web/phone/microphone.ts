import { microphoneBarrier, microphoneProblem, type MicrophoneProblem } from "./microphone-problem.ts";

/** The open microphone, or why there is none. */
export type MicrophoneResult = { ok: true; stream: MediaStream } | { ok: false; problem: MicrophoneProblem };

/**
 * Opens the chosen microphone; when that one is missing, the system's own choice. Echo cancellation, noise
 * suppression and gain control are on: agents use open headsets in loud rooms.
 */
export async function openMicrophone(deviceId: string | null): Promise<MicrophoneResult> {
  const barrier = microphoneBarrier({
    secure: window.isSecureContext,
    // Missing on insecure origins although the types say otherwise.
    supported: "mediaDevices" in navigator && typeof RTCPeerConnection === "function",
  });
  if (barrier) return { ok: false, problem: barrier };
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };
  try {
    const chosen = deviceId ? { ...audio, deviceId: { exact: deviceId } } : audio;
    return { ok: true, stream: await navigator.mediaDevices.getUserMedia({ audio: chosen }) };
  } catch (error) {
    const problem = microphoneProblem(error);
    if (deviceId && (problem === "chosen-missing" || problem === "not-found")) return openMicrophone(null);
    return { ok: false, problem };
  }
}

export function closeStream(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
