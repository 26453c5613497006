import type { Phones } from "./features/agents/index.ts";
import type { Mailboxes } from "./features/voicemail/index.ts";
import type { EventBus } from "./kernel/events.ts";
import type { Log } from "./kernel/log.ts";
import type { Switch } from "./switch/switch.ts";

/** Desk phones show what waits in their people's boxes. */
export function showMessages(deps: {
  switch: Pick<Switch, "messagesWaiting">;
  mailboxes: Pick<Mailboxes, "waiting" | "people">;
  phones: Pick<Phones, "phoneOf">;
  events: EventBus;
  log: Log;
}): Disposable & { start(): Promise<void> } {
  const { mailboxes, phones, events, log } = deps;

  async function show(userId: number): Promise<void> {
    const phone = await phones.phoneOf(userId);
    if (phone) deps.switch.messagesWaiting(phone.sipUser, await mailboxes.waiting(userId));
  }
  const showAll = async (userIds: readonly number[]) => {
    for (const userId of userIds) await show(userId);
  };
  const stop = events.on("voicemail.changed", ({ userIds }) => {
    showAll(userIds).catch((error: unknown) => log.warn({ err: error }, "phones do not show their messages"));
  });
  return {
    start: async () => showAll(await mailboxes.people()),
    [Symbol.dispose]: stop,
  };
}
