import type { SupervisionAct } from "../../../shared/floor.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { readSettings } from "../settings/index.ts";

/** Which acts of supervisors agents are shown, as the settings say now; read once, since every desk asks on every change. */
export function watchShownActs(database: Database, events: EventBus) {
  let known: Promise<readonly SupervisionAct[]> | undefined;
  const read = () => {
    const found = readSettings(database.db).then(({ supervisionShown }) => supervisionShown);
    found.catch(() => {
      known = undefined;
    });
    return found;
  };
  return {
    acts: () => (known ??= read()),
    stop: events.on("settings.changed", ({ settings }) => {
      known = Promise.resolve(settings.supervisionShown);
    }),
  };
}
