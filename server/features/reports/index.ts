export { makeShortReport } from "./make-report.ts";
export { reportRoutes } from "./routes.ts";
export { sendFile } from "./send-file.ts";
export type { Cell, Sheet } from "./spreadsheet.ts";
