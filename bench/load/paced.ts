import { silenceByte } from "../../server/media/g711.ts";
import { rtpHeaderBytes, writeRtpHeader } from "../../server/media/rtp-packet.ts";

/** Legs send in this many parts of 1 ms, as parties that know nothing of each other do. */
const parts = 20;

/** A frame of A-law silence, for one party after another. */
export const packet = Buffer.alloc(rtpHeaderBytes + 160, silenceByte.PCMA);

/** Writes the header of leg `leg`'s packet for its `frame`. */
export function address(leg: number, frame: number): void {
  const header = { payloadType: 8, marker: false, sequence: frame, timestamp: frame * 160, ssrc: leg + 1 };
  writeRtpHeader(packet, header);
}

/** Has each of `count()` legs send its frame every 20 ms. */
export function sendInParts(count: () => number, send: (leg: number, frame: number) => void): void {
  const began = performance.now();
  let part = 0;
  const sendPart = (at: number, frame: number) => {
    const share = Math.ceil(count() / parts);
    for (let leg = at * share; leg < Math.min(count(), (at + 1) * share); leg++) send(leg, frame);
  };
  setInterval(() => {
    // Looked at once: a load that cannot keep up must not loop for ever, and is told as its own rate.
    const due = Math.floor(performance.now() - began);
    for (; part <= due; part++) sendPart(part % parts, Math.floor(part / parts));
  }, 1);
}

/** Packets missing before this one; -1 for one that was counted as missing and came behind its time. */
export function missingBefore(sequence: number, last: number): number {
  const step = (sequence - last) & 0xffff;
  return step < 0x8000 ? step - 1 : -1;
}
