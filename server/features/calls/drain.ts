import type { Clock } from "../../kernel/clock.ts";
import type { Journal } from "./journal.ts";
import type { CallRunner } from "./runner.ts";

/** Ends every call at the end of the process: what rings at once, talks when they are over or `limitMs` are. */
export async function drain(
  {
    runner,
    lines,
    journal,
    clock,
  }: { runner: CallRunner; lines: { hangUpAll(): void }; journal: Pick<Journal, "settled">; clock: Clock },
  limitMs: number,
): Promise<void> {
  lines.hangUpAll();
  const until = clock.now() + limitMs;
  for (const call of runner.all())
    if (call.core.state === "dialling" || call.core.state === "ringing")
      runner.feed(call.id, { type: "hang-up", by: "system", cause: "cancelled" });
  while (runner.all().some((call) => call.core.state === "talking") && clock.now() < until)
    await new Promise<void>((resolve) => void clock.after(100, resolve));
  for (const call of runner.all()) runner.feed(call.id, { type: "crashed", cause: "shutdown" });
  // Without a database the next start closes what stands open.
  const limit = Promise.withResolvers<void>();
  const timer = clock.after(limitMs, limit.resolve);
  await Promise.race([journal.settled(), limit.promise]);
  timer.cancel();
}
