import "./events.ts";
import "./tables.ts";

export {
  directNumbers,
  replaceInboundRoutes,
  saveDirectNumber,
  targetOfNumber,
  whoseNumber,
} from "./queries.ts";
export { numberRoutes } from "./routes.ts";
