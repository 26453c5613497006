import "./events.ts";
import "./tables.ts";

export { type BoxesByPhone, createBoxesByPhone, type PhoneBox } from "./by-phone.ts";
export { voicemailJobs } from "./jobs.ts";
export { type BoxRef, type Mailboxes, type OpenBox, openMailboxes } from "./mailboxes.ts";
export { createTranscriber, type Transcriber } from "./transcribe.ts";
export { tellByMail } from "./notify.ts";
export {
  type CallOut,
  claimCallOut,
  endCallOutTry,
  forgetCallOut,
  openCallOuts,
  personOfBox,
  settleCallOuts,
} from "./queries-call-out.ts";
export type { SpokenMessage } from "./queries-by-phone.ts";
export { voicemailRoutes } from "./routes.ts";
