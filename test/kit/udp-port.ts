import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { setTimeout as after } from "node:timers/promises";

/**
 * A UDP port of loopback that nobody uses at this moment, for programs that cannot choose one and tell. It lies below
 * the range from which the system gives ports away, so that no socket takes it before the program does.
 */
export async function freeUdpPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const socket = createSocket("udp4").bind(port, "127.0.0.1");
    const isFree = await once(socket, "listening").then(
      () => true,
      () => false,
    );
    socket.close();
    if (isFree) return port;
  }
}

/** Waits until some process is bound to this UDP port (from the kernel's own table). */
export async function udpPortTaken(port: number, timeoutMs = 10_000): Promise<void> {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")} `;
  for (let waited = 0; waited < timeoutMs; waited += 20) {
    const table = (await readFile("/proc/net/udp", "utf8")) + (await readFile("/proc/net/udp6", "utf8"));
    if (
      table
        .split("\n")
        .some(
          (line) => line.slice(0, 60).split(/\s+/)[2] && `${line.trim().split(/\s+/)[1]} `.endsWith(wanted),
        )
    )
      return;
    await after(20);
  }
  throw new Error(`nobody listens on UDP port ${port}`);
}
