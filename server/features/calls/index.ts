import "./tables.ts";
import "./events.ts";

export type { ActiveCall, CallPlan } from "./active-call.ts";
export { addCallEvent } from "./queries-steps.ts";
export {
  callConditions,
  callScope,
  counted,
  localTime,
  messageFigure,
  messageSecond,
  scriptFigure,
} from "./call-filter.ts";
export { boxFigure, flowFigure, queueFigure } from "./inbound-filter.ts";
export { type Calls, type CallsDeps, createCalls } from "./calls.ts";
export { mayLeaveMessage } from "./answer-beside.ts";
export { queueOf } from "./call-routing.ts";
export type { AnsweringListener, Line, LineListener } from "./lines.ts";
export type { Sound } from "../../switch/switch.ts";
export { answerJobs } from "./learn-answers.ts";
export {
  agentParty,
  agentsIn,
  type Conversation,
  customerId,
  findParty,
  type Hearing,
  isHeld,
  type Party,
} from "./parties.ts";
export type { CallView } from "./events.ts";
export type { PlacedCall } from "./place-call.ts";
export { qualityOfTrunks } from "./queries-quality.ts";
export { dialledNumber } from "./dialled-number.ts";
export type { Arrival, Guide, GuidedCall } from "./guide.ts";
export { languageOf } from "./sounds.ts";
export type { TestLines } from "./test-lines.ts";
export { callRoutes } from "./routes.ts";
export { type Reconciled, reconcileAtStart } from "./reconciler.ts";
export { candidateOf } from "./door-verdict.ts";
export { writtenOn } from "./written-on.ts";
