/**
 * The labelled set: what a leg sends from the 200 OK on, made from a seed. It is synthetic: speech of synthesisers,
 * shaped like telephone calls. What is assumed of real calls stands here, in numbers.
 */
import { type Random, seededRandom } from "../../server/kernel/random.ts";
import { sampleRate } from "../../server/media/frame.ts";
import { compose } from "./compose.ts";
import { renderSignal, renderTones } from "../../server/media/tones.ts";
import {
  addNoise,
  bandPass,
  chance,
  loseFrames,
  narrowCodec,
  type NoiseKind,
  pick,
  room,
  setLevel,
  throughG711,
  uniform,
} from "./shape.ts";
import { speak } from "./speak.ts";
import { type Kind, lines, type Part } from "./texts.ts";
import { voicesOf } from "./voices.ts";

export type Label = "human" | "machine" | "screener" | "fax";
export type Language = "zh" | "en";

export interface Clip {
  label: Label;
  kind: Kind | "fax-ced" | "fax-cng" | "silent";
  language: Language;
  /** What is said: clips of one text belong together when a model is judged. */
  text: string;
  samples: Int16Array;
}

type Made = Pick<Clip, "text" | "samples">;

/** `tuning`: what is hard to tell apart is heard more often by the model than by an agent. */
const shares: readonly [kind: Clip["kind"], label: Label, share: number, tuning: number][] = [
  // A list of consumers: mostly mobiles, a word or two.
  ["short", "human", 0.31, 0.14],
  ["two-part", "human", 0.085, 0.07],
  ["question", "human", 0.04, 0.1],
  ["long", "human", 0.025, 0.1],
  ["business", "human", 0.03, 0.1],
  ["silent", "human", 0.02, 0],
  ["carrier", "machine", 0.17, 0.14],
  ["personal", "machine", 0.11, 0.16],
  ["unreachable", "machine", 0.05, 0.06],
  ["full", "machine", 0.02, 0.02],
  ["menu", "machine", 0.04, 0.04],
  ["screener", "screener", 0.08, 0.07],
  ["fax-ced", "fax", 0.01, 0],
  ["fax-cng", "fax", 0.01, 0],
];

const at = (ms: number) => Math.round((ms / 1000) * sampleRate);

/** The tuning part has many more texts than were written down. */
function textFor(random: Random, part: Part, language: Language, kind: Kind): string {
  const composed = part === "tuning" && chance(random, 0.85) ? compose(random, language, kind) : undefined;
  return composed ?? pick(random, lines[part][language][kind]);
}

/**
 * Words a minute as espeak-ng counts. Its Chinese voice speaks 3.4 syllables a second at 170; people greet with 4 to 6
 * and announcers with 3.5 to 4.5.
 */
const rates = {
  zh: { person: [195, 300], prompt: [170, 220] },
  en: { person: [150, 250], prompt: [140, 185] },
} as const;

/** A few renderings of each text are shared by many clips; they are shaped each time anew. */
async function utter(random: Random, part: Part, language: Language, text: string, isPrompt: boolean) {
  const draw = seededRandom(
    Math.floor(random.next() * (isPrompt ? 5 : 9)) * 7919 + text.length * 31 + text.charCodeAt(0),
  );
  const [slowest, fastest] = rates[language][isPrompt ? "prompt" : "person"];
  const wordsPerMinute = Math.round(uniform(draw, slowest, fastest));
  const { engine, name: voice } = pick(draw, pick(draw, voicesOf(part, language)));
  const pitch = Math.round(uniform(draw, 25, 80));
  const speech = await speak({
    ...(engine !== "espeak-ng" && { engine }),
    voice,
    wordsPerMinute,
    pitch,
    text,
  });
  return part === "tuning" ? otherMouth(speech, uniform(random, 0.84, 1.18)) : speech;
}

/** Faster and higher, or slower and deeper: as from a longer or shorter vocal tract. */
function otherMouth(speech: Int16Array, rate: number): Int16Array {
  return Int16Array.from({ length: Math.floor((speech.length - 1) / rate) }, (_, i) => {
    const place = i * rate;
    const before = Math.floor(place);
    return speech[before]! + (place - before) * (speech[before + 1]! - speech[before]!);
  });
}

