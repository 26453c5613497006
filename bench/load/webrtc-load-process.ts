/** Browsers as the add-on makes them: each offers, is answered, and then sends A-law every 20 ms. */
import datachannel, { type PeerConnection, type Track } from "node-datachannel";
import { rtpHeaderBytes } from "../../server/media/rtp-packet.ts";
import type { FromBrowsers, ToBrowsers } from "./messages.ts";
import { address, missingBefore, packet, sendInParts } from "./paced.ts";
import { raisePriority } from "./priority.ts";

raisePriority();
const legs = Number(process.argv[2]);
const say = (message: FromBrowsers) => void process.send!(message);
let [sent, received, missing] = [0, 0, 0];

interface Browser {
  peer: PeerConnection;
  track: Track;
}

function take(): (packet: Buffer) => void {
  let last: number | undefined;
  return (packet) => {
    if (packet.length <= rtpHeaderBytes || packet[1]! % 128 > 63) return;
    const sequence = packet.readUInt16BE(2);
    if (last !== undefined) missing += missingBefore(sequence, last);
    last = sequence;
    received++;
  };
}

async function openBrowser(_: unknown, leg: number): Promise<Browser> {
  const peer = new datachannel.PeerConnection(`browser${leg}`, { iceServers: [], bindAddress: "127.0.0.1" });
  const gathered = new Promise<void>((resolve) => {
    peer.onGatheringStateChange((state) => state === "complete" && resolve());
  });
  const audio = new datachannel.Audio("0", "SendRecv");
  audio.addAudioCodec(8, "PCMA");
  audio.addSSRC(leg + 1, "load");
  const track = peer.addTrack(audio);
  track.onMessage(take());
  peer.setLocalDescription("offer");
  await gathered;
  return { peer, track };
}

const browsers = await Promise.all(Array.from({ length: legs }, openBrowser));

function send(leg: number, frame: number): void {
  const { track } = browsers[leg]!;
  if (!track.isOpen()) return;
  address(leg, frame);
  track.sendMessageBinary(packet);
  sent++;
}

process.on("message", (message: ToBrowsers) => {
  if (message.type === "answers") {
    for (const [leg, sdp] of message.sdps.entries()) browsers[leg]!.peer.setRemoteDescription(sdp, "answer");
    sendInParts(() => legs, send);
  } else if (message.type === "reset") [sent, received, missing] = [0, 0, 0];
  else {
    const open = browsers.filter(({ track }) => track.isOpen()).length;
    say({ type: "report", open, sent, received, missing });
  }
});
process.on("disconnect", () => process.exit());
say({ type: "offers", sdps: browsers.map(({ peer }) => peer.localDescription()!.sdp) });
