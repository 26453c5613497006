import "./events.ts";

export { createDesk, type Desk } from "./desk.ts";
export { createManualDial, type ManualDial } from "./manual-dial.ts";
export type { DeskUser } from "./desk-state.ts";
export { deskRoutes, deskUserOf } from "./routes.ts";
export { deskScriptRoutes } from "./routes-script.ts";
export { directoryRoutes } from "./directory-routes.ts";
