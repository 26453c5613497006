import type { Clock } from "../kernel/clock.ts";
import { silentLog } from "../kernel/log.ts";
import type { Random } from "../kernel/random.ts";
import { hashCredentials } from "../sip/digest.ts";
import { createSipStack } from "../sip/stack.ts";
import type { Body, Credentials, IncomingCall, SipStack, SipTarget } from "../sip/types.ts";

/** A loopback address of our own (RFC 1122 §3.2.1.3), so that no other program on this machine is taken for the canary. */
const ownLoopback = "127.77.0.1";
const realm = "canary";

export interface CanaryPeerOptions {
  /** Where the switch takes SIP over UDP. */
  switchAt: SipTarget;
  /** Where RTP ports of the switch can be reached on this machine. */
  mediaHost: string;
  /** Who the peer is: for callers that must prove themselves, and for the switch's registrar. */
  account: Credentials;
  /** Challenge calls and registrations; else any call is welcome. */
  closed: boolean;
  clock: Clock;
  random: Random;
}

export interface CanaryPeer extends AsyncDisposable {
  readonly host: string;
  readonly ports: { udp: number; tcp: number };
  /** Registers at the switch as a phone and keeps it. */
  register(): void;
}

/**
 * The far end of canary calls: takes a call from the switch and calls the switch again, to the number that the first
 * call shows as its caller. Bodies pass through, so that the audio runs from one media leg of the switch to the other.
 */
export async function openCanaryPeer(options: CanaryPeerOptions): Promise<CanaryPeer> {
  const { account } = options;
  const stack = await openStack(options, ownLoopback).catch(() => openStack(options, "127.0.0.1"));
  stack.onInvite((call) => sendBack(stack, options, call));
  const [udp, tcp] = stack.local;
  return {
    host: udp!.host,
    ports: { udp: udp!.port, tcp: tcp!.port },
    register() {
      const aor = `sip:${account.user}@${options.switchAt.host}`;
      stack.register({ registrar: options.switchAt, aor, credentials: account });
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

function openStack({ account, closed, clock, random }: CanaryPeerOptions, host: string): Promise<SipStack> {
  return createSipStack({
    listen: (["udp", "tcp"] as const).map((transport) => ({ transport, host, port: 0 })),
    realm,
    userAgent: "Waihu canary",
    clock,
    random,
    log: silentLog,
    credentialsOf: async (user) =>
      user === account.user ? { ha1Md5: hashCredentials("MD5", user, realm, account.password) } : undefined,
    trunkOf: () => (closed ? undefined : "switch"),
  });
}

function sendBack(stack: SipStack, options: CanaryPeerOptions, call: IncomingCall): void {
  const { switchAt, mediaHost, account } = options;
  const passed = (body: Body | undefined): Body => ({
    type: body?.type ?? "application/sdp",
    content: (body?.content ?? "").replaceAll(/^c=IN IP[46] \S+/gm, `c=IN IP4 ${mediaHost}`),
  });
  const back = stack.invite({
    uri: `sip:${call.from.user}@${switchAt.host}:${switchAt.port}`,
    from: `sip:${account.user}@${switchAt.host}`,
    target: switchAt,
    credentials: account,
    body: passed(call.body),
  });
  back.onProgress(({ status }) => {
    if (status !== 100) call.progress(180);
  });
  back.onAccepted(({ body }) => call.accept(passed(body)));
  back.onFailed(({ status }) => call.reject(status));
  call.onCancelled(() => back.cancel());
  call.on("ended", () => back.hangup());
  back.on("ended", () => call.hangup());
}