interface Line {
  levelDbm0: number;
  band: [number, number];
  noise: { kind: NoiseKind; dbm0: number } | undefined;
  echo: { ms: number; gain: number } | undefined;
  codecDb: number | undefined;
  loss: number;
  law: "PCMA" | "PCMU";
}

const noiseKinds: readonly NoiseKind[] = ["white", "pink", "street", "hum", "babble"];
/** One person in six answers where a television runs or the family talks. */
const householdShare = 1 / 6;

/** How a person's telephone sounds. A mobile with noise suppression sends silence between words. */
function personLine(random: Random): Line {
  const levelDbm0 = Math.min(-8, Math.max(-35, uniform(random, -30, -12) + uniform(random, -6, 6)));
  const isMobile = chance(random, 0.7);
  const isQuiet = chance(random, isMobile ? 0.45 : 0.15);
  return {
    levelDbm0,
    band: [uniform(random, 120, 330), uniform(random, 2900, 3600)],
    noise: isQuiet
      ? undefined
      : {
          kind: pick(random, noiseKinds),
          dbm0: levelDbm0 - uniform(random, chance(random, 0.3) ? 8 : 18, 45),
        },
    echo: chance(random, 0.35)
      ? { ms: uniform(random, 60, 280), gain: uniform(random, 0.1, 0.45) }
      : undefined,
    codecDb: isMobile ? uniform(random, 14, 24) : undefined,
    loss: isMobile && chance(random, 0.3) ? uniform(random, 0.005, 0.04) : 0,
    law: pick(random, ["PCMA", "PCMU"]),
  };
}

/** How a network's own prompt sounds: recorded in a studio, even in level. */
function promptLine(random: Random): Line {
  return {
    levelDbm0: uniform(random, -26, -12),
    band: [uniform(random, 100, 280), uniform(random, 3100, 3600)],
    noise: chance(random, 0.25) ? { kind: "white", dbm0: uniform(random, -66, -52) } : undefined,
    echo: undefined,
    codecDb: chance(random, 0.4) ? uniform(random, 17, 26) : undefined,
    loss: chance(random, 0.1) ? uniform(random, 0.003, 0.02) : 0,
    law: pick(random, ["PCMA", "PCMU"]),
  };
}

class Timeline {
  readonly x: Float64Array;
  constructor(ms: number) {
    this.x = new Float64Array(at(ms));
  }
  /** Where it ends, ms. */
  put(fromMs: number, sound: ArrayLike<number>, gain = 1): number {
    const from = at(fromMs);
    for (let i = 0; i < sound.length && from + i < this.x.length; i++) this.x[from + i]! += sound[i]! * gain;
    return fromMs + (sound.length * 1000) / sampleRate;
  }
  /** All along, from the beginning. */
  under(sound: Float64Array, dbm0: number): void {
    setLevel(sound, dbm0);
    this.put(0, sound);
  }
}

function shaped(random: Random, speech: Int16Array, line: Line): Float64Array {
  let x = Float64Array.from(speech);
  if (line.echo) x = room(x, random, line.echo.ms, line.echo.gain) as typeof x;
  bandPass(x, ...line.band);
  setLevel(x, line.levelDbm0);
  return x;
}

function finish(
  random: Random,
  timeline: Timeline,
  line: Line,
  speech: readonly Int16Array[],
  noiseFromMs = 0,
) {
  const { x } = timeline;
  if (line.noise) addNoise(x.subarray(at(noiseFromMs)), random, line.noise.kind, line.noise.dbm0, speech);
  if (line.codecDb !== undefined) narrowCodec(x, random, line.codecDb);
  if (line.loss > 0) loseFrames(x, random, line.loss);
  return throughG711(x, line.law);
}

/** The last of the ringback may still come after the answer, and a receiver that is lifted clicks. */
function beginning(random: Random, timeline: Timeline, language: Language, isPerson: boolean): void {
  if (chance(random, 0.08))
    timeline.put(
      0,
      renderSignal(language === "zh" ? "CN" : "US", "ringback").subarray(0, at(uniform(random, 40, 200))),
    );
  if (isPerson && chance(random, 0.3)) {
    const click = Float64Array.from({ length: at(uniform(random, 20, 70)) }, () => uniform(random, -1, 1));
    bandPass(click, 150, uniform(random, 800, 3000));
    setLevel(click, uniform(random, -40, -18));
    timeline.put(uniform(random, 20, 400), click);
  }
}

