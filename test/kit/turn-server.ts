import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freeUdpPort } from "./udp-port.ts";
import { until } from "./until.ts";

/** coturn on loopback with a shared secret. */
export interface TurnServer extends AsyncDisposable {
  readonly url: string;
  readonly secret: string;
  /** User names that were given an allocation. */
  users(): string[];
}

export async function turnServer(): Promise<TurnServer> {
  const folder = await mkdtemp(join(tmpdir(), "waihu-turn-"));
  const port = await freeUdpPort();
  const secret = "a-secret-of-coturn-and-us";
  const options = [
    "-n --no-cli --no-tls --no-dtls --no-multicast-peers --allow-loopback-peers --verbose --use-auth-secret",
    `--listening-ip=127.0.0.1 --relay-ip=127.0.0.1 --listening-port=${port} --realm=waihu --log-file=stdout`,
    `--static-auth-secret=${secret} --userdb=${join(folder, "users")} --pidfile=${join(folder, "pid")}`,
  ];
  const child = spawn(
    "turnserver",
    options.flatMap((line) => line.split(" ")),
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
  await until("coturn listens", () => said.includes(`IPv4. UDP listener opened on: 127.0.0.1:${port}`));
  return {
    url: `turn:127.0.0.1:${port}?transport=udp`,
    secret,
    users: () =>
      [...said.matchAll(/user <([^>]+)>: incoming packet ALLOCATE processed, success/g)].map((m) => m[1]!),
    async [Symbol.asyncDispose]() {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
