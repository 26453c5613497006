export { createHub, type Hub, type LiveSocket, type Topic } from "./hub.ts";
export { createLive } from "./live.ts";
