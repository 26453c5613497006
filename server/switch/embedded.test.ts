import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatReplaces } from "../sip/replaces.ts";
import { plainSdp, sipStack } from "../../test/kit/sip-stack.ts";
import { testSwitch, trunkTo } from "../../test/kit/switch-bed.ts";
import type { CarrierCall } from "../../tools/carrier/call.ts";
import { startCarrier } from "../../tools/carrier/carrier.ts";
import { hashCredentials } from "../sip/digest.ts";
import type { IncomingCall, OutgoingCall, SipTarget } from "../sip/types.ts";
import { type Bench, conformance, type PartyCall, type PartyPhone } from "./conformance.ts";

const password = "secret";

const parties = new WeakMap<PartyCall, CarrierCall>();
const dialogOf = (party: PartyCall) => parties.get(party)!.sip.dialog!;

function partyCall(call: CarrierCall): PartyCall {
  const party: PartyCall = {
    from: call.from,
    to: call.to,
    ring: () => call.ring(),
    early: (hz) => void call.early({ tonesHz: [hz] }, true),
    answer: () => call.answer(),
    refuse: (status) => call.refuse(status),
    hangup: () => call.hangup(),
    async transfer(to) {
      const dialog = typeof to === "string" ? undefined : dialogOf(to);
      const uri = dialog
        ? `${dialog.remoteTarget}?Replaces=${encodeURIComponent(formatReplaces(dialog))}`
        : `sip:${to as string}@127.0.0.1`;
      return (await call.sip.refer(uri)).status;
    },
    nextTransfer: (status) =>
      new Promise((resolve) => {
        let isTaken = false;
        call.sip.on("refer", (referral) => {
          if (isTaken) return;
          isTaken = true;
          referral.progress(status);
          resolve({ to: referral.user, replaces: referral.replaces !== undefined });
        });
      }),
    hold: (on) => call.hold(on),
    tone: (hz) => call.stream?.tone(hz),
    quiet: () => call.stream?.quiet(),
    async hear(...hz) {
      const heard = await call.stream!.listen(400);
      return hz.map((frequency) => heard.toneDbm0(frequency));
    },
    sendDtmf: (digits) => call.stream?.sendDtmf(digits),
    digits: () => call.stream?.received.digits ?? "",
    async ended() {
      await call.until("ended");
      return call.end!.how;
    },
  };
  parties.set(party, call);
  return party;
}

/** The signalling of one call at the phone. */
function phoneCall(
  sip: IncomingCall | OutgoingCall,
): Pick<PartyCall, "answer" | "refuse" | "hangup" | "ended"> {
  const over = Promise.withResolvers<string>();
  sip.on("ended", () => over.resolve("bye"));
  if ("onCancelled" in sip) sip.onCancelled(() => over.resolve("cancelled"));
  return {
    answer: () => "accept" in sip && sip.accept(plainSdp()),
    refuse: (status) => "reject" in sip && sip.reject(status),
    hangup: () => sip.hangup(),
    ended: () => over.promise,
  };
}

async function openPhone(user: string, target: SipTarget): Promise<PartyPhone> {
  const stack = await sipStack();
  const aor = `sip:${user}@127.0.0.1`;
  const credentials = { user, password };
  stack.register({ registrar: target, aor, credentials });
  return {
    nextCall: () => new Promise((resolve) => stack.onInvite((call) => resolve(phoneCall(call)))),
    call: (number) =>
      phoneCall(
        stack.invite({
          uri: `sip:${number}@127.0.0.1:${target.port}`,
          from: aor,
          target,
          credentials,
          body: plainSdp(),
        }),
      ),
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

async function makeBench(): Promise<Bench> {
  const [sw, first, second, folder] = await Promise.all([
    testSwitch({
      credentialsOf: async (user) => ({ ha1Md5: hashCredentials("MD5", user, "waihu.test", password) }),
    }),
    startCarrier(),
    startCarrier(),
    mkdtemp(join(tmpdir(), "waihu-conformance-")),
  ]);
  const trunks = [trunkTo(first, 1), trunkTo(second, 2)] as const;
  sw.setTrunks(trunks);
  const target = { transport: "udp", host: "127.0.0.1", port: sw.sipLocal[0]!.port } as const;
  return {
    sw,
    folder,
    party: {
      trunks,
      firstTrunkRefuses: (status) => first.outage(status),
      nextCall: async () => partyCall(await Promise.race([first.nextCall(), second.nextCall()])),
      callIn(from, to, replacing) {
        if (!replacing) return partyCall(first.callIn({ from, to, target }));
        const headers = [["Replaces", formatReplaces(dialogOf(replacing))]] as const;
        return partyCall(first.callIn({ from, to, target, plan: [], headers }));
      },
      phone: (user) => openPhone(user, target),
    },
    async [Symbol.asyncDispose]() {
      await sw[Symbol.asyncDispose]();
      await Promise.all([first[Symbol.asyncDispose](), second[Symbol.asyncDispose]()]);
      await rm(folder, { recursive: true });
    },
  };
}

conformance(makeBench);
