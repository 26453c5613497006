import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { until } from "./until.ts";
import { fakeMicrophone, toneWav } from "./chromium-party.ts";
import type { NatBox } from "./nat-box.ts";

/**
 * Runs in every page before the product's code. It hears what the product's peer connection receives, and asks
 * for an unprocessed microphone, since noise suppression takes a steady tone for noise.
 */
const ears = `(() => {
  const Real = RTCPeerConnection;
  window.ears = { connections: [], analysers: new Map() };
  window.RTCPeerConnection = class extends Real {
    constructor(...given) { super(...given); ears.connections.push(this); }
  };
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = ({ audio }) => open({ audio: { ...audio,
    echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
  const fftSize = 8192;
  let context;
  ears.analyser = () => {
    const live = ears.connections.filter((pc) => pc.connectionState === "connected").at(-1);
    const track = live?.getReceivers()[0]?.track;
    if (!track) return undefined;
    if (!ears.analysers.has(track)) {
      context ??= new AudioContext({ sampleRate: 48000 });
      const analyser = context.createAnalyser();
      analyser.fftSize = fftSize;
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
      ears.analysers.set(track, analyser);
    }
    return ears.analysers.get(track);
  };
  /** The local end of the way that audio takes. */
  ears.way = async () => {
    const stats = await ears.connections.at(-1).getStats();
    const all = [...stats.values()];
    const { selectedCandidatePairId } = all.find((one) => one.type === "transport");
    const pair = stats.get(selectedCandidatePairId);
    return { ...stats.get(pair.localCandidateId), serverPort: stats.get(pair.remoteCandidateId).port };
  };
  ears.heardDb = (hz) => {
    const analyser = ears.analyser();
    if (!analyser) return -999;
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const at = (hz * fftSize) / 48000;
    return Math.max(...bins.slice(Math.floor(at) - 1, Math.ceil(at) + 2), -999);
  };
})()`;

/**
 * Puts a router in the way of the product's peer connections: the server is found behind the router's port, and does
 * not learn where the browser really stands.
 */
const behindNat = `(() => {
  const Real = RTCPeerConnection;
  const away = /^(a=candidate:\\S+ 1 UDP \\d+ )\\S+ (\\d+) /im;
  window.RTCPeerConnection = class extends Real {
    get localDescription() {
      const real = super.localDescription;
      return real && { type: real.type, sdp: real.sdp.replace(/^a=candidate:.*\\r\\n/gm, "") };
    }
    async setRemoteDescription({ type, sdp }) {
      const lines = sdp.split("\\r\\n").filter((line) => !line.startsWith("a=candidate:"));
      const [, start, port] = away.exec(sdp) ?? [];
      if (!start) return super.setRemoteDescription({ type, sdp });
      const candidate = start + "127.0.0.1 " + (await natPort(Number(port))) + " typ host";
      const end = lines.findIndex((line, i) => i > 0 && line === "" ) ;
      lines.splice(end < 0 ? lines.length : end, 0, candidate);
      return super.setRemoteDescription({ type, sdp: lines.join("\\r\\n") });
    }
  };
})()`;

/** A person's browser: a headless Chromium of its own, whose microphone hears one tone. */
export interface TestBrowser extends AsyncDisposable {
  readonly page: Page;
  readonly browser: Browser;
  /** Errors of the page's code since it opened. */
  readonly errors: string[];
  /** Level of a frequency in what the agent hears, dB below full scale; about -20 for a carrier's tone. */
  heardDb(hz: number): Promise<number>;
  /** Waits until the agent hears the tone. */
  hears(hz: number): Promise<void>;
  /** Process ids of the whole browser, or of its pages alone. */
  pids(type?: "renderer"): Promise<number[]>;
  /** Another page with the same session and microphone, as a reload or a second tab has. */
  tab(): Promise<Page>;
}

export interface BrowserOptions {
  /** The person refuses the microphone. */
  deaf?: boolean;
  /** Tone in the microphone. */
  hz: number;
  language?: "zh" | "en";
  dark?: boolean;
  viewport?: { width: number; height: number };
  /** The browser's way to the server's media. */
  nat?: NatBox;
}

export async function openBrowser({
  hz,
  deaf = false,
  language = "zh",
  dark = false,
  viewport,
  nat,
}: BrowserOptions): Promise<TestBrowser> {
  const folder = await mkdtemp(join(tmpdir(), "waihu-browser-"));
  const wav = join(folder, "tone.wav");
  await writeFile(wav, toneWav(hz));
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    // The product's own way past the autoplay rule is under test.
    args: fakeMicrophone(wav).filter((arg) => !arg.startsWith(deaf ? "--use-fake-ui" : "--autoplay-policy")),
  });
  const context = await browser.newContext({
    viewport: viewport ?? { width: 1440, height: 900 },
    colorScheme: dark ? "dark" : "light",
    locale: language === "zh" ? "zh-CN" : "en-GB",
    timezoneId: "Asia/Shanghai",
    permissions: deaf ? [] : ["microphone"],
  });
  if (nat) {
    await context.exposeFunction("natPort", (port: number) => nat.portFor(port));
    await context.addInitScript(behindNat);
  }
  await context.addInitScript(ears);
  const errors: string[] = [];
  const tab = async () => {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("dialog", (dialog) => void dialog.accept());
    return page;
  };
  const page = await tab();
  const heardDb = (frequency: number) => page.evaluate<number>(`ears.heardDb(${frequency})`);
  return {
    page,
    browser,
    errors,
    tab,
    heardDb,
    async hears(frequency) {
      // Not by waitForFunction: it evaluates strings in the page, which the product's policy forbids.
      await until(`${frequency} Hz is heard`, async () => (await heardDb(frequency)) > -50);
    },
    async pids(type) {
      const session = await browser.newBrowserCDPSession();
      const { processInfo } = await session.send("SystemInfo.getProcessInfo");
      await session.detach();
      return processInfo.filter((one) => !type || one.type === type).map(({ id }) => id);
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Signs a person of the bed in through the sign-in page and waits for the page behind it. */
export async function signIn(page: Page, url: string, login: string, path = "/desk"): Promise<void> {
  await page.goto(`${url}/sign-in?next=${encodeURIComponent(path)}`);
  await page.locator("input[autocomplete=username]").fill(login);
  await page.locator("input[type=password]").fill("password");
  await page.locator("button[type=submit]").click();
  await page.waitForURL(`${url}${path}`);
}
