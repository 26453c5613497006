import { type Clock, ownTimers, systemClock } from "../../server/kernel/clock.ts";
import { type Log, silentLog } from "../../server/kernel/log.ts";
import { type Random, systemRandom } from "../../server/kernel/random.ts";
import type { Codec } from "../../server/media/g711.ts";
import { hashCredentials } from "../../server/sip/digest.ts";
import { createSipStack } from "../../server/sip/stack.ts";
import type { SipStack } from "../../server/sip/types.ts";
import { CarrierCall, type CallContext } from "./call.ts";
import { callIn, type CallInRequest } from "./call-in.ts";
import { loadClips } from "./clips.ts";
import { type Plan, planBySuffix } from "./plan.ts";
import { basePopulation, drawPlan, type Population } from "./population.ts";
import { openRtpHub, type RtpHub } from "./rtp-hub.ts";
import { readSdp } from "./sdp.ts";

export interface CarrierOptions {
  /** Port 0 lets the system choose. */
  host?: string;
  port?: number;
  transport?: "udp" | "tcp";
  /** How numbers without a forcing suffix behave; default `basePopulation`. */
  population?: Partial<Population>;
  /** Numbers ending in 00…09 are forced (`plan.ts`); false leaves all to the population. */
  suffixes?: boolean;
  codecs?: Codec[];
  /** With accounts, INVITE and REGISTER must prove themselves by digest; without, any source is welcome. */
  accounts?: { user: string; password: string }[];
  realm?: string;
  clock?: Clock;
  random?: Random;
  log?: Log;
}

/** A telephone network of one process: a real SIP endpoint whose people answer, ring out, are busy or wrong numbers. */
export interface Carrier extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** Calls that live now. */
  readonly calls: readonly CarrierCall[];
  /** Counts since start. */
  readonly counts: { offered: number; answered: number; ended: number };
  /** The next call (to this number, if given) is left to the caller of this function: no plan moves it. */
  nextCall(number?: string): Promise<CarrierCall>;
  /** The next call (to this number), its plan running on. */
  seeCall(number?: string): Promise<CarrierCall>;
  /** Every call to this number follows the plan; undefined forgets it. Wins over suffix and population. */
  behave(number: string, plan: Plan | undefined): void;
  /** Changes how numbers without a forced plan behave from now on. */
  setPopulation(population: Partial<Population>): void;
  /** Calls the switch: at `target`, or where `user` registered. Its person speaks once answered, unless `plan` says otherwise. */
  callIn(call: CallInRequest): CarrierCall;
  /** From here on answers every new INVITE with this status; undefined goes back to normal. */
  outage(status: number | undefined): void;
}

export async function startCarrier(options: CarrierOptions = {}): Promise<Carrier> {
  const host = options.host ?? "127.0.0.1";
  const realm = options.realm ?? "carrier.example";
  const log = options.log ?? silentLog;
  const random = options.random ?? systemRandom;
  const clock = ownTimers(options.clock ?? systemClock);
  const accounts = new Map((options.accounts ?? []).map((account) => [account.user, account.password]));
  const deaf = new Set<string>();
  const hub = await openRtpHub(host, random);
  const sip = await createSipStack({
    listen: [{ transport: options.transport ?? "udp", host, port: options.port ?? 0 }],
    realm,
    userAgent: "Waihu simulated carrier",
    clock,
    random,
    log,
    credentialsOf: async (user) => {
      const password = accounts.get(user);
      if (password === undefined) return undefined;
      return {
        ha1Md5: hashCredentials("MD5", user, realm, password),
        ha1Sha256: hashCredentials("SHA-256", user, realm, password),
      };
    },
    isDeafTo: (callId) => deaf.has(callId),
    trunkOf: () => (accounts.size === 0 ? "peer" : undefined),
  });
  const context: CallContext = {
    hub,
    clips: loadClips(),
    clock,
    host,
    vanish: (callId) => void deaf.add(callId),
  };
  return run(options, sip, hub, context, log);
}

type Waiter = { number?: string; take: boolean; resolve: (call: CarrierCall) => void };

function run(options: CarrierOptions, sip: SipStack, hub: RtpHub, context: CallContext, log: Log): Carrier {
  const codecs = options.codecs ?? ["PCMA", "PCMU"];
  const plans = new Map<string, Plan>();
  const dialled = new Map<string, number>();
  const calls = new Set<CarrierCall>();
  const counts = { offered: 0, answered: 0, ended: 0 };
  let population: Population = { ...basePopulation, ...options.population };
  let waiters: Waiter[] = [];
  let outage: number | undefined;

  const planOf = (number: string): Plan => {
    const count = (dialled.get(number) ?? 0) + 1;
    dialled.set(number, count);
    const suffix = options.suffixes === false ? undefined : planBySuffix(number);
    return plans.get(number) ?? suffix ?? drawPlan(population, number, count);
  };
  const follow = (call: CarrierCall) => {
    calls.add(call);
    counts.offered += 1;
    void watch(call);
  };
  const watch = async (call: CarrierCall) => {
    await call.until("answered");
    if (call.phase === "answered") counts.answered += 1;
    await call.until("ended");
    calls.delete(call);
    counts.ended += 1;
  };
  const move = (call: CarrierCall, plan: Plan) => {
    call.run(plan).catch((error: unknown) => {
      log.error({ err: error, number: call.to }, "a plan failed");
      call.hangup();
    });
  };
  const wait = (number: string | undefined, take: boolean) =>
    new Promise<CarrierCall>((resolve) => waiters.push({ number, take, resolve }));

  sip.onInvite((invite) => {
    if (outage !== undefined) return invite.reject(outage);
    const offer = readSdp(invite.body?.content ?? "", codecs);
    if (!offer) return invite.reject(488);
    const to = invite.to.user;
    const call = new CarrierCall(invite, { from: invite.from.user, to, direction: "in" }, offer, context);
    follow(call);
    const called = waiters.filter((waiter) => waiter.number === undefined || waiter.number === to);
    waiters = waiters.filter((waiter) => !called.includes(waiter));
    for (const waiter of called) waiter.resolve(call);
    if (!called.some((waiter) => waiter.take)) move(call, planOf(to));
  });

  return {
    host: context.host,
    port: sip.local[0]!.port,
    get calls() {
      return [...calls];
    },
    counts,
    nextCall: (number) => wait(number, true),
    seeCall: (number) => wait(number, false),
    behave(number, plan) {
      if (plan) plans.set(number, plan);
      else plans.delete(number);
    },
    setPopulation(change) {
      population = { ...population, ...change };
    },
    outage(status) {
      outage = status;
    },
    callIn: (request) => callIn(request, { sip, hub, context, codecs, follow, move }),
    async [Symbol.asyncDispose]() {
      for (const call of calls) call.hangup();
      await sip[Symbol.asyncDispose]();
      await hub[Symbol.asyncDispose]();
      context.clock[Symbol.dispose]();
    },
  };
}
