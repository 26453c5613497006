import "./tables.ts";
import "./events.ts";

export { allTrunkSettings, insertTrunkTest, type TrunkSettings } from "./queries.ts";
export { ensureTrunk, requireTrunk } from "./save-trunk.ts";
export { trunkRoutes } from "./routes.ts";
