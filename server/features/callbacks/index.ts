import "./tables.ts";
import "./events.ts";

export type { DutyRules } from "./duty.ts";
export {
  type CallbackEnd,
  cancelCallback,
  anyCallbackDue,
  claimCallback,
  closeCallback,
  type DueCallback,
  insertCallback,
  keepPromises,
  releaseCallbacks,
  returnCallback,
  snoozeCallback,
} from "./queries.ts";
export { changeCallback, endCallback } from "./change-callback.ts";
export { type CallbackScope, moveCallback } from "./queries-list.ts";
export { callbackRoutes } from "./routes.ts";
export { watchCallbacks } from "./watch-callbacks.ts";
