/** What the levels of both directions say about the headset; words under `desk.hint.<name>`. */
export type MicrophoneHint = "silent" | "echo";

/** Below the smallest 16-bit sample: a switched-off or broken microphone, for even a quiet room is louder. */
const deadDb = -90;
const deadAfterMs = 4_000;
/** Speech at the microphone, and speech from the other side. */
const speakingDb = -50;
const farSpeakingDb = -40;
/** Echo is judged over this long, and needs so much of the other side's speech in it. */
const windowMs = 15_000;
const leastFarMs = 4_000;
/** Sound comes back through the air and the buffers within this. */
const echoWithinMs = 400;

interface Look {
  atMs: number;
  far: boolean;
  near: boolean;
}

/**
 * Told both levels (dBFS) at each look, says what is wrong. Silent: nothing at all comes from the microphone although it
 * is not muted. Echo: whenever the other side speaks the microphone hears speech, and next to never otherwise; a person
 * who talks does so in the pauses too.
 */
export function microphoneMeter(): (
  levels: { microphoneDb: number; farDb: number; muted: boolean },
  atMs: number,
) => MicrophoneHint | null {
  let aliveAtMs: number | undefined;
  let looks: Look[] = [];
  return ({ microphoneDb, farDb, muted }, atMs) => {
    aliveAtMs ??= atMs;
    if (muted) {
      aliveAtMs = atMs;
      looks = [];
      return null;
    }
    if (microphoneDb > deadDb) aliveAtMs = atMs;
    looks.push({ atMs, far: farDb > farSpeakingDb, near: microphoneDb > speakingDb });
    looks = looks.filter((look) => look.atMs > atMs - windowMs);
    if (atMs - aliveAtMs >= deadAfterMs) return "silent";
    return isEcho(looks) ? "echo" : null;
  };
}

function isEcho(looks: readonly Look[]): boolean {
  const span =
    looks.length > 1 ? ((looks.at(-1)?.atMs ?? 0) - (looks[0]?.atMs ?? 0)) / (looks.length - 1) : 0;
  const far = looks.filter((look) => look.far);
  if (far.length * span < leastFarMs || looks.length - far.length < far.length / 4) return false;
  let lastFarAt = -Infinity;
  let [inStep, alone] = [0, 0];
  for (const look of looks) {
    if (look.far) lastFarAt = look.atMs;
    if (!look.near) continue;
    if (look.atMs - lastFarAt <= echoWithinMs) inStep++;
    else alone++;
  }
  return inStep > 0.7 * far.length && alone * 20 < inStep;
}
