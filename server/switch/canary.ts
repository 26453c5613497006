import type { CanaryCall, CanaryKind, CanaryWay } from "../../shared/canary.ts";
import { type Clock, ownTimers } from "../kernel/clock.ts";
import { reasonOf } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import type { Random } from "../kernel/random.ts";
import { hashCredentials } from "../sip/digest.ts";
import type { SipTarget, StoredCredentials } from "../sip/types.ts";
import { placeCanaryCall } from "./canary-call.ts";
import { hideCanary, isCanaryTrunk } from "./canary-hidden.ts";
import { createCanaryHistory } from "./canary-history.ts";
import { type CanaryPeer, openCanaryPeer } from "./canary-peer.ts";
import type { LegId, Switch, TrunkConfig } from "./switch.ts";
import { placeTestCall } from "./test-call.ts";
import { trunkByAddress } from "./trunk-config.ts";

const everyMs = 60_000;
/** Trunks and the phone register first. */
const firstAfterMs = 2_000;

/** The phone that the canary is at the switch's registrar, new at each start. */
export interface CanaryPhone {
  user: string;
  password: string;
  /** For the switch: the digests of this phone; undefined for every other. */
  credentialsOf(user: string): StoredCredentials | undefined;
}

export function newCanaryPhone(random: Random, realm: string): CanaryPhone {
  const user = `canary-${random.hex(8)}`;
  const password = random.hex(16);
  const digests = { ha1Md5: hashCredentials("MD5", user, realm, password) };
  return { user, password, credentialsOf: (asked) => (asked === user ? digests : undefined) };
}

/** A call to a number of the administrator's choice over a paid trunk, so often. */
export interface TrunkCanary {
  trunkId: number;
  name: string;
  number: string;
  everyMinutes: number;
  callerId?: string;
  registers: boolean;
}

export interface CanaryOptions<S extends Switch> {
  switch: S;
  phone: CanaryPhone;
  /** Where the switch takes SIP over UDP, and its RTP, as seen from this machine. */
  switchAt: SipTarget;
  mediaHost: string;
  clock: Clock;
  random: Random;
  log: Log;
}

export interface Canary<S extends Switch> extends AsyncDisposable {
  /** What the business gets: the switch without anything of the canary. */
  readonly business: S;
  /** Calls soon, and every minute from now on. */
  start(): void;
  /** Replaces the calls over paid trunks. */
  setTrunkCanaries(wanted: readonly TrunkCanary[]): void;
  /** One round over every way, now. */
  round(): Promise<void>;
  ways(): CanaryWay[];
}

/** Trunks of each kind to the peers of the canary. */
function canaryTrunks(open: CanaryPeer, closed: CanaryPeer, phone: CanaryPhone) {
  const trunk = (id: number, change: Partial<TrunkConfig>) =>
    trunkByAddress(
      { host: open.host, port: open.ports.udp },
      { id, name: `canary ${id}`, maxChannels: 4, maxCallsPerSecond: 10, ...change },
    );
  const account = { username: phone.user, password: phone.password };
  return {
    udp: trunk(-1, {}),
    tcp: trunk(-2, { transport: "tcp", port: open.ports.tcp }),
    registration: trunk(-3, { auth: "registration", port: closed.ports.udp, ...account }),
  };
}

/** Which kinds prove the trunks that are in use. */
function kindsFor(trunks: readonly TrunkConfig[]): ("udp" | "tcp" | "registration")[] {
  const used = trunks.filter((trunk) => trunk.enabled);
  const isStream = used.some(({ transport }) => transport === "tcp" || transport === "tls");
  const signsIn = used.some(({ auth }) => auth !== "ip");
  return ["udp", ...(isStream ? (["tcp"] as const) : []), ...(signsIn ? (["registration"] as const) : [])];
}

