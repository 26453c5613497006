import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { frameSamples } from "../../server/media/frame.ts";
import { sineSource, toneLevelDbm0 } from "../../server/media/tones.ts";
import { wavHeader } from "../../server/media/wav.ts";

import { freeUdpPort } from "./udp-port.ts";
import { until } from "./until.ts";

export interface LinphoneOptions {
  user: string;
  password: string;
  /** `host:port` of the registrar. */
  registrar: string;
  realm: string;
  transport?: "udp" | "tcp" | "tls";
  /** PEM of the authority that signed the registrar's certificate. */
  ca?: string;
  srtp?: "off" | "offered" | "mandatory";
  autoAnswer?: boolean;
  /** The tone that its microphone hears; default 620 Hz. */
  toneHz?: number;
}

/** A desk phone: the real linphone, driven through its console; its microphone and loudspeaker are files. */
export interface Linphone extends AsyncDisposable {
  /** Types a command: `call sip:…`, `answer`, `pause`, `resume`, `terminate`, `transfer …`, a digit. */
  type(command: string): void;
  /** Waits until the console says this, after all that was waited for before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** All that it said until now. */
  readonly said: string;
  /** Waits until this tone is in what it hears. */
  hears(hz: number): Promise<void>;
}

/** Codecs of linphone that we leave out, so that G.711 is what is left; names as in its configuration. */
const others = [
  "opus/48000/2",
  "speex/16000/1",
  "speex/8000/1",
  "speex/32000/1",
  "G722/8000/1",
  "GSM/8000/1",
];
const codecs = ["PCMA/8000/1", "PCMU/8000/1", ...others];

function configOf(options: LinphoneOptions, folder: string, sipPort: number): string {
  const { user, password, registrar, realm, transport = "udp", srtp = "off" } = options;
  const [host] = registrar.split(":");
  const sections: Record<string, Record<string, string | number>> = {
    sip: {
      // -1: any port.
      sip_port: transport === "udp" ? sipPort : 0,
      sip_tcp_port: transport === "tcp" ? -1 : 0,
      sip_tls_port: transport === "tls" ? -1 : 0,
      default_proxy: 0,
      use_info: 0,
      use_rfc2833: 1,
      media_encryption: srtp === "off" ? "none" : "srtp",
      media_encryption_mandatory: srtp === "mandatory" ? 1 : 0,
      ...(options.ca && {
        root_ca: join(folder, "ca.pem"),
        verify_server_certs: 1,
        // It does not read addresses in a certificate, only names.
        verify_server_cn: 0,
      }),
    },
    rtp: { audio_rtp_port: -1, audio_adaptive_jitt_comp_enabled: 1 },
    net: { nat_policy_ref: "", stun_server: "" },
    video: { enabled: 0 },
    sound: { echocancellation: 0 },
    misc: { log_collection: 0, uuid: "00000000-0000-0000-0000-000000000001" },
    proxy_0: {
      reg_proxy: `<sip:${registrar};transport=${transport}>`,
      reg_identity: `sip:${user}@${host}`,
      reg_route: `<sip:${registrar};transport=${transport};lr>`,
      reg_expires: 300,
      reg_sendregister: 1,
      publish: 0,
    },
    auth_info_0: { username: user, passwd: password, realm },
  };
  for (const [index, codec] of codecs.entries()) {
    const [mime, rate, channels] = codec.split("/") as [string, string, string];
    sections[`audio_codec_${index}`] = { mime, rate, channels, enabled: others.includes(codec) ? 0 : 1 };
  }
  return Object.entries(sections)
    .map(([name, values]) => {
      const lines = Object.entries(values).map(([key, value]) => `${key}=${value}`);
      return [`[${name}]`, ...lines, ""].join("\n");
    })
    .join("\n");
}

/** Half a minute; it begins again by itself. */
const toneFrames = 1500;

function toneFile(hz: number): Buffer {
  const source = sineSource(hz, -10);
  const samples = new Int16Array(toneFrames * frameSamples);
  for (let at = 0; at < samples.length; at += frameSamples) source(samples.subarray(at, at + frameSamples));
  return Buffer.concat([wavHeader(1, samples.byteLength), Buffer.from(samples.buffer)]);
}

/** Starts linphone on loopback; resolves when it has registered. */
export async function startLinphone(options: LinphoneOptions): Promise<Linphone> {
  const folder = await mkdtemp(join(tmpdir(), "linphone-"));
  const heard = join(folder, "heard.wav");
  await writeFile(join(folder, "rc"), configOf(options, folder, await freeUdpPort()));
  if (options.ca) await writeFile(join(folder, "ca.pem"), options.ca);
  await mkdir(join(folder, ".local/share/linphone"), { recursive: true });
  await writeFile(join(folder, "tone.wav"), toneFile(options.toneHz ?? 620));
  const child = spawn("linphonec", ["-c", join(folder, "rc"), ...(options.autoAnswer ? ["-a"] : [])], {
    cwd: folder,
    env: { ...process.env, HOME: folder, LINPHONE_TERM: "dumb" },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const exited = once(child, "exit");
  let said = "";
  let read = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => void (said += text));
  const phone: Linphone = {
    type: (command) => void child.stdin.write(`${command}\n`),
    async says(pattern) {
      return until(
        `linphone says ${pattern} after:\n${said}`,
        () => {
          const found = pattern.exec(said.slice(read));
          if (found) read += found.index + found[0].length;
          return found;
        },
        8000,
      );
    },
    get said() {
      return said;
    },
    async hears(hz) {
      await until(`linphone hears ${hz} Hz`, async () => {
        const bytes = await readFile(heard).catch(() => Buffer.alloc(0));
        const from = Math.max(44, bytes.length - 6400);
        const samples = new Int16Array(Math.max(0, (bytes.length - from) >> 1));
        for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(from + 2 * i);
        return samples.length >= 1600 && toneLevelDbm0(samples, hz) > -25;
      });
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
  phone.type("soundcard use files");
  phone.type(`play ${join(folder, "tone.wav")}`);
  phone.type(`record ${heard}`);
  return phone;
}
