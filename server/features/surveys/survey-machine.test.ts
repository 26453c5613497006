import assert from "node:assert/strict";
import { test } from "node:test";
import {
  newSurvey,
  type SurveyEffect,
  type SurveyEvent,
  type SurveyState,
  surveyStep,
} from "../../../shared/survey-machine.ts";
import { surveyQuestion } from "../../../shared/surveys.ts";

const questions = [
  surveyQuestion.parse({ text: "How satisfied are you?" }),
  surveyQuestion.parse({ text: "Was your question answered?", min: 1, max: 2, onlyUpTo: 3 }),
];

/** Where `events` lead; `said` and `timeout` carry the turn that counts. */
function after(...events: (SurveyEvent["type"] | number | "*")[]) {
  let state: SurveyState = newSurvey(questions);
  let effects: SurveyEffect[] = [];
  for (const event of events) {
    const { turn } = state;
    const step =
      typeof event === "number" || event === "*"
        ? surveyStep(state, { type: "key", key: String(event) })
        : event === "said" || event === "timeout"
          ? surveyStep(state, { type: event, turn })
          : surveyStep(state, { type: event } as SurveyEvent);
    if ("state" in step) ({ state, effects } = step);
  }
  return { ...state, how: effects.flatMap((effect) => (effect.type === "over" ? effect.how : []))[0] };
}

test("a high score is thanked for, a low one is asked about", () => {
  const high = after("begin", 5, "said");
  assert.deepEqual([high.answers, high.how], [[5], "answered"]);
  const low = after("begin", "said", 2, "said", 1, "said");
  assert.deepEqual([low.answers, low.how], [[2, 1], "answered"]);
});

test("who hangs up, presses nothing or only what is no answer has refused, or answered in part", () => {
  assert.equal(after("begin", "left").how, "refused");
  assert.equal(after("begin", "said", "timeout", "said", "timeout", "said", "timeout").how, "refused");
  assert.equal(after("begin", 9, "*", 7).how, "refused");
  assert.deepEqual(after("begin", 1, "left").how, "partial");
});

test("every event in every phase moves or is noted; what is over stays so", () => {
  const ways: Parameters<typeof after>[] = [
    [],
    ["begin"],
    ["begin", "said"],
    ["begin", 5],
    ["begin", "left"],
  ];
  for (const way of ways)
    for (const event of ["begin", "said", "timeout", 1, "*", "left"] as const) {
      const { phase } = after(...way, event);
      assert.equal(after(...way, event, "left").phase, "over", `${way.join()} ${event} from ${phase}`);
    }
});
