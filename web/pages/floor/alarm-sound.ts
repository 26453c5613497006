let context: AudioContext | undefined;

/** Two short tones; a browser that has not been touched yet stays silent. */
export function playAlarm(): void {
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
  const start = context.currentTime;
  for (const [at, hz] of [
    [0, 880],
    [0.18, 660],
  ] as const) {
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = hz;
    gain.gain.setValueAtTime(0.12, start + at);
    gain.gain.exponentialRampToValueAtTime(0.001, start + at + 0.16);
    tone.connect(gain).connect(context.destination);
    tone.start(start + at);
    tone.stop(start + at + 0.17);
  }
}
