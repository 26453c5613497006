/**
 * One media process under load on loopback: its CPU time for a leg and second, as legs that would fill one core, and
 * the delay it adds. The load comes from this process, so two cores with nothing else to do are wanted.
 * `npm run bench -- media --legs 300 --seconds 10`
 */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../server/kernel/clock.ts";
import { silentLog } from "../server/kernel/log.ts";
import { silenceByte } from "../server/media/g711.ts";
import { createMediaPool } from "../server/media/pool.ts";
import { writeRtpHeader } from "../server/media/rtp-packet.ts";
import { parseSdp } from "../server/media/sdp.ts";
import type { MediaLeg } from "../server/media/types.ts";
import { flags, percentile, printTable, report } from "./lib.ts";

const { legs, seconds } = flags({ legs: 240, seconds: 6 });
const affinity = "bench";
/** Loudest A-law code: a click that is found again after mixing. */
const click = 0xaa;

/** CPU seconds that a process has used (proc(5): fields 14 and 15, ticks of 10 ms). */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The event loop takes 32 datagrams a socket and turn; one socket would be the bottleneck. */
const socketCount = 40;

async function openSocket(): Promise<Socket> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return socket;
}

function sdpOf(socket: Socket): string {
  const { port } = socket.address();
  const lines = [
    "v=0",
    "o=- 1 1 IN IP4 127.0.0.1",
    "s=-",
    "c=IN IP4 127.0.0.1",
    "t=0 0",
    `m=audio ${port} RTP/AVP 8`,
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}

interface Scenario {
  name: string;
  /** Legs in a room, all hearing all; two are relayed. */
  roomSize: number;
  recorded: boolean;
}

interface Load extends AsyncDisposable {
  delays: number[];
  received: number;
  sent: number;
}

/** Sends a packet every 20 ms to every port; every tenth carries a click whose way through is timed. */
async function startLoad(
  sockets: readonly Socket[],
  ports: readonly number[],
  roomSize: number,
): Promise<Load> {
  const sentAt = new Map<number, number>();
  const load = { delays: [] as number[], received: 0, sent: 0 };
  const room = (port: number) => Math.floor(ports.indexOf(port) / roomSize);
  const onMessage = (datagram: Buffer, from: { port: number }) => {
    load.received++;
    if (datagram.length !== 172 || !datagram.includes(click, 12)) return;
    const at = sentAt.get(room(from.port));
    if (at !== undefined) load.delays.push(performance.now() - at);
  };
  for (const socket of sockets) socket.on("message", onMessage);
  let frame = 0;
  const quarter = Math.ceil(ports.length / 4);
  const sendPart = (part: number) => {
    for (const [i, port] of ports.entries()) {
      if (Math.floor(i / quarter) !== part) continue;
      const packet = Buffer.alloc(172, silenceByte.PCMA);
      writeRtpHeader(packet, {
        payloadType: 8,
        marker: false,
        sequence: frame,
        timestamp: frame * 160,
        ssrc: i + 1,
      });
      if (i % roomSize === 0 && frame % 10 === 0) {
        packet[12] = click;
        sentAt.set(i / roomSize, performance.now());
      }
      sockets[i % sockets.length]!.send(packet, port, "127.0.0.1");
      load.sent++;
    }
  };
  const start = performance.now();
  let part = 0;
  const timer = setInterval(() => {
    // Looked at once: a load that cannot keep up must not loop for ever, and is told as its own rate.
    const due = Math.floor((performance.now() - start) / 5);
    while (part <= due) {
      if (part % 4 === 0) frame++;
      sendPart(part++ % 4);
    }
  }, 1);
  return Object.assign(load, {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      for (const socket of sockets) {
        const closed = once(socket, "close");
        socket.close();
        await closed;
      }
    },
  });
}

async function measure({ name, roomSize, recorded }: Scenario) {
  const folder = await mkdtemp(join(tmpdir(), "waihu-bench-"));
  await using pool = await createMediaPool({
    processes: 1,
    bindHost: "127.0.0.1",
    advertisedHost: "127.0.0.1",
    rtpPorts: { min: 0, max: 0 },
    webrtcPort: 0,
    iceServers: [],
    clock: systemClock,
    log: silentLog,
  });
  const sockets = await Promise.all(Array.from({ length: socketCount }, openSocket));
  const ports: number[] = [];
  const all: MediaLeg[] = [];
  for (let i = 0; i < legs; i++) {
    const leg = await pool.createLeg({ legId: String(i), kind: "rtp", affinity });
    all.push(leg);
    ports.push(parseSdp(await leg.answer(sdpOf(sockets[i % socketCount]!)))!.audio.port);
    if (recorded && i % 2 === 0) await leg.startRecording(String(i), join(folder, `${i}.wav`));
  }
  for (let i = 0; i < legs; i += roomSize) {
    const ids = all.slice(i, i + roomSize).map((leg) => leg.legId);
    pool.createRoom(`room${i}`, affinity).setMatrix(new Map(ids.map((id) => [id, new Set(ids)])));
  }
  await using load = await startLoad(sockets, ports, roomSize);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  load.delays.length = load.received = load.sent = 0;
  const { pid } = pool.status()[0]!;
  const [cpu, wall] = [cpuSeconds(pid), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const elapsed = (performance.now() - wall) / 1000;
  const core = (cpuSeconds(pid) - cpu) / elapsed;
  const result = {
    scenario: name,
    legs,
    "% core": core * 100,
    "legs a core": legs / core,
    "sent /s": load.sent / elapsed,
    "received /s": load.received / elapsed,
    "delay p50 ms": percentile(load.delays, 0.5),
    "delay p99 ms": percentile(load.delays, 0.99),
  };
  await rm(folder, { recursive: true });
  return result;
}

const relay = await measure({ name: "relay", roomSize: 2, recorded: false });
const recorded = await measure({ name: "relay, every call recorded", roomSize: 2, recorded: true });
const mixed = await measure({ name: "rooms of three, mixed", roomSize: 3, recorded: false });
printTable([relay, recorded, mixed]);
report("media", {
  relayLegsPerCore: relay["legs a core"],
  recordedLegsPerCore: recorded["legs a core"],
  mixLegsPerCore: mixed["legs a core"],
  relayP50Ms: relay["delay p50 ms"],
  relayP99Ms: relay["delay p99 ms"],
  mixP50Ms: mixed["delay p50 ms"],
  mixP99Ms: mixed["delay p99 ms"],
});
