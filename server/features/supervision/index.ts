import "./events.ts";

export { sentMessages, unreadMessages } from "./queries.ts";
export { floorRoutes } from "./routes.ts";
export { waitingRoutes } from "./waiting-routes.ts";
export { superviseRoutes } from "./supervise-routes.ts";
