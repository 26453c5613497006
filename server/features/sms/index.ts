import "./tables.ts";

export { expireTexts } from "./expire.ts";
export { insertSms, smsCountOf, smsWaiting } from "./queries.ts";
export { smsRoutes } from "./routes.ts";
