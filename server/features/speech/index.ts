import "./tables.ts";

export { fillIn, spoken, variablesIn } from "./reading/read-aloud.ts";
export type { Recognizer } from "./recognizer.ts";
export { speechRoutes } from "./routes.ts";
export { openSpeech, type Speech } from "./speech.ts";