async function person(
  random: Random,
  part: Part,
  language: Language,
  kind: Kind | "silent",
  maxMs: number,
): Promise<Made> {
  const timeline = new Timeline(Math.min(maxMs, 4500));
  const line = personLine(random);
  const texts = lines[part][language];
  beginning(random, timeline, language, true);
  // Raising a mobile to the ear takes time; some wait until the other side speaks.
  let now =
    kind === "silent"
      ? uniform(random, 2500, 4000)
      : chance(random, 0.18)
        ? uniform(random, 900, 2200)
        : uniform(random, 80, 900);
  const text = textFor(random, part, language, kind === "silent" ? "short" : kind);
  const said: Int16Array[] = [];
  for (const words of text.split("|")) {
    const speech = await utter(random, part, language, words, false);
    said.push(speech);
    now = timeline.put(now, shaped(random, speech, line)) + uniform(random, 500, 1400);
  }
  const babble = await utter(random, part, language, pick(random, texts.question), false);
  if (chance(random, householdShare))
    timeline.under(await household(random, part, language), line.levelDbm0 - uniform(random, 12, 26));
  return { text, samples: finish(random, timeline, line, [babble, ...said]) };
}

/** A television, which speaks like a prompt, or people who talk to each other, far from the telephone. */
async function household(random: Random, part: Part, language: Language): Promise<Float64Array> {
  const texts = lines[part][language];
  const isTelevision = chance(random, 0.5);
  const kinds: readonly Kind[] = isTelevision ? ["menu", "unreachable", "carrier"] : ["question", "long"];
  const talk: number[] = [];
  while (talk.length < at(4500)) {
    talk.push(
      ...(await utter(random, part, language, pick(random, texts[pick(random, kinds)]), isTelevision)),
    );
    talk.push(...new Float64Array(at(uniform(random, 100, 600))));
  }
  const from = Math.floor(random.next() * (talk.length - at(4500)));
  const far = Float64Array.from(talk.slice(from, from + at(4500)));
  const heard = room(
    far,
    random,
    uniform(random, 150, 400),
    uniform(random, 0.3, 0.7),
  ) as Float64Array<ArrayBuffer>;
  bandPass(heard, 250, uniform(random, 1800, 3000));
  return heard;
}

const jingle = (random: Random, ms: number) => {
  const notes = Array.from({ length: Math.ceil(ms / 220) }, () => {
    const root = pick(random, [262, 294, 330, 349, 392, 440, 523]);
    return {
      frequenciesHz: [root, root * 1.5, root * 2],
      levelDbm0: uniform(random, -28, -18),
      onMs: 220,
      offMs: 0,
    };
  });
  return renderTones(notes);
};

function beep(random: Random): Int16Array {
  const hz = pick(random, [440, 620, 800, 850, 880, 980, 1000, 1020, 1200, 1400, 1500]);
  const onMs = Math.round(uniform(random, 200, 1100));
  return renderTones([{ frequenciesHz: [hz], levelDbm0: uniform(random, -22, -9), onMs, offMs: 0 }]);
}

async function machine(
  random: Random,
  part: Part,
  language: Language,
  kind: Kind,
  maxMs: number,
): Promise<Made> {
  const timeline = new Timeline(Math.min(maxMs, 15_000));
  // A greeting of one's own was recorded with a telephone, its noise and its room.
  const line = kind === "personal" ? personLine(random) : promptLine(random);
  beginning(random, timeline, language, false);
  let now = chance(random, 0.06) ? uniform(random, 700, 1500) : uniform(random, 40, 500);
  const from = now;
  if (kind === "menu" && chance(random, 0.4))
    now = timeline.put(now, jingle(random, uniform(random, 500, 1500))) + 100;
  if (kind === "personal") now += uniform(random, 50, 400);
  const text = textFor(random, part, language, kind);
  const speech = await utter(random, part, language, text, kind !== "personal");
  now = timeline.put(now, shaped(random, speech, line));
  if (kind === "carrier" || kind === "personal")
    now = timeline.put(now + uniform(random, 150, 1200), beep(random));
  else
    // The network says it again, some in another language, until one side hangs up.
    for (let round = 0; now < maxMs && round < 4; round++) {
      const isOther = kind === "unreachable" && language === "zh" && round % 2 === 0;
      const again = isOther
        ? await utter(random, part, "en", pick(random, lines[part].en.unreachable), true)
        : speech;
      now = timeline.put(now + uniform(random, 300, 1500), shaped(random, again, line));
    }
  return { text, samples: finish(random, timeline, line, [speech], kind === "personal" ? from : 0) };
}

