import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { freeUdpPort } from "./udp-port.ts";

export interface BaresipOptions {
  user: string;
  password: string;
  /** `host:port` of the registrar; absent: it does not register. */
  registrar: string;
  /** False: `registrar` is only its domain. */
  registers?: boolean;
  transport?: "udp" | "tcp";
  /** Picks up by itself. */
  autoAnswer?: boolean;
  /** SRTP with keys in SDP: offered, or insisted on. Default none. */
  srtp?: "srtp" | "srtp-mand";
  /** Asks what waits in the voicemail, and tells of it as `MWI_NOTIFY`. */
  messages?: boolean;
  /** WAV it plays as its microphone (8 kHz, 16 bit, mono); default a tone. */
  wav?: string;
}

/** An event as baresip tells it: `REGISTER_OK`, `CALL_INCOMING`, `CALL_ESTABLISHED`, `CALL_CLOSED`, … */
export interface BaresipEvent {
  type: string;
  param?: string;
  peeruri?: string;
}

/** A desk phone: the real baresip, driven through its control socket. */
export interface Baresip extends AsyncDisposable {
  readonly sipPort: number;
  /** What it has told, the oldest first. */
  readonly past: readonly BaresipEvent[];
  /** Resolves with the first event of this type, also when it has already come. */
  event(type: string): Promise<BaresipEvent>;
  /** A command of its menu: `dial sip:…`, `accept`, `hangup`, `hold`, `resume`, `sndcode 5`. */
  command(name: string, params?: string): Promise<string>;
}

/** A minute (it hangs up at the end) of 440 Hz as an 8 kHz, 16-bit WAV. */
function toneWav(): Buffer {
  const samples = 480_000;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write("WAVEfmt ", 8);
  for (const [offset, value] of [
    [16, 16],
    [24, 8_000],
    [28, 16_000],
    [40, samples * 2],
  ] as const)
    wav.writeUInt32LE(value, offset);
  for (const [offset, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    wav.writeUInt16LE(value, offset);
  wav.write("data", 36);
  for (let i = 0; i < samples; i++)
    wav.writeInt16LE(Math.round(8_000 * Math.sin((i * 440 * 2 * Math.PI) / 8_000)), 44 + i * 2);
  return wav;
}

async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

async function connected(port: number): Promise<Socket> {
  for (let tries = 0; ; tries++) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return socket;
    } catch (error) {
      if (tries === 250) throw error;
      await after(20);
    }
  }
}

/** Netstrings (`12:payload,`) out of a byte stream. */
function netstrings(socket: Socket, take: (payload: string) => void): void {
  let pending = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const colon = pending.indexOf(":");
      const length = Number(pending.toString("latin1", 0, Math.max(colon, 0)));
      if (colon < 0 || pending.length < colon + length + 2) return;
      take(pending.toString("utf8", colon + 1, colon + 1 + length));
      pending = pending.subarray(colon + length + 2);
    }
  });
}

/** Starts baresip on loopback; resolves when it knows its account. */
export async function startBaresip(options: BaresipOptions): Promise<Baresip> {
  const folder = await mkdtemp(join(tmpdir(), "baresip-"));
  const [sipPort, controlPort] = [await freeUdpPort(), await freeTcpPort()];
  const wav = options.wav ?? join(folder, "tone.wav");
  if (options.wav === undefined) await writeFile(wav, toneWav());
  const config = `sip_listen 127.0.0.1:${sipPort}
call_max_calls 4
ctrl_tcp_listen 127.0.0.1:${controlPort}
audio_source aufile,${wav}
audio_player aubridge,null
audio_alert aubridge,null
audio_srate 8000
audio_channels 1
ausrc_srate 8000
ausrc_channels 1
rtp_stats yes
module_path /usr/lib/baresip/modules
module g711.so
${options.srtp ? "module srtp.so\n" : ""}module aufile.so
module aubridge.so
module_tmp uuid.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
${options.messages ? "module_app mwi.so\n" : ""}`;
  const { user, password, registrar, transport = "udp" } = options;
  const answerMode = options.autoAnswer ? "auto" : "manual";
  const account = `<sip:${user}@${registrar};transport=${transport}>;auth_user=${user};auth_pass=${password};answermode=${answerMode};regint=${options.registers === false ? 0 : 120};audio_codecs=pcma,pcmu${options.srtp ? `;mediaenc=${options.srtp}` : ""}`;
  await writeFile(join(folder, "config"), config);
  await writeFile(join(folder, "accounts"), "");
  await writeFile(join(folder, "contacts"), "");
  const child = spawn("baresip", ["-f", folder], { stdio: "ignore", cwd: folder });
  const exited = once(child, "exit");
  const socket = await connected(controlPort);
  socket.on("error", () => undefined);
  const past: BaresipEvent[] = [];
  const news = new EventEmitter();
  let token = 0;
  netstrings(socket, (payload) => {
    const message = JSON.parse(payload) as BaresipEvent & { token?: string; data?: string; event?: boolean };
    if (message.event) past.push(message);
    news.emit(message.event ? `event ${message.type}` : `answer ${message.token}`, message);
  });
  const command: Baresip["command"] = async (name, params = "") => {
    const id = String(++token);
    const text = JSON.stringify({ command: name, params, token: id });
    const answered = once(news, `answer ${id}`) as Promise<[{ data?: string }]>;
    socket.write(`${Buffer.byteLength(text)}:${text},`);
    return (await answered)[0].data ?? "";
  };
  // An account of its file registers before anybody listens at the socket, and what comes of it is told to nobody.
  await command("uanew", account);
  return {
    sipPort,
    past,
    async event(type) {
      const known = past.find((event) => event.type === type);
      return known ?? ((await once(news, `event ${type}`)) as [BaresipEvent])[0];
    },
    command,
    async [Symbol.asyncDispose]() {
      socket.destroy();
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
