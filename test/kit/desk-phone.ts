import { systemClock } from "../../server/kernel/clock.ts";
import { silentLog } from "../../server/kernel/log.ts";
import { systemRandom } from "../../server/kernel/random.ts";
import { createSipStack } from "../../server/sip/stack.ts";
import type { IncomingCall, SipStack } from "../../server/sip/types.ts";
import { RtpPeer } from "./rtp-peer.ts";
import { until } from "./until.ts";

export interface PhoneAccount {
  user: string;
  password: string;
  domain: string;
}

/** A call that a telephone makes on a line of its own. */
export interface PhoneCall extends AsyncDisposable {
  /** Silent; it hears what comes. */
  readonly peer: RtpPeer;
  readonly phase: "calling" | "answered" | "ended";
  hangUp(): void;
}

/** An agent's SIP telephone: registers by digest, picks up every call, sends a tone and measures what it hears. */
export interface DeskPhone extends AsyncDisposable {
  readonly peer: RtpPeer;
  readonly account: PhoneAccount;
  /** Calls that it has picked up, the newest last. */
  readonly calls: IncomingCall[];
  /** Nobody picks up: 480. */
  away: boolean;
  hangUp(): void;
  /** Calls a number by itself, as its keys are pressed off the call with the server. */
  dial(number: string): void;
  /** The same on a second line, to hear and to be heard. */
  call(number: string): Promise<PhoneCall>;
  /** Gone without a word, as a pulled plug: registration and call are left as they are. */
  unplug(): Promise<void>;
}

export async function deskPhone(
  account: PhoneAccount,
  server: { host: string; port: number },
  /** null: sends nothing at all. */
  toneHz: number | null,
): Promise<DeskPhone> {
  const peer = await RtpPeer.open();
  const stack: SipStack = await createSipStack({
    listen: [{ transport: "udp", host: "127.0.0.1", port: 0 }],
    realm: "phone.test",
    userAgent: "test desk phone",
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    credentialsOf: async () => undefined,
    trunkOf: () => "server",
  });
  const calls: IncomingCall[] = [];
  let current: IncomingCall | undefined;
  const phone = { away: false } as DeskPhone;
  stack.onInvite((call) => {
    const offer = call.body?.content;
    if (!offer) return call.reject(488);
    if (phone.away) return call.reject(480);
    peer.aim(offer);
    if (toneHz !== null) peer.sendTone(toneHz).start();
    call.on("ended", () => {
      if (current === call) current = undefined;
    });
    call.on("reoffer", (_body, respond) => respond(200, { type: "application/sdp", content: peer.sdp() }));
    call.accept({ type: "application/sdp", content: peer.sdp() });
    current = call;
    calls.push(call);
  });
  const registration = stack.register({
    registrar: { transport: "udp", host: server.host, port: server.port },
    aor: `sip:${account.user}@${account.domain}`,
    credentials: { user: account.user, password: account.password },
  });
  await until(`${account.user} registers`, () => registration.state.state === "registered");
  const invite = (number: string, sdp: string) =>
    stack.invite({
      uri: `sip:${encodeURIComponent(number)}@${account.domain}`,
      from: `sip:${account.user}@${account.domain}`,
      target: { transport: "udp", host: server.host, port: server.port },
      credentials: { user: account.user, password: account.password },
      body: { type: "application/sdp", content: sdp },
    });

  async function makeCall(number: string): Promise<PhoneCall> {
    const line = await RtpPeer.open();
    const made = invite(number, line.sdp());
    let phase: PhoneCall["phase"] = "calling";
    made.onAccepted(({ body }) => {
      phase = "answered";
      line.aim(body!.content).start();
    });
    made.onFailed(() => (phase = "ended"));
    made.on("ended", () => (phase = "ended"));
    return {
      peer: line,
      get phase() {
        return phase;
      },
      hangUp: () => made.hangup(),
      async [Symbol.asyncDispose]() {
        if (phase === "answered") made.hangup();
        await line[Symbol.asyncDispose]();
      },
    };
  }

  let gone = false;
  Object.assign(phone, {
    peer,
    calls,
    hangUp: () => current?.hangup(),
    account,
    dial: (number: string) => void invite(number, peer.sdp()),
    call: makeCall,
    async unplug() {
      gone = true;
      await peer[Symbol.asyncDispose]();
      await stack[Symbol.asyncDispose]();
    },
    async [Symbol.asyncDispose]() {
      if (gone) return;
      current?.hangup();
      await registration[Symbol.asyncDispose]();
      await peer[Symbol.asyncDispose]();
      await stack[Symbol.asyncDispose]();
    },
  });
  return phone;
}
