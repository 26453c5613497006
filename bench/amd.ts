/**
 * Answer classification on the acceptance part of the labelled set: `npm run bench -- amd [--clips 1200]
 * [--development]`. Other texts and other voices than the model was trained and settled on; synthetic all the same
 * (docs/answer-classification.md). `--development` takes the part that settings may be settled on. Beside it the rules
 * of Asterisk's AMD with their defaults. The first table's figures are those of `before`, `balanced`; then what any limit of
 * time costs.
 */
import { AnswerClassifier, type AnswerClass } from "../server/media/answer-classifier.ts";
import { answerModel } from "../server/media/answer-model.ts";
import { frameSamples } from "../server/media/frame.ts";
import { ToneDetector } from "../server/media/tone-detector.ts";
import { wilson } from "../shared/wilson.ts";
import { baseline } from "./amd/baseline.ts";
import { type Clip, clipsOf } from "./amd/clips.ts";
import { type Curve, curveOf, limitsMs, mannersOf, recallAt } from "./amd/frontier.ts";
import { flags, percentile, printTable, report } from "./lib.ts";

const { clips: clipCount, development } = flags({ clips: 1200, development: false });

interface Judged {
  clip: Omit<Clip, "samples">;
  first: AnswerClass;
  reason: string;
  /** ms since the answer, and since the first word: the person waits from then on. */
  atMs: number;
  wordMs: number;
  /** After the greeting has ended. */
  sorted: AnswerClass;
  sortedMs: number;
  curve: Curve;
  isMachineByRules: boolean;
  rulesMs: number;
}

const manner = { listen: "before", sensitivity: "balanced" } as const;

let frames = 0;
let spentMs = 0;

function judge({ samples, ...clip }: Clip): Judged {
  const classifier = new AnswerClassifier(answerModel, manner);
  let [first, sorted]: ReturnType<typeof classifier.push>[] = [];
  let spent = 0;
  const tones = new ToneDetector("CN", ["beep"], ({ tone }) => {
    if (tone === "beep") sorted = classifier.beep() ?? sorted;
  });
  for (let at = 0; at + frameSamples <= samples.length && !classifier.isOver; at += frameSamples) {
    const frame = samples.subarray(at, at + frameSamples);
    const start = performance.now();
    const verdict = classifier.push(frame);
    if (!first) {
      spent += performance.now() - start;
      frames++;
    }
    if (verdict?.isFirst) first = verdict;
    else if (verdict) sorted = verdict;
    if (first) tones.push(frame);
  }
  spentMs += spent;
  const rules = baseline(samples);
  return {
    curve: curveOf(samples, clip.label === "human", answerModel),
    clip,
    first: first?.class ?? "human",
    reason: first?.reason ?? "none",
    atMs: first?.atMs ?? 0,
    wordMs: first ? first.atMs - (first.reason === "silence" ? 0 : first.silenceMs) : 0,
    sorted: sorted?.class ?? first?.class ?? "human",
    sortedMs: sorted?.atMs ?? first?.atMs ?? 0,
    isMachineByRules: rules.isMachine,
    rulesMs: rules.atMs,
  };
}

const judged: Judged[] = [];
for await (const clip of clipsOf(development ? "development" : "acceptance", clipCount))
  judged.push(judge(clip));

const isAutomaton = ({ clip: { label } }: Judged) => label === "machine" || label === "screener";
const people = judged.filter(({ clip }) => clip.label === "human");
const automata = judged.filter(isAutomaton);
const share = (hits: number, of: number) => (100 * hits) / Math.max(1, of);
const interval = (hits: number, of: number) => {
  const [low, high] = wilson(hits, of);
  return `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}`;
};