async function screener(random: Random, part: Part, language: Language, maxMs: number): Promise<Made> {
  const timeline = new Timeline(Math.min(maxMs, 15_000));
  const line = promptLine(random);
  beginning(random, timeline, language, false);
  const text = textFor(random, part, language, "screener");
  const speech = await utter(random, part, language, text, true);
  let now = timeline.put(uniform(random, 60, 900), shaped(random, speech, line));
  if (text.includes("tone")) now = timeline.put(now + uniform(random, 200, 600), beep(random));
  // It listens, and asks again when nobody speaks.
  timeline.put(now + uniform(random, 4500, 8000), shaped(random, speech, line));
  return { text, samples: finish(random, timeline, line, [speech]) };
}

function fax(random: Random, kind: "fax-ced" | "fax-cng", maxMs: number): Int16Array {
  const timeline = new Timeline(Math.min(maxMs, 6000));
  const levelDbm0 = uniform(random, -30, -10);
  const tone = (hz: number, onMs: number) =>
    renderTones([{ frequenciesHz: [hz], levelDbm0, onMs, offMs: 0 }]);
  const from = uniform(random, 100, kind === "fax-ced" ? 900 : 600);
  if (kind === "fax-ced") timeline.put(from, tone(2100 + uniform(random, -12, 12), 3000));
  else
    for (let ms = from; ms < 6000; ms += 3500) timeline.put(ms, tone(1100 + uniform(random, -30, 30), 500));
  const line = { ...promptLine(random), noise: { kind: "white" as const, dbm0: uniform(random, -70, -50) } };
  return finish(random, timeline, line, []);
}

function draw(random: Random, part: Part): (typeof shares)[number] {
  let dice = random.next();
  for (const kind of shares) {
    const share = part === "tuning" ? kind[3] : kind[2];
    if (dice < share) return kind;
    dice -= share;
  }
  return shares[0]!;
}

const seeds: Readonly<Record<Part, number>> = {
  tuning: 1_000_003,
  development: 2_000_003,
  acceptance: 3_000_017,
};

/** Clip `index` of a part, its first `maxMs` at most: the same for ever. */
export async function makeClip(part: Part, index: number, maxMs = Infinity): Promise<Clip> {
  const random = seededRandom(seeds[part] + index * 977);
  for (let i = 0; i < 4; i++) random.next();
  const [kind, label] = draw(random, part);
  const language = chance(random, 0.6) ? "zh" : "en";
  return { label, kind, language, ...(await make(random, part, language, kind, maxMs)) };
}

async function make(
  random: Random,
  part: Part,
  language: Language,
  kind: Clip["kind"],
  maxMs: number,
): Promise<Made> {
  switch (kind) {
    case "fax-ced":
    case "fax-cng":
      return { text: kind, samples: fax(random, kind, maxMs) };
    case "screener":
      return screener(random, part, language, maxMs);
    case "short":
    case "two-part":
    case "question":
    case "long":
    case "business":
    case "silent":
      return person(random, part, language, kind, maxMs);
    default:
      return machine(random, part, language, kind, maxMs);
  }
}

/** Clips in order, a few being made at a time. */
export async function* clipsOf(part: Part, count: number, maxMs = Infinity): AsyncGenerator<Clip> {
  const ahead = 4;
  const making = Array.from({ length: Math.min(ahead, count) }, (_, i) => makeClip(part, i, maxMs));
  for (let i = 0; i < count; i++) {
    yield await making[i % ahead]!;
    if (i + ahead < count) making[i % ahead] = makeClip(part, i + ahead, maxMs);
  }
}
