/** What a telephone's keypad can do: codes, where they hold, and what follows them. */

/** `talk`: while one is on a call; `idle`: between calls, and as a number that a phone dials; `any`: both. */
export type CodePlace = "talk" | "idle" | "any";
/**
 * What is keyed after a code: nothing; `target`, an extension or a number, ended by `#`; `lot`, digits ended by `#` that may
 * be absent; `two` digits.
 */
export type CodeArgument = "none" | "target" | "lot" | "two";

interface CodeFacts {
  code: string;
  place: CodePlace;
  argument: CodeArgument;
}
const code = (code: string, place: CodePlace, argument: CodeArgument = "none"): CodeFacts => {
  return { code, place, argument };
};

/** With the code that each has unless the company chose another (`settings.featureCodes`). */
export const featureCodes = {
  hold: code("*1", "talk"),
  consult: code("*2", "talk", "target"),
  transfer: code("*3", "talk", "target"),
  complete: code("*4", "talk"),
  swap: code("*5", "talk"),
  merge: code("*6", "talk"),
  "cancel-consult": code("*7", "talk"),
  park: code("*8", "talk", "lot"),
  record: code("*9", "talk"),
  mask: code("*0", "talk"),
  answer: code("**", "any"),
  decline: code("*#", "any"),
  "forward-always": code("*72", "idle", "target"),
  "forward-always-off": code("*73", "idle"),
  "to-voicemail": code("*74", "idle"),
  "to-voicemail-off": code("*75", "idle"),
  "do-not-disturb": code("*78", "idle"),
  "do-not-disturb-off": code("*79", "idle"),
  retrieve: code("*85", "idle", "lot"),
  "pick-up-from": code("*87", "idle", "target"),
  "pick-up": code("*88", "idle"),
  "forward-busy": code("*90", "idle", "target"),
  "forward-busy-off": code("*91", "idle"),
  "forward-no-answer": code("*92", "idle", "target"),
  "forward-no-answer-off": code("*93", "idle"),
  "forward-out-of-hours": code("*94", "idle", "target"),
  "forward-out-of-hours-off": code("*95", "idle"),
  "call-colleague": code("*61", "idle", "target"),
  "call-back": code("*66", "idle", "target"),
  "call-back-off": code("*67", "idle", "target"),
  voicemail: code("*97", "idle"),
  "speed-dial": code("*0", "idle", "two"),
} as const satisfies Record<string, CodeFacts>;
export type CodeName = keyof typeof featureCodes;
export const codeNames = Object.keys(featureCodes) as CodeName[];

export interface CodeEntry extends CodeFacts {
  name: CodeName;
}
/** By name, only those that differ. */
export type ChosenCodes = Partial<Record<string, string>>;

/** The codes in force. */
export const codeTable = (chosen: ChosenCodes): CodeEntry[] =>
  codeNames.map((name) => ({ ...featureCodes[name], name, code: chosen[name] ?? featureCodes[name].code }));

export const holdsIn = ({ place }: CodeEntry, where: "talk" | "idle"): boolean =>
  place === "any" || place === where;

/** Two codes of one place of which the other is the beginning: nobody could tell which is meant. */
export function clashOf(chosen: ChosenCodes): [CodeName, CodeName] | undefined {
  for (const where of ["talk", "idle"] as const) {
    const entries = codeTable(chosen).filter((entry) => holdsIn(entry, where));
    for (const one of entries)
      for (const other of entries)
        if (one !== other && other.code.startsWith(one.code)) return [one.name, other.name];
  }
  return undefined;
}