console.log("What was, and what it was taken for (after the greeting):");
printTable(
  (["human", "machine", "screener", "fax"] as const).map((label) => {
    const rows = judged.filter(({ clip }) => clip.label === label);
    const taken = (as: AnswerClass) => rows.filter(({ sorted }) => sorted === as).length;
    return {
      was: label,
      clips: rows.length,
      human: taken("human"),
      machine: taken("machine"),
      screener: taken("screener"),
      fax: taken("fax"),
    };
  }),
);
console.log("\nFirst word, by kind and language (taken for no person, % and 95 % interval):");
const groups = [...new Set(judged.map(({ clip }) => `${clip.label} ${clip.kind} ${clip.language}`))].sort();
printTable(
  groups.map((group) => {
    const rows = judged.filter(({ clip }) => `${clip.label} ${clip.kind} ${clip.language}` === group);
    const taken = rows.filter(({ first }) => first !== "human").length;
    const rules = rows.filter(({ isMachineByRules }) => isMachineByRules).length;
    const times = rows.map(({ wordMs }) => wordMs);
    return {
      group,
      clips: rows.length,
      "no person": share(taken, rows.length),
      interval: interval(taken, rows.length),
      "by AMD rules": share(rules, rows.length),
      "p50 ms": percentile(times, 0.5),
      "p95 ms": percentile(times, 0.95),
    };
  }),
);
const wrong = people.filter(({ first }) => first !== "human").length;
const found = automata.filter(({ first }) => first !== "human").length;
const rulesWrong = people.filter(({ isMachineByRules }) => isMachineByRules).length;
const rulesFound = automata.filter(({ isMachineByRules }) => isMachineByRules).length;
console.log("\nSide by side (95 % intervals):");
printTable([
  {
    what: `model ${answerModel.version}`,
    "people called machines": interval(wrong, people.length),
    "machines recognised": interval(found, automata.length),
    "p95 ms": percentile(
      judged.map(({ wordMs }) => wordMs),
      0.95,
    ),
    "since the answer": percentile(
      judged.map(({ atMs }) => atMs),
      0.95,
    ),
  },
  {
    what: "Asterisk's AMD rules, defaults",
    "people called machines": interval(rulesWrong, people.length),
    "machines recognised": interval(rulesFound, automata.length),
    "p95 ms": Number.NaN,
    "since the answer": percentile(
      judged.map(({ rulesMs }) => rulesMs),
      0.95,
    ),
  },
]);
const curves = judged.filter(({ clip }) => clip.label !== "fax").map(({ curve }) => curve);
console.log(
  "\nHow long may it take? Recall (%) where every call is decided at the limit, by the people who may be lost:",
);
printTable(
  limitsMs.map((limit, i) => ({
    "ms after the first sound": limit,
    "1 % lost": recallAt(curves, i, 1),
    "2 % lost": recallAt(curves, i, 2),
    "3 % lost": recallAt(curves, i, 3),
    "5 % lost": recallAt(curves, i, 5),
  })),
);
console.log("\nAs the product listens (thresholds of the development part):");
const manners = mannersOf(curves, answerModel);
printTable(manners.map((row) => ({ ...row })));
const besideOf = manners.find(
  ({ listen, sensitivity }) => listen === "beside" && sensitivity === "balanced",
)!;
const ofLanguage = (language: string) => ({
  people: people.filter(({ clip }) => clip.language === language),
  automata: automata.filter(({ clip }) => clip.language === language),
});
const missed = (rows: Judged[]) => share(rows.filter(({ first }) => first !== "human").length, rows.length);
const screeners = judged.filter(({ clip }) => clip.label === "screener");
const faxes = judged.filter(({ clip }) => clip.label === "fax");
report("amd", {
  falsePositivePct: share(wrong, people.length),
  falsePositiveHighPct: 100 * wilson(wrong, people.length)[1],
  machineRecallPct: share(found, automata.length),
  machineRecallLowPct: 100 * wilson(found, automata.length)[0],
  // Since the first word, as the rules on abandoned calls count; of silent calls since the answer.
  p95Ms: percentile(
    judged.map(({ wordMs }) => wordMs),
    0.95,
  ),
  p95FromAnswerMs: percentile(
    judged.map(({ atMs }) => atMs),
    0.95,
  ),
  humanP50Ms: percentile(
    people.map(({ wordMs }) => wordMs),
    0.5,
  ),
  humanP95Ms: percentile(
    people.map(({ wordMs }) => wordMs),
    0.95,
  ),
  humanP95FromAnswerMs: percentile(
    people.map(({ atMs }) => atMs),
    0.95,
  ),
  baselineFalsePositivePct: share(rulesWrong, people.length),
  baselineRecallPct: share(rulesFound, automata.length),
  baselineP95Ms: percentile(
    judged.map(({ rulesMs }) => rulesMs),
    0.95,
  ),
  falsePositiveZhPct: missed(ofLanguage("zh").people),
  falsePositiveEnPct: missed(ofLanguage("en").people),
  machineRecallZhPct: missed(ofLanguage("zh").automata),
  machineRecallEnPct: missed(ofLanguage("en").automata),
  screenerSortedPct: share(screeners.filter(({ sorted }) => sorted === "screener").length, screeners.length),
  faxRecallPct: share(faxes.filter(({ first }) => first === "fax").length, faxes.length),
  ...Object.fromEntries(limitsMs.map((limit, i) => [`recallAt2PctBy${limit}Ms`, recallAt(curves, i, 2)])),
  besideFalsePositivePct: besideOf.falsePositivePct,
  besideRecallPct: besideOf.machineRecallPct,
  besideP95Ms: besideOf.p95Ms,
  clips: judged.length,
  microsecondsPerFrame: (1000 * spentMs) / frames,
});
