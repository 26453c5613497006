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
} from "./queries.ts";
export { callbackRoutes } from "./routes.ts";
export { watchCallbacks } from "./watch-callbacks.ts";
