import { createHash } from "node:crypto";
import { type Clock, ownTimers, systemClock } from "../../server/kernel/clock.ts";
import { type Log, silentLog } from "../../server/kernel/log.ts";
import { type Random, systemRandom } from "../../server/kernel/random.ts";
import type { Codec } from "../../server/media/g711.ts";
import { createSipStack } from "../../server/sip/stack.ts";
import type { Body, SipStack, SipTarget } from "../../server/sip/types.ts";
import { CarrierCall, type CallContext } from "./call.ts";
import { loadClips } from "./clips.ts";
import { type Plan, planBySuffix } from "./plan.ts";
import { basePopulation, drawPlan, type Population } from "./population.ts";
import { openRtpHub, type RtpHub } from "./rtp-hub.ts";
import { readSdp, writeSdp } from "./sdp.ts";

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

export interface CallInRequest {
  from: string;
  to: string;
  target?: SipTarget;
  user?: string;
  plan?: Plan;
  /** INVITE without SDP; ours comes in the ACK (RFC 3261 §13.2.1). */
  lateOffer?: boolean;
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

const ha1 = (algorithm: "md5" | "sha256", user: string, realm: string, password: string) =>
  createHash(algorithm).update(`${user}:${realm}:${password}`).digest("hex");

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
        ha1Md5: ha1("md5", user, realm, password),
        ha1Sha256: ha1("sha256", user, realm, password),
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

interface CallInParts {
  sip: SipStack;
  hub: RtpHub;
  context: CallContext;
  codecs: readonly Codec[];
  follow(call: CarrierCall): void;
  move(call: CarrierCall, plan: Plan): void;
}

const talkative: Plan = [
  { do: "wait", ms: 300 },
  { do: "play", sound: "hello-zh-1" },
  { do: "talk", sound: "talk-zh", ms: 120_000 },
  { do: "hangup" },
];

function callIn(request: CallInRequest, parts: CallInParts): CarrierCall {
  const { sip, hub, context, codecs } = parts;
  const contact = request.user === undefined ? undefined : sip.contactsOf(request.user)[0];
  const target = request.target ?? contact?.target;
  if (!target) throw new Error(`Nobody to call: ${request.user ?? "no target"} is not registered.`);
  const ours = (chosen = codecs) => ({
    type: "application/sdp",
    content: writeSdp(context.host, hub.port, chosen),
  });
  const answerOffer = async (offer: Body | undefined) => {
    const talk = readSdp(offer?.content ?? "", codecs);
    return ours(talk && [talk.codec]);
  };
  const invite = sip.invite({
    uri: contact?.uri ?? `sip:${request.to}@${target.host}:${target.port}`,
    from: `sip:${request.from}@${context.host}`,
    to: `sip:${request.to}@${target.host}`,
    target,
    ...(request.lateOffer ? { answerOffer } : { body: ours() }),
  });
  const numbers = { from: request.from, to: request.to, direction: "out" } as const;
  const call = new CarrierCall(invite, numbers, undefined, context);
  parts.follow(call);
  invite.onAccepted((response) => {
    const talk = readSdp(response.body?.content ?? "", codecs);
    if (!talk) return call.hangup();
    call.accepted(talk);
    parts.move(call, request.plan ?? talkative);
  });
  invite.onFailed((response) => call.refused(response.status));
  return call;
}
