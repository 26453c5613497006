import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freeUdpPort, udpPortTaken } from "./udp-port.ts";

export interface SippOptions {
  /** The scenario as XML; see `sipp-scenarios.ts`. */
  scenario: string;
  /** `host:port` to call; absent when SIPp waits for calls. */
  target?: string;
  /** Calls after which it ends; default 1. */
  calls?: number;
  /** New calls per second (default 10) and calls at once (default 1,000). */
  rate?: number;
  limit?: number;
  /** Percent of packets lost in either direction. */
  lostPercent?: number;
  /** Local UDP port; default a free one. */
  port?: number;
  user?: string;
  password?: string;
  /** Ends with a failure after this long; default 30 s. */
  timeoutSeconds?: number;
  /** More arguments, such as `["-rtp_echo"]`. */
  args?: string[];
}

export interface SippResult {
  /** 0: every call succeeded. */
  exitCode: number | null;
  successful: number;
  failed: number;
  /** The last line of the statistics file by column, such as `Retransmissions(C)`. */
  stats: Record<string, string>;
  /** What it did not expect, in its own words. */
  errors: string;
}

export interface Sipp extends AsyncDisposable {
  readonly port: number;
  readonly done: Promise<SippResult>;
}

function parseStats(csv: string): Record<string, string> {
  const lines = csv.trim().split("\n");
  const names = lines[0]?.split(";") ?? [];
  const values = lines.at(-1)?.split(";") ?? [];
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
}

const readOr = async (path: string) => await readFile(path, "utf8").catch(() => "");

/** Starts SIPp on loopback and resolves once its port is open. Disposing ends it and removes its files. */
export async function startSipp(options: SippOptions): Promise<Sipp> {
  const folder = await mkdtemp(join(tmpdir(), "sipp-"));
  const file = (name: string) => join(folder, name);
  await writeFile(file("scenario.xml"), options.scenario);
  const port = options.port ?? (await freeUdpPort());
  const { calls = 1, rate = 10, limit = 1_000, timeoutSeconds = 30, lostPercent } = options;
  // prettier-ignore: one option and its value after the other
  const args = [
    "-sf",
    file("scenario.xml"),
    "-i",
    "127.0.0.1",
    "-p",
    String(port),
    "-m",
    String(calls),
    "-r",
    String(rate),
    "-l",
    String(limit),
    // A burst must fit in its buffer, or what is measured is its loss.
    "-buff_size",
    "4194304",
    "-nostdin",
    "-nd",
    "-timeout",
    `${timeoutSeconds}s`,
    "-timeout_error",
    "-trace_stat",
    "-stf",
    file("stats.csv"),
    "-fd",
    "1",
    "-trace_err",
    "-error_file",
    file("errors.log"),
    ...(lostPercent === undefined ? [] : ["-lost", String(lostPercent)]),
    ...(options.user === undefined ? [] : ["-s", options.user, "-au", options.user]),
    ...(options.password === undefined ? [] : ["-ap", options.password]),
    ...(options.args ?? []),
    ...(options.target === undefined ? [] : [options.target]),
  ];
  const child = spawn("sipp", args, { cwd: folder, stdio: "ignore", env: { ...process.env, TERM: "dumb" } });
  const exited = once(child, "exit") as Promise<[number | null]>;

  async function finish(): Promise<SippResult> {
    const [exitCode] = await exited;
    const stats = parseStats(await readOr(file("stats.csv")));
    return {
      exitCode,
      successful: Number(stats["SuccessfulCall(C)"] ?? 0),
      failed: Number(stats["FailedCall(C)"] ?? 0),
      stats,
      errors: await readOr(file("errors.log")),
    };
  }

  const done = finish();
  // A scenario that cannot be read ends SIPp before it opens its port.
  const ended = await Promise.race([udpPortTaken(port), done]);
  if (ended && ended.successful === 0) throw new Error(`SIPp ended with ${ended.exitCode}: ${ended.errors}`);
  return {
    port,
    done,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await done;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
