import "./events.ts";
import "./tables.ts";

export { voicemailJobs } from "./jobs.ts";
export { type BoxRef, type Mailboxes, type OpenBox, openMailboxes } from "./mailboxes.ts";
export { tellByMail } from "./notify.ts";
export { voicemailRoutes } from "./routes.ts";
