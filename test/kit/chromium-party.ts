import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { renderTones } from "../../server/media/tones.ts";
import { wavHeader } from "../../server/media/wav.ts";

/** A browser's peer connection, driven from a test: what JsSIP does, without the SIP. */
export interface ChromiumParty extends AsyncDisposable {
  /** Its offer, with all candidates. */
  offer(): Promise<string>;
  acceptAnswer(sdp: string): Promise<void>;
  answer(sdp: string): Promise<string>;
  /** A re-offer with another direction: hold and unhold. */
  reoffer(direction: "sendrecv" | "sendonly" | "inactive"): Promise<string>;
  /** A re-offer with new ICE credentials, as after a change of network. */
  restartIce(): Promise<string>;
  sendDtmf(digits: string): Promise<void>;
  /** Level at `hz` by an AnalyserNode, dB below full scale. */
  heardDb(hz: number): Promise<number>;
}

/** A tone of one second, 48 kHz being no better here than 8 kHz. */
export function toneWav(hz: number, levelDbm0 = -10): Buffer {
  const samples = renderTones([{ frequenciesHz: [hz], levelDbm0, onMs: 1000, offMs: 0 }]);
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return Buffer.concat([wavHeader(1, data.length), data]);
}

/** Arguments for a Chromium whose microphone is the file `wav` and whose permissions are granted. */
export function fakeMicrophone(wav: string): string[] {
  return [
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-audio-capture=${wav}`,
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
  ];
}

/** Runs in the page. */
const script = `
const pc = new RTCPeerConnection();
let analyser;
pc.ontrack = ({ track }) => {
  const stream = new MediaStream([track]);
  const element = new Audio();
  element.srcObject = stream;
  element.muted = true;
  element.play();
  const context = new AudioContext({ sampleRate: 48000 });
  analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  context.createMediaStreamSource(stream).connect(analyser);
};
const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const microphone = navigator.mediaDevices.getUserMedia({ audio: plain }).then((stream) => stream.getTracks()[0]);
const gathered = () => new Promise((resolve) => {
  const look = () => pc.iceGatheringState === "complete" && resolve(pc.localDescription.sdp);
  pc.onicegatheringstatechange = look;
  look();
});
window.party = {
  async offer() {
    pc.addTrack(await microphone);
    await pc.setLocalDescription();
    return gathered();
  },
  acceptAnswer: (sdp) => pc.setRemoteDescription({ type: "answer", sdp }),
  async answer(sdp) {
    await pc.setRemoteDescription({ type: "offer", sdp });
    pc.addTrack(await microphone);
    await pc.setLocalDescription();
    return gathered();
  },
  async reoffer(direction) {
    pc.getTransceivers()[0].direction = direction;
    await pc.setLocalDescription();
    return pc.localDescription.sdp;
  },
  async restartIce() {
    pc.restartIce();
    await pc.setLocalDescription();
    return gathered();
  },
  sendDtmf: (digits) => pc.getSenders()[0].dtmf.insertDTMF(digits, 100, 70),
  heardDb(hz) {
    if (!analyser) return -999;
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    return Math.max(...bins.slice(Math.floor((hz * 8192) / 48000) - 1, Math.ceil((hz * 8192) / 48000) + 2), -999);
  },
};
`;

/** Starts a headless Chromium whose microphone hears `hz`. */
export async function openChromiumParty(hz: number): Promise<ChromiumParty> {
  const folder = await mkdtemp(join(tmpdir(), "waihu-chromium-"));
  const wav = join(folder, "tone.wav");
  await writeFile(wav, toneWav(hz));
  // getUserMedia wants a secure origin; localhost is one.
  const server = createServer((_request, response) => response.end("<!doctype html><title>party</title>"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: fakeMicrophone(wav) });
  const page = await browser.newPage();
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  await page.addScriptTag({ content: script });
  const call = <T>(verb: string, argument?: string) =>
    page.evaluate<T>(`party.${verb}(${argument === undefined ? "" : JSON.stringify(argument)})`);
  return {
    offer: () => call("offer"),
    acceptAnswer: (sdp) => call("acceptAnswer", sdp),
    answer: (sdp) => call("answer", sdp),
    reoffer: (direction) => call("reoffer", direction),
    restartIce: () => call("restartIce"),
    sendDtmf: (digits) => call("sendDtmf", digits),
    heardDb: (frequency) => page.evaluate<number>(`party.heardDb(${frequency})`),
    async [Symbol.asyncDispose]() {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}
