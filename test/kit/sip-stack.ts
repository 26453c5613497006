import { systemClock } from "../../server/kernel/clock.ts";
import { silentLog } from "../../server/kernel/log.ts";
import { systemRandom } from "../../server/kernel/random.ts";
import { createSipStack } from "../../server/sip/stack.ts";
import type { SipStack, SipStackOptions } from "../../server/sip/types.ts";

/** An SDP body that says little but is valid: PCMA at a port nobody listens on. */
export const plainSdp = (host = "127.0.0.1", port = 40_000) => ({
  type: "application/sdp",
  content: `v=0\r\no=- 1 1 IN IP4 ${host}\r\ns=-\r\nc=IN IP4 ${host}\r\nt=0 0\r\nm=audio ${port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n`,
});

/** A real stack on a free UDP port of loopback. Every source is a trunk unless told otherwise. */
export function sipStack(options: Partial<SipStackOptions> = {}): Promise<SipStack> {
  return createSipStack({
    listen: [{ transport: "udp", host: "127.0.0.1", port: 0 }],
    realm: "waihu.test",
    userAgent: "Waihu",
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    credentialsOf: async () => undefined,
    trunkOf: () => "t",
    ...options,
  });
}

/** The address of a stack's first socket as a URI of this user. */
export const uriAt = (stack: SipStack, user: string) => `sip:${user}@127.0.0.1:${stack.local[0]!.port}`;
