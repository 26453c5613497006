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

/** An agent's SIP telephone: registers by digest, picks up every call, sends a tone and measures what it hears. */
export interface DeskPhone extends AsyncDisposable {
  readonly peer: RtpPeer;
  /** Calls that it has picked up, the newest last. */
  readonly calls: IncomingCall[];
  /** Nobody picks up: 480. */
  away: boolean;
  hangUp(): void;
  /** Calls a number by itself, as its keys are pressed off the call with the server. */
  dial(number: string): void;
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
  let gone = false;
  Object.assign(phone, {
    peer,
    calls,
    hangUp: () => current?.hangup(),
    dial: (number: string) => {
      stack.invite({
        uri: `sip:${encodeURIComponent(number)}@${account.domain}`,
        from: `sip:${account.user}@${account.domain}`,
        target: { transport: "udp", host: server.host, port: server.port },
        credentials: { user: account.user, password: account.password },
        body: { type: "application/sdp", content: peer.sdp() },
      });
    },
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
