import "./events.ts";
import "./tables.ts";

export { wallboardRoutes } from "./routes.ts";
export { createWall } from "./wall.ts";
