/** What the microphone hears, as a WAV file that the server takes. */

const bitsPerSample = 16;
const headerBytes = 44;

/** 16-bit PCM, mono (RIFF/WAVE). */
function wavOf(samples: Float32Array, sampleRate: number): File {
  const bytesPerSample = bitsPerSample / 8;
  const view = new DataView(new ArrayBuffer(headerBytes + samples.length * bytesPerSample));
  const text = (at: number, word: string) =>
    Array.from(word).forEach((sign, index) => view.setUint8(at + index, sign.charCodeAt(0)));
  const bytes = samples.length * bytesPerSample;
  text(0, "RIFF");
  view.setUint32(4, bytes + headerBytes - 8, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * bytesPerSample, true);
  view.setUint16(32, bytesPerSample, true);
  view.setUint16(34, bitsPerSample, true);
  text(36, "data");
  view.setUint32(40, bytes, true);
  samples.forEach((sample, index) =>
    view.setInt16(headerBytes + index * bytesPerSample, Math.max(-1, Math.min(1, sample)) * 32_767, true),
  );
  return new File([view], "greeting.wav", { type: "audio/wav" });
}

export interface MicrophoneRecording {
  /** Ends it. The sound, at the rate that telephones need at least. */
  stop(): Promise<File>;
  cancel(): void;
}

const sampleRate = 16_000;

/** Begins at once; the browser asks for the microphone first. Errors: its own, when that is refused. */
export async function recordMicrophone(): Promise<MicrophoneRecording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const over = new Promise<void>((resolve) => recorder.addEventListener("stop", () => resolve()));
  recorder.start();
  const release = () => {
    if (recorder.state !== "inactive") recorder.stop();
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    async stop() {
      release();
      await over;
      const file = await new Blob(parts).arrayBuffer();
      // Decoding converts to the context's own rate.
      const decoded = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(file);
      return wavOf(decoded.getChannelData(0), sampleRate);
    },
    cancel: release,
  };
}
