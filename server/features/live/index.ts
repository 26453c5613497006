export { createHub, type Hub, type LiveSocket, type Topic, type Viewer } from "./hub.ts";
export { createLive } from "./live.ts";
