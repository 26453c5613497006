export { callRecordRoutes } from "./routes.ts";
