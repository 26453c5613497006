export type { Hub, LiveSocket, Topic } from "./hub.ts";
export { createLive } from "./live.ts";
