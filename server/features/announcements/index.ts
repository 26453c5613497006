import "./tables.ts";
import "./events.ts";

export type { AnnouncementAudio, Trained } from "./audio.ts";
export { type EarlyMedia, openEarlyMedia } from "./early-media.ts";
export { countAnnouncement, ensureAnnouncement, trainedAnnouncements } from "./queries.ts";
export { announcementRoutes } from "./routes.ts";
