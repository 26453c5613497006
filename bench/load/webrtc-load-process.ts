/** Browsers as the add-on makes them: each offers, is answered, and then sends A-law every 20 ms. */
import datachannel, { type PeerConnection, type Track } from "node-datachannel";
import { silenceByte } from "../../server/media/g711.ts";
import { rtpHeaderBytes, writeRtpHeader } from "../../server/media/rtp-packet.ts";
import type { FromBrowsers, ToBrowsers } from "./messages.ts";
import { raisePriority } from "./priority.ts";

raisePriority();
const legs = Number(process.argv[2]);
const parts = 20;
const say = (message: FromBrowsers) => void process.send!(message);
let [sent, received, missing] = [0, 0, 0];

interface Browser {
  peer: PeerConnection;
  track: Track;
  ssrc: number;
}

function take(): (packet: Buffer) => void {
  let last: number | undefined;
  return (packet) => {
    if (packet.length <= rtpHeaderBytes || packet[1]! % 128 > 63) return;
    const sequence = packet.readUInt16BE(2);
    const step = last === undefined ? 1 : (sequence - last) & 0xffff;
    missing += step < 0x8000 ? step - 1 : -1;
    last = sequence;
    received++;
  };
}

async function openBrowser(_: unknown, leg: number): Promise<Browser> {
  const peer = new datachannel.PeerConnection(`browser${leg}`, { iceServers: [], bindAddress: "127.0.0.1" });
  const gathered = new Promise<void>((resolve) => {
    peer.onGatheringStateChange((state) => state === "complete" && resolve());
  });
  const ssrc = leg + 1;
  const audio = new datachannel.Audio("0", "SendRecv");
  audio.addAudioCodec(8, "PCMA");
  audio.addSSRC(ssrc, "load");
  const track = peer.addTrack(audio);
  track.onMessage(take());
  peer.setLocalDescription("offer");
  await gathered;
  return { peer, track, ssrc };
}

const browsers = await Promise.all(Array.from({ length: legs }, openBrowser));
const packet = Buffer.alloc(rtpHeaderBytes + 160, silenceByte.PCMA);

function sendPart(part: number, frame: number): void {
  const share = Math.ceil(legs / parts);
  for (const { track, ssrc } of browsers.slice(part * share, (part + 1) * share)) {
    writeRtpHeader(packet, {
      payloadType: 8,
      marker: false,
      sequence: frame,
      timestamp: frame * 160,
      ssrc,
    });
    if (!track.isOpen()) continue;
    track.sendMessageBinary(packet);
    sent++;
  }
}

function start(): void {
  const began = performance.now();
  let part = 0;
  setInterval(() => {
    const due = Math.floor(performance.now() - began);
    for (; part <= due; part++) sendPart(part % parts, Math.floor(part / parts));
  }, 1);
}

process.on("message", (message: ToBrowsers) => {
  if (message.type === "answers") {
    for (const [leg, sdp] of message.sdps.entries()) browsers[leg]!.peer.setRemoteDescription(sdp, "answer");
    start();
  } else if (message.type === "reset") [sent, received, missing] = [0, 0, 0];
  else {
    const open = browsers.filter(({ track }) => track.isOpen()).length;
    say({ type: "report", open, sent, received, missing });
  }
});
process.on("disconnect", () => process.exit());
say({ type: "offers", sdps: browsers.map(({ peer }) => peer.localDescription()!.sdp) });
