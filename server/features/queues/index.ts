import "./events.ts";

export type { QueueKey } from "./acd/types.ts";
export type { Arriving } from "./acd-terms.ts";
export type { CallerSide, Given, Refusal } from "./distribution.ts";
export { insertQueue } from "./queries.ts";
export { closeVisit } from "./queries-visits.ts";
export {
  cancelKeptPlace,
  claimKeptPlace,
  closeKeptPlace,
  endOfTry,
  insertKeptPlace,
  keptPlacesReached,
  listKeptPlaces,
  type OpenKeptPlace,
  openKeptPlaces,
  releaseKeptPlaces,
  returnKeptPlace,
} from "./kept/queries-kept.ts";
export { createQueues, type Queues } from "./queues.ts";
export { queueRoutes } from "./routes.ts";
export {
  newWaiting,
  type WaitingEffect,
  type WaitingEvent,
  type WaitingLine,
  type WaitingPlan,
  type WaitingState,
  waitingStep,
} from "./waiting/waiting-machine.ts";
export * as waitingWords from "./waiting/words.ts";
