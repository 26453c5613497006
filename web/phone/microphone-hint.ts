/** What the levels of both directions say about the headset; words under `desk.hint.<name>`. */
export type MicrophoneHint = "silent" | "echo" | "quiet" | "loud";

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

/** Speech so loud that the microphone clips, and so quiet that the other side strains to hear it. */
const loudDb = -9;
const quietDb = -42;
/** Speech rises and falls by this much; a fan, a street or a tone does not. */
const speechSwingDb = 12;
/** So much of the window is judged as speech. */
const leastShare = 0.2;

interface Look {
  atMs: number;
  db: number;
  far: boolean;
  near: boolean;
}

/**
 * Told both levels (dBFS) at each look, says what is wrong. Silent: nothing at all comes from the microphone although it
 * is not muted. Echo: whenever the other side speaks the microphone hears speech, and next to never otherwise; a person
 * who talks does so in the pauses too. Loud: it clips. Quiet: what rises above the room like speech stays low.
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
    looks.push({ atMs, db: microphoneDb, far: farDb > farSpeakingDb, near: microphoneDb > speakingDb });
    looks = looks.filter((look) => look.atMs > atMs - windowMs);
    if (atMs - aliveAtMs >= deadAfterMs) return "silent";
    return isEcho(looks) ? "echo" : loudness(looks);
  };
}

/** By a whole window of the agent's own sound: what comes while the other side speaks may be an echo. */
function loudness(looks: readonly Look[]): "loud" | "quiet" | null {
  const first = looks[0];
  if (!first || (looks.at(-1)?.atMs ?? 0) - first.atMs < 0.9 * windowMs) return null;
  const own = looks.filter((look) => !look.far).map(({ db }) => db);
  if (own.length < looks.length / 4) return null;
  const share = (least: number) => own.filter((db) => db > least).length / own.length;
  if (share(loudDb) >= leastShare / 2) return "loud";
  const room = own.toSorted((a, b) => a - b)[Math.floor(own.length / 5)] ?? deadDb;
  const speaks = share(Math.max(room, deadDb) + speechSwingDb) >= leastShare;
  return speaks && share(quietDb) < 0.02 ? "quiet" : null;
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
