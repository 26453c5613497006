import "./events.ts";
import "./tables.ts";

export { createRecordings, type RecordingEnd, type Recordings, type RepairRecording } from "./recordings.ts";
export { archiveJobs, type RecordingArchiver } from "./archive.ts";
export { eraseJobs, eraseRecordings } from "./erase.ts";
export { readRecording } from "./restore.ts";
export { recordingRoutes } from "./routes.ts";
export { createSendRecording, type SendRecording } from "./send-recording.ts";
export { recordingsOfCall } from "./queries.ts";
