import "./tables.ts";
import "./events.ts";

export { allTrunkSettings, insertTrunkTest, listTrunks, type TrunkSettings } from "./queries.ts";
export { ensureTrunk, requireTrunk } from "./save-trunk.ts";
export { trunkRoutes } from "./routes.ts";
