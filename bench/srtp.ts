/**
 * SRTP of a 20 ms G.711 packet: CPU time to seal and to open it, for each suite, on one thread.
 * `npm run bench -- srtp --packets 200000`
 */
import { writeRtpHeader } from "../server/media/rtp-packet.ts";
import { SrtpContext } from "../server/media/srtp-context.ts";
import { srtpSuites } from "../server/media/srtp-keys.ts";
import { flags, printTable, report } from "./lib.ts";

const { packets } = flags({ packets: 100_000 });
/** Packets sealed, then opened, in one go: as many as fit into the caches of a media process at work. */
const batch = 500;

function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function measure(suite: (typeof srtpSuites)[number], count: number): { seal: number; open: number } {
  const master = Buffer.alloc(suite.keyBytes + suite.saltBytes, 5);
  const [sender, receiver] = [new SrtpContext(suite, master), new SrtpContext(suite, master)];
  const plain = Buffer.alloc(172, 0xd5);
  let [sealing, opening] = [0, 0];
  for (let done = 0; done < count; done += batch) {
    const begun = cpuMicroseconds();
    const sealed = Array.from({ length: batch }, (_, i) => {
      const sequence = (done + i) & 0xffff;
      writeRtpHeader(plain, { payloadType: 8, marker: false, sequence, timestamp: 0, ssrc: 7 });
      return sender.protectRtp(plain)!;
    });
    const between = cpuMicroseconds();
    for (const packet of sealed) if (!receiver.unprotectRtp(packet)) throw new Error("not authentic");
    sealing += between - begun;
    opening += cpuMicroseconds() - between;
  }
  return { seal: sealing / count, open: opening / count };
}

const results = srtpSuites.map((suite) => {
  measure(suite, packets / 10);
  return { suite: suite.name, ...measure(suite, packets) };
});
printTable(results);
const of = (name: string) => results.find(({ suite }) => suite === name)!;
report("srtp", {
  packets,
  gcmSealUs: of("AEAD_AES_128_GCM").seal,
  gcmOpenUs: of("AEAD_AES_128_GCM").open,
  cmSealUs: of("AES_CM_128_HMAC_SHA1_80").seal,
  cmOpenUs: of("AES_CM_128_HMAC_SHA1_80").open,
});
