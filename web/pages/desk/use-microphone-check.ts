import { useCallback, useEffect, useMemo, useState } from "react";
import { type AudioDevices, listAudioDevices, watchDevices } from "../../phone/devices.ts";
import { closeStream, openMicrophone } from "../../phone/microphone.ts";
import type { MicrophoneProblem } from "../../phone/microphone-problem.ts";

const none: AudioDevices = { microphones: [], speakers: [] };

/** Opens the chosen microphone while the check is on the page, and follows devices that come and go. */
export function useMicrophoneCheck(microphone: string | null) {
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [problem, setProblem] = useState<MicrophoneProblem | null>(null);
  const [devices, setDevices] = useState(none);
  const [round, setRound] = useState(0);
  const attempt = useMemo(() => ({ microphone, round }), [microphone, round]);
  const again = useCallback(() => setRound((last) => last + 1), []);

  useEffect(() => {
    let current = true;
    let opened: MediaStream | undefined;
    async function open() {
      const result = await openMicrophone(attempt.microphone);
      if (!current) return result.ok ? closeStream(result.stream) : undefined;
      opened = result.ok ? result.stream : undefined;
      setStream(opened ?? null);
      setProblem(result.ok ? null : result.problem);
      // Devices have names only after the permission.
      setDevices(await listAudioDevices());
    }
    void open();
    return () => {
      current = false;
      closeStream(opened);
      setStream(null);
    };
  }, [attempt]);

  useEffect(() => watchDevices(again), [again]);
  return { stream, problem, devices, again };
}
