import type { Database } from "../../kernel/db.ts";
import type { Switch } from "../../switch/switch.ts";
import { allTrunkSettings, type TrunkSettings } from "../trunks/index.ts";

/** The trunks as the switch has them; read one after another, so that the last that is read is the newest. */
export function createTrunkList(deps: { database: Database; switch: Pick<Switch, "setTrunks"> }) {
  let trunks: TrunkSettings[] = [];
  let reading: Promise<void> = Promise.resolve();
  return {
    all: (): readonly TrunkSettings[] => trunks,
    read(): Promise<void> {
      const before = reading;
      reading = (async () => {
        await before;
        trunks = await allTrunkSettings(deps.database.db);
        deps.switch.setTrunks(trunks);
      })();
      return reading;
    },
  };
}
