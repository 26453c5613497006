import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { readSettings } from "../settings/index.ts";

/** Origins whose pages may have the desk within them, as the settings have them now. */
export type EmbedOrigins = () => Promise<readonly string[]>;

export function createEmbedOrigins({
  database,
  events,
}: {
  database: Database;
  events: EventBus;
}): EmbedOrigins {
  let known: Promise<readonly string[]> | undefined;
  events.on("settings.changed", ({ settings }) => {
    known = Promise.resolve(settings.embedOrigins);
  });
  return () => {
    const read = (known ??= readSettings(database.db).then((settings) => settings.embedOrigins));
    // A database that is away for a moment must not be remembered as a list.
    read.catch(() => {
      if (known === read) known = undefined;
    });
    return read;
  };
}
