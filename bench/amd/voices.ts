/**
 * Who speaks in which part: no voice of one part is heard in another. espeak-ng speaks both languages, each voice with
 * variants; the English of flite and festival is cut from recordings of people.
 */
import { spawnSync } from "node:child_process";
import type { Part } from "./texts.ts";

export type Engine = "espeak-ng" | "flite" | "festival";
export interface Voice {
  engine: Engine;
  name: string;
}

const words = (text: string) => text.trim().split(/\s+/);
const of = (engine: Engine, names: string): Voice[] => words(names).map((name) => ({ engine, name }));
const espeak = (bases: string, variants: string): Voice[] =>
  words(bases).flatMap((base) =>
    of("espeak-ng", variants).map(({ name }) => ({ engine: "espeak-ng", name: `${base}+${name}` })),
  );

// Many: a model must learn what prompts have in common, not who reads them.
const tuned = `Alex Andrea Denis Diogo Gene2 Henrique Hugo Jacky Lee Marco Mario Mike Nguyen RicishayMax RicishayMax2 Storm antonio benjamin caleb ed edward gustave iven2 john kaukovalta klatt klatt3 max miguel paul pedro quincy rob robert sandro shelby steph2 travis victor zac grandma grandpa f1 f2 f4 m1 m2 m3 m5 Annie Andy linda iven steph klatt2 david gene anika boris marcelo`;
const developed = "f3 f5 m4 m6 m7 m8 Alicia Michael belinda adam steph3 klatt4 pablo aunty norbert";
const accepted = "announcer edward2 iven3 iven4 michel RicishayMax3 klatt5 klatt6 AnxiousAndy Tweaky";

const all: Readonly<Record<Part, Readonly<Record<"zh" | "en", readonly (readonly Voice[])[]>>>> = {
  tuning: {
    zh: [espeak("cmn-latn-pinyin", tuned)],
    en: [espeak("en-us en-gb en-us-nyc", tuned), of("flite", "kal kal16 awb")],
  },
  development: {
    zh: [espeak("cmn-latn-pinyin", developed)],
    en: [espeak("en-gb-x-rp en-gb-scotland en-029 en-gb-x-gbclan", developed), of("festival", "kal_diphone")],
  },
  acceptance: {
    // Cantonese as well: the same characters in other sounds.
    zh: [espeak("cmn-latn-pinyin", accepted), espeak("yue", accepted)],
    en: [espeak("en-gb-x-gbcwmd", accepted), of("flite", "rms slt"), of("festival", "ked_diphone")],
  },
};

const installed = new Map<Engine, boolean>();
function isInstalled(engine: Engine): boolean {
  let known = installed.get(engine);
  if (known === undefined) {
    const program = engine === "festival" ? "text2wave" : engine;
    known = !spawnSync(program, ["--version"], { stdio: "ignore" }).error;
    installed.set(engine, known);
    if (!known)
      console.log(`${engine} is not installed: its voices are left out, and the set is another one.`);
  }
  return known;
}

const usable = new Map<string, Voice[][]>();

/** Groups of voices that are installed here; each group speaks as often as another. */
export function voicesOf(part: Part, language: "zh" | "en"): readonly (readonly Voice[])[] {
  const key = `${part} ${language}`;
  let groups = usable.get(key);
  if (!groups) {
    groups = all[part][language]
      .map((group) => group.filter(({ engine }) => isInstalled(engine)))
      .filter((group) => group.length > 0);
    usable.set(key, groups);
  }
  return groups;
}
