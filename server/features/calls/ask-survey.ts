/**
 * Asks a customer after the talk: their leg stays when the agent has left, in wrap-up, until the survey is over, they hang
 * up, or `longestSurveyMs` have passed. Runs `shared/survey-machine.ts`; the result is in the transaction of its end.
 */
import {
  longestSurveyMs,
  newSurvey,
  type SurveyEffect,
  type SurveyEvent,
  type SurveyState,
  surveyStep,
} from "../../../shared/survey-machine.ts";
import type { SurveyDetail, SurveyEnd } from "../../../shared/surveys.ts";
import type { Clock } from "../../kernel/clock.ts";
import { conflict } from "../../kernel/errors.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sound, Switch } from "../../switch/switch.ts";
import type { Sounds } from "../sounds/index.ts";
import { insertResult, type Surveys } from "../surveys/index.ts";
import type { ActiveCall } from "./active-call.ts";
import type { CallRunner } from "./runner.ts";

export interface RunningSurvey {
  survey: SurveyDetail;
  state: SurveyState;
  askedAt: number;
  playback: string | null;
}

export interface AskSurvey {
  /** An agent may send the customer of this call to it. */
  isOffered(call: ActiveCall): boolean;
  /** The agent hangs up: false when nothing is asked then, and the call ends. */
  follow(call: ActiveCall): boolean;
  /** The agent sends the customer to it. Errors: `no-survey` 409. */
  send(call: ActiveCall): void;
  key(call: ActiveCall, key: string): boolean;
  playbackEnded(call: ActiveCall, playbackId: string): void;
  left(call: ActiveCall): void;
}

/** Customer and agent alone, and nobody consulted. */
const isPlain = ({ core, legUp, conversation, slot }: ActiveCall) =>
  core.state === "talking" && !core.endedBy && legUp && slot === null && conversation.parties.length === 2;

export function createAskSurvey(deps: {
  switch: Pick<Switch, "play" | "stopPlayback">;
  surveys: Surveys;
  sounds: Pick<Sounds, "play" | "playPrompt">;
  runner: () => CallRunner;
  companyName: () => string;
  clock: Clock;
  log: Log;
}): AskSurvey {
  const { surveys, sounds, runner, clock, log } = deps;

  const ofCall = ({ plan, cameFrom }: ActiveCall) =>
    surveys.of({ queueId: cameFrom?.queueId ?? null, campaignId: plan.campaign?.id ?? null });

  async function soundOf(
    call: ActiveCall,
    { survey }: RunningSurvey,
    at: number | null,
  ): Promise<Sound | null> {
    const question = at === null ? undefined : survey.questions[at];
    const { name, phone } = call.plan;
    const variables = { name, phone, company: deps.companyName() };
    const own = question?.promptId ? await sounds.playPrompt(question.promptId, variables) : undefined;
    const text = question?.text ?? survey.thanks;
    if (own || text === "") return own ?? null;
    return sounds.play({ language: survey.language, parts: [{ kind: "text", text }] }, variables);
  }

  async function say(
    call: ActiveCall,
    running: RunningSurvey,
    at: number | null,
    turn: number,
  ): Promise<void> {
    const isCurrent = () => call.survey === running && running.state.turn === turn && call.legUp;
    const sound = await soundOf(call, running, at);
    if (!isCurrent()) return;
    if (!sound) return feed(call, running, { type: "said", turn });
    const playbackId = await deps.switch.play(call.legId, sound);
    if (isCurrent()) running.playback = playbackId;
    else deps.switch.stopPlayback(call.legId, playbackId);
  }

  function over(call: ActiveCall, running: RunningSurvey, how: SurveyEnd): void {
    const { survey, askedAt, state } = running;
    call.survey = null;
    for (const timer of ["survey", "survey-limit"] as const) runner().clearTimer(call, timer);
    const { answers } = state;
    const result = {
      surveyId: survey.id,
      callId: call.id,
      agentUserId: call.core.agentUserId,
      queueId: call.cameFrom?.queueId ?? null,
      campaignId: call.plan.campaign?.id ?? null,
      askedAt,
      how,
      answers,
    };
    runner().feed(
      call.id,
      { type: "survey-over" },
      { data: { survey: survey.name, how, answers }, also: (tx) => insertResult(tx, result) },
    );
  }

  function run(call: ActiveCall, running: RunningSurvey, effect: SurveyEffect): void {
    switch (effect.type) {
      case "ask":
      case "thank": {
        const { turn } = effect;
        say(call, running, effect.type === "ask" ? effect.at : null, turn).catch((error: unknown) => {
          log.error({ err: error, callId: call.id }, "a question of a survey could not be asked");
          feed(call, running, { type: "left" });
        });
        return;
      }
      case "stop":
        runner().clearTimer(call, "survey");
        if (running.playback !== null) deps.switch.stopPlayback(call.legId, running.playback);
        running.playback = null;
        return;
      case "wait": {
        const { ms, turn } = effect;
        return runner().setTimer(call, "survey", ms, () => feed(call, running, { type: "timeout", turn }));
      }
      case "over":
        return over(call, running, effect.how);
    }
  }

  function feed(call: ActiveCall, running: RunningSurvey, event: SurveyEvent): void {
    if (call.survey !== running) return;
    const step = surveyStep(running.state, event);
    if ("noted" in step) return;
    running.state = step.state;
    for (const effect of step.effects) run(call, running, effect);
  }

  function begin(call: ActiveCall, survey: SurveyDetail): boolean {
    if (!runner().feed(call.id, { type: "to-survey" }, { data: { survey: survey.name } })) return false;
    const running: RunningSurvey = {
      survey,
      state: newSurvey(survey.questions),
      askedAt: clock.now(),
      playback: null,
    };
    call.survey = running;
    runner().setTimer(call, "survey-limit", longestSurveyMs, () => feed(call, running, { type: "left" }));
    feed(call, running, { type: "begin" });
    return true;
  }

  return {
    isOffered: (call) => isPlain(call) && ofCall(call) !== undefined,
    follow(call) {
      const found = isPlain(call) ? ofCall(call) : undefined;
      return found?.when === "after" && begin(call, found.survey);
    },
    send(call) {
      const found = isPlain(call) ? ofCall(call) : undefined;
      if (!found || !begin(call, found.survey))
        throw conflict("no-survey", "Nothing is asked after this call.");
    },
    key(call, key) {
      const { survey } = call;
      if (survey) feed(call, survey, { type: "key", key });
      return survey !== null;
    },
    playbackEnded(call, playbackId) {
      const { survey } = call;
      if (survey?.playback !== playbackId) return;
      survey.playback = null;
      feed(call, survey, { type: "said", turn: survey.state.turn });
    },
    left: (call) => call.survey && feed(call, call.survey, { type: "left" }),
  };
}
