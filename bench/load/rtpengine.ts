/** rtpengine as the peer to measure against: in user space, on loopback, driven by its ng protocol (bencode over UDP). */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { parseSdp } from "../../server/media/sdp.ts";
import { freeUdpPort } from "../../test/kit/udp-port.ts";

export const rtpengineHint = "rtpengine is not installed: apt-get install rtpengine-daemon";

const text = (s: string) => `${Buffer.byteLength(s)}:${s}`;

const bencode = (value: Record<string, string>): string => {
  const pairs = Object.keys(value)
    .toSorted()
    .map((key) => text(key) + text(value[key]!));
  return `d${pairs.join("")}e`;
};

/** The string under `key` of a bencoded answer. */
function stringOf(answer: string, key: string): string | undefined {
  const found = new RegExp(`${key.length}:${key}(\\d+):`).exec(answer);
  if (!found) return undefined;
  const start = found.index + found[0].length;
  return answer.slice(start, start + Number(found[1]));
}

function portIn(answer: string): number {
  const sdp = parseSdp(stringOf(answer, "sdp") ?? "");
  if (!sdp) throw new Error(`rtpengine: ${answer}`);
  return sdp.audio.port;
}

export interface Rtpengine extends AsyncDisposable {
  pid: number;
  /** Relays two parties; returns where each has to send. */
  relay(callId: string, sdps: [string, string]): Promise<[number, number]>;
}

export function hasRtpengine(): boolean {
  try {
    execFileSync("rtpengine", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

/** Starts it with its own range of ports. Needs `rtpengine` on the path. */
export async function startRtpengine(): Promise<Rtpengine> {
  const ngPort = await freeUdpPort();
  const options = {
    table: "-1",
    interface: "127.0.0.1",
    "listen-ng": `127.0.0.1:${ngPort}`,
    "port-min": "50000",
    "port-max": "59999",
    "log-level": "3",
  };
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const command = ["rtpengine", "--config-file=none", "--foreground", "--log-stderr", ...args];
  // At the priority that media processes give themselves.
  const child = spawn("nice", ["-n", "-7", ...command], { stdio: "ignore" });
  const socket = createSocket("udp4");
  let cookie = 0;

  async function ask(command: Record<string, string>): Promise<string> {
    const id = `b${++cookie}`;
    for (let attempt = 0; attempt < 50; attempt++) {
      socket.send(`${id} ${bencode(command)}`, ngPort, "127.0.0.1");
      const wait = AbortSignal.timeout(200);
      try {
        for (;;) {
          const [datagram] = (await once(socket, "message", { signal: wait })) as [Buffer];
          const answer = datagram.toString("latin1");
          if (answer.startsWith(`${id} `)) return answer;
        }
      } catch {
        if (child.exitCode !== null) throw new Error(`rtpengine ended with ${child.exitCode}`);
      }
    }
    throw new Error("rtpengine does not answer");
  }

  await ask({ command: "ping" });
  return {
    pid: child.pid!,
    async relay(callId, [a, b]) {
      const call = { "call-id": callId, "from-tag": "a", ICE: "remove" };
      const toB = portIn(await ask({ ...call, command: "offer", sdp: a }));
      const toA = portIn(await ask({ ...call, command: "answer", "to-tag": "b", sdp: b }));
      return [toA, toB];
    },
    async [Symbol.asyncDispose]() {
      socket.close();
      await stop(child);
    },
  };
}
