import "./tables.ts";
import "./events.ts";

export { builtInPrompt } from "./built-in-prompts.ts";
export { insertPrompt } from "./queries.ts";
export { promptRoutes } from "./routes-prompts.ts";
export { soundRoutes } from "./routes.ts";
export { openSounds, type Sounds } from "./sounds.ts";
