import type { SipCore } from "./core.ts";
import { optionsRequest } from "./probe.ts";
import type { Binding, Bindings } from "./registrar-bindings.ts";
import { sendOnce } from "./send-request.ts";

/** NAT forgets a UDP flow after 30 s (RFC 5626 §4.4.2). */
const everyMs = 25_000;
const patienceMs = 8_000;
/** A phone that used to answer and missed so many in a row is gone: its cable was pulled, its NAT restarted. */
const missesUntilGone = 3;

/**
 * Asks phones on UDP with OPTIONS whether they are there: the way through their NAT stays open from both sides, and
 * one that is gone without a word does not count as registered for the rest of its hour. A phone that never answered
 * is only kept open. Connections have keep-alives of their own.
 */
export function keepPhonesAlive(core: SipCore, bindings: Bindings): void {
  const known = new WeakMap<Binding, { dueAt: number; misses: number; answers: boolean }>();

  async function ask(user: string, binding: Binding): Promise<void> {
    const state = known.get(binding)!;
    const request = optionsRequest(core, binding.target, binding.uri);
    const { received } = await sendOnce(core, request, binding.target, patienceMs);
    if (received) {
      state.answers = true;
      state.misses = 0;
    } else if (state.answers && ++state.misses >= missesUntilGone) {
      core.log.info({ user, contact: binding.uri }, "sip: phone no longer answers");
      bindings.remove(user, binding);
    }
  }

  core.clock.every(1_000, () => {
    const now = core.clock.now();
    for (const [user, binding] of bindings.all()) {
      if (binding.target.transport !== "udp" || binding.path.length > 0) continue;
      const state = known.get(binding) ?? {
        dueAt: now + core.random.next() * everyMs,
        misses: 0,
        answers: false,
      };
      known.set(binding, state);
      if (now < state.dueAt) continue;
      state.dueAt = now + everyMs;
      void ask(user, binding);
    }
  });
}
