import type { Clock, Timer } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { safely } from "./safely.ts";
import type { Contact, SipTarget } from "./types.ts";

/** More contacts than this for one user: the oldest goes. */
export const maxContactsPerUser = 10;

export interface Binding extends Contact {
  /** The phone's own mark (`+sip.instance`, RFC 5626) or its URI: a new binding with the same key replaces. */
  key: string;
  /** One phone with several flows to us has the same on each (RFC 5626 §4.2). */
  instance: string | undefined;
  callId: string;
  cseq: number;
}

export interface Bindings {
  of(user: string): readonly Binding[];
  /** Where to call the user: of several flows to one phone the newest (RFC 5626 §5.3). */
  reachable(user: string): readonly Binding[];
  all(): Iterable<readonly [user: string, binding: Binding]>;
  put(user: string, binding: Binding): void;
  /** By key; by the binding itself nothing happens when another has taken its place. */
  remove(user: string, which: string | Binding): void;
  removeAll(user: string): readonly Binding[];
  connectionLost(connectionId: string): void;
  isPhone(target: SipTarget): boolean;
  hasPhoneAt(host: string): boolean;
  onChange(listener: (user: string, bindings: readonly Binding[]) => void): void;
}

const addressOf = (target: SipTarget) =>
  target.connectionId ?? `${target.transport}|${target.host}|${target.port}`;

function count(map: Map<string, number>, key: string, by: 1 | -1): void {
  const now = (map.get(key) ?? 0) + by;
  if (now === 0) map.delete(key);
  else map.set(key, now);
}

/** Where phones are registered, in memory: a phone registers again soon after we start. */
export function createBindings(clock: Clock, log: Log): Bindings {
  const users = new Map<string, Map<string, Binding>>();
  const expiries = new Map<Binding, Timer>();
  const addresses = new Map<string, number>();
  const hosts = new Map<string, number>();
  const listeners: ((user: string, bindings: readonly Binding[]) => void)[] = [];

  const of = (user: string) => [...(users.get(user)?.values() ?? [])];

  function forget(user: string, binding: Binding): void {
    expiries.get(binding)?.cancel();
    expiries.delete(binding);
    if (binding.path.length === 0) count(addresses, addressOf(binding.target), -1);
    count(hosts, binding.target.host, -1);
    const bindings = users.get(user);
    bindings?.delete(binding.key);
    if (bindings?.size === 0) users.delete(user);
  }

  function changed(user: string): void {
    for (const listener of listeners) safely(log, "registration listener", () => listener(user, of(user)));
  }

  function remove(user: string, which: string | Binding): void {
    const binding = users.get(user)?.get(typeof which === "string" ? which : which.key);
    if (!binding || (typeof which !== "string" && which !== binding)) return;
    forget(user, binding);
    changed(user);
  }

  function reachable(user: string): Binding[] {
    const newest = new Map<string, Binding>();
    for (const binding of of(user)) {
      const phone = binding.instance ?? binding.key;
      // Last in order of registration: put behind what was there.
      newest.delete(phone);
      newest.set(phone, binding);
    }
    return [...newest.values()];
  }

  return {
    of,
    reachable,
    *all() {
      for (const [user, bindings] of users) for (const binding of bindings.values()) yield [user, binding];
    },
    remove,
    put(user, binding) {
      const old = users.get(user)?.get(binding.key);
      if (old) forget(user, old);
      const bindings = users.get(user) ?? new Map<string, Binding>();
      users.set(user, bindings.set(binding.key, binding));
      // Behind a proxy the address is the proxy's.
      if (binding.path.length === 0) count(addresses, addressOf(binding.target), 1);
      count(hosts, binding.target.host, 1);
      expiries.set(
        binding,
        clock.after(binding.expiresAt - clock.now(), () => remove(user, binding.key)),
      );
      if (bindings.size > maxContactsPerUser) forget(user, bindings.values().next().value!);
      if (old?.uri !== binding.uri || addressOf(old.target) !== addressOf(binding.target)) changed(user);
    },
    removeAll(user) {
      const gone = of(user);
      for (const binding of gone) forget(user, binding);
      if (gone.length > 0) changed(user);
      return gone;
    },
    connectionLost(connectionId) {
      for (const user of users.keys())
        for (const binding of of(user))
          if (binding.target.connectionId === connectionId) remove(user, binding.key);
    },
    isPhone: (target) => addresses.has(addressOf(target)),
    hasPhoneAt: (host) => hosts.has(host),
    onChange: (listener) => void listeners.push(listener),
  };
}
