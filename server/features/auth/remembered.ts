import type { Clock } from "../../kernel/clock.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { hashSecret } from "./secret.ts";
import "./events.ts";

export interface Remembered {
  keep(secret: string, principal: Principal | undefined): void;
  of(secret: string): Principal | undefined;
}

const rememberedMs = 15 * 60_000;
/** People and programs that are signed in at a time, and some. */
const most = 10_000;

const keyOf = (secret: string) => hashSecret(secret).toString("hex");

/**
 * Who was known a moment ago, for while the database is gone: an agent still ends the call, a manager still sees what is
 * wrong. Nobody can be signed out or deactivated meanwhile, for that is written into the same database.
 */
export function createRemembered({ clock, events }: { clock: Clock; events: EventBus }): Remembered {
  const known = new Map<string, { principal: Principal; at: number }>();
  events.on("session.ended", ({ sessionHash }) => void known.delete(sessionHash.toString("hex")));
  events.on("user.changed", ({ userId }) => {
    for (const [key, { principal }] of known) if (principal.userId === userId) known.delete(key);
  });
  return {
    keep(secret, principal) {
      const key = keyOf(secret);
      // The newest stand at the end.
      known.delete(key);
      if (principal) known.set(key, { principal, at: clock.now() });
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
    of(secret) {
      const found = known.get(keyOf(secret));
      return found && Math.abs(clock.now() - found.at) < rememberedMs ? found.principal : undefined;
    },
  };
}