/** Opens the far end of the canary calls and takes the switch into its hands; hand on `business` alone. */
export async function createCanary<S extends Switch>(options: CanaryOptions<S>): Promise<Canary<S>> {
  const { switch: sw, phone, switchAt, mediaHost, random, log } = options;
  const clock = ownTimers(options.clock);
  const shared = { switchAt, mediaHost, account: phone, clock, random };
  await using stack = new AsyncDisposableStack();
  const open = stack.use(await openCanaryPeer({ ...shared, closed: false }));
  const closed = stack.use(await openCanaryPeer({ ...shared, closed: true }));
  const trunks = canaryTrunks(open, closed, phone);
  const history = createCanaryHistory(log);
  const legs = new Set<LegId>();
  let kinds = kindsFor([]);
  let paid: readonly TrunkCanary[] = [];
  let rounds = 0;
  let running: Promise<void> | undefined;

  // The first to listen, so that nobody hears of a canary's leg before it is known as one.
  const forget = sw.on((event) => {
    // The ladder of a call that comes in begins before its leg is told.
    const isOurs =
      event.type === "sip"
        ? event.direction === "in" && event.text.includes(`From: <sip:${phone.user}@`)
        : event.type === "leg-incoming" && (isCanaryTrunk(event.trunkId) || event.user === phone.user);
    if (isOurs && "legId" in event) legs.add(event.legId);
  });
  const agree = () =>
    history.keep([
      ...[...kinds, "phone" as const].map((kind) => ({ key: kind, kind, trunkId: null, name: null })),
      ...paid.map(({ trunkId, name }) => ({
        key: `trunk-${trunkId}`,
        kind: "trunk" as const,
        trunkId,
        name,
      })),
    ]);
  const setTrunks = (wanted: readonly TrunkConfig[]) => {
    kinds = kindsFor(wanted);
    agree();
    sw.setTrunks([...wanted, ...kinds.map((kind) => trunks[kind])]);
  };
  const call = (kind: Exclude<CanaryKind, "trunk">) => {
    const token = `+999${String(Math.floor(random.next() * 1e9)).padStart(9, "0")}`;
    const destination =
      kind === "phone"
        ? ({ kind: "endpoint", user: phone.user } as const)
        : ({ kind: "trunk", trunkIds: [trunks[kind].id], number: token } as const);
    return placeCanaryCall(sw, clock, { destination, token }, (legId) => legs.add(legId));
  };
  const prove = async (key: string, place: () => Promise<CanaryCall>) => {
    const at = new Date(clock.now()).toISOString();
    const broken = (error: unknown): CanaryCall => ({
      at,
      failure: "error",
      detail: { reason: reasonOf(error) },
      setupMs: null,
      there: null,
      back: null,
    });
    history.add(key, await place().catch(broken));
  };
  const roundOnce = async () => {
    // The last events of a leg come after its end; by the next minute they have.
    const gone = [...legs].filter((legId) => !sw.legs().includes(legId));
    await Promise.all([...kinds, "phone" as const].map((kind) => prove(kind, () => call(kind))));
    for (const each of paid)
      if (rounds % each.everyMinutes === 0)
        await prove(`trunk-${each.trunkId}`, () => callTrunk(sw, clock, each));
    rounds += 1;
    for (const legId of gone) legs.delete(legId);
  };
  const round = () => (running ??= roundOnce().finally(() => (running = undefined)));

  agree();
  sw.setTrunks(kinds.map((kind) => trunks[kind]));
  open.register();
  const opened = stack.move();
  return {
    business: hideCanary(sw, { legs, user: phone.user, setTrunks }),
    start() {
      clock.after(firstAfterMs, () => void round());
      clock.every(everyMs, () => void round());
    },
    setTrunkCanaries(wanted) {
      paid = wanted;
      agree();
    },
    round,
    ways: () => history.ways(),
    async [Symbol.asyncDispose]() {
      clock[Symbol.dispose]();
      forget();
      for (const legId of legs) sw.hangup(legId);
      await opened.disposeAsync();
    },
  };
}

/** A paid trunk is judged as its test call is; only an echo proves both ways, other numbers that we hear something. */
async function callTrunk(sw: Switch, clock: Clock, canary: TrunkCanary): Promise<CanaryCall> {
  const at = new Date(clock.now()).toISOString();
  const { verdict, steps, echoed } = await placeTestCall(sw, clock, canary);
  const detail = Object.assign({ verdict, echoed }, ...steps.map((step) => step.detail)) as Record<
    string,
    unknown
  >;
  const failure =
    verdict === "good"
      ? null
      : verdict === "no-audio-in"
        ? "silent-back"
        : verdict === "no-audio-out"
          ? "silent-there"
          : verdict === "not-answered"
            ? "no-answer"
            : "refused";
  return { at, failure, detail, setupMs: null, there: null, back: null };
}
