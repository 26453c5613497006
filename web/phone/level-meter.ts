/** Level of a stream in dBFS (RMS over the last ~43 ms), -100 for silence. */
export interface LevelMeter {
  read(): number;
  close(): void;
}

let shared: AudioContext | undefined;

/** One context for the page: browsers allow few. It may be suspended until the person touches the page. */
export function audioContext(): AudioContext {
  shared ??= new AudioContext();
  if (shared.state === "suspended") void shared.resume();
  return shared;
}

export function meterOf(stream: MediaStream): LevelMeter {
  const context = audioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  const source = context.createMediaStreamSource(stream);
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    read() {
      analyser.getFloatTimeDomainData(samples);
      return levelDb(samples);
    },
    close() {
      source.disconnect();
    },
  };
}

/** RMS of samples in ±1 as dBFS, floored at -100. */
export function levelDb(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  return rms > 1e-5 ? 20 * Math.log10(rms) : -100;
}

/** A level as a share of the meter's bar: -60 dBFS is empty, -6 dBFS full. */
export function meterShare(db: number): number {
  return Math.min(1, Math.max(0, (db + 60) / 54));
}
