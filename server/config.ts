import { accessSync, constants, readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { type IceConfig, isIceUri, isTurn } from "./kernel/ice-servers.ts";
import { type CertificateFiles, readCertificate } from "./kernel/certificate.ts";
import { environment } from "./environment.ts";
import { reasonOf, StartupError } from "./kernel/errors.ts";

export interface Config {
  version: string;
  /** Absolute path: database, recordings, prompts. */
  dataDir: string;
  /** Absent: the embedded PostgreSQL. */
  databaseUrl: string | undefined;
  http: {
    host: string;
    port: number;
    tls: { cert: string; key: string } | undefined;
    trustProxy: boolean;
  };
  sip: {
    host: string;
    port: number;
    advertisedHost: string | undefined;
    /** `files` absent: TLS for outgoing connections only. */
    tls: {
      port: number;
      minVersion: "TLSv1.2" | "TLSv1.3";
      files: { cert: string; key: string } | undefined;
    };
    /** Addresses and networks (CIDR) that are never banned. */
    neverBanned: string[];
  };
  /** UDP ports for media, inclusive. */
  rtp: { minPort: number; maxPort: number };
  /** STUN and TURN servers for browsers. */
  ice: IceConfig;
  /** Media processes; each carries about 300 legs. */
  mediaProcesses: number;
  /** Largest file that may be uploaded for an import. */
  maxUploadBytes: number;
  logLevel: string;
  /** A call each minute proves that the switch works. */
  canary: boolean;
  /** Lets a Prometheus server read `/metrics`; absent: only from this machine. */
  metricsToken: string | undefined;
  /** Loads demonstration data into an empty database and runs the simulated carrier. */
  demo: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;
type Key = keyof typeof environment;

function valueOf(env: Environment, key: Key): string {
  const given = env[environment[key].name]?.trim();
  return given === undefined || given === "" ? environment[key].fallback : given;
}

function wrong(key: Key, wants: string, given: string): StartupError {
  return new StartupError(`${environment[key].name} wants ${wants} and is “${given}”.`);
}

function integer(env: Environment, key: Key, min: number, max: number): number {
  const text = valueOf(env, key);
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw wrong(key, `a number from ${min} to ${max}`, text);
  return value;
}

function flag(env: Environment, key: Key): boolean {
  const text = valueOf(env, key).toLowerCase();
  if (["on", "1", "true", "yes"].includes(text)) return true;
  if (["off", "0", "false", "no"].includes(text)) return false;
  throw wrong(key, "on or off", text);
}

function choice(env: Environment, key: Key, choices: readonly string[]): string {
  const text = valueOf(env, key);
  if (!choices.includes(text)) throw wrong(key, `one of ${choices.join(", ")}`, text);
  return text;
}

function address(env: Environment, key: Key): string {
  const text = valueOf(env, key);
  if (isIP(text) === 0 && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text))
    throw wrong(key, "an address", text);
  return text;
}

function databaseUrl(env: Environment): string | undefined {
  const text = valueOf(env, "databaseUrl");
  if (text === "") return undefined;
  const url = URL.parse(text);
  if (!url || !["postgres:", "postgresql:"].includes(url.protocol) || url.pathname.length < 2)
    throw new StartupError("DATABASE_URL wants the form postgres://user:password@host:5432/database.");
  return text;
}

function rtpPorts(env: Environment): Config["rtp"] {
  const text = valueOf(env, "rtpPorts");
  const [minPort = 0, maxPort = 0] = text.split("-").map(Number);
  const fits = /^\d+-\d+$/.test(text) && minPort >= 1024 && maxPort <= 65_535 && maxPort - minPort >= 9;
  if (!fits) throw wrong("rtpPorts", "a range of at least 10 ports such as 20000-29999", text);
  return { minPort, maxPort };
}

function metricsToken(env: Environment): string | undefined {
  const text = valueOf(env, "metricsToken");
  if (text === "") return undefined;
  // Never shown: it is a secret.
  if (!/^\S{16,}$/.test(text))
    throw new StartupError("WAIHU_METRICS_TOKEN wants 16 characters or more without spaces.");
  return text;
}

/** Neither a credential nor a URI that might hold one is repeated in an error. */
function ice(env: Environment): IceConfig {
  const urls = valueOf(env, "iceServers")
    .split(/[\s,]+/)
    .filter(Boolean);
  if (!urls.every(isIceUri))
    throw new StartupError(
      "WAIHU_ICE_SERVERS wants URIs such as stun:host:3478 or turn:host:3478?transport=udp, without credentials.",
    );
  const [secret, username, password] = [
    valueOf(env, "turnSecret"),
    valueOf(env, "turnUsername"),
    valueOf(env, "turnPassword"),
  ];
  if ((username === "") !== (password === ""))
    throw new StartupError("WAIHU_TURN_USERNAME and WAIHU_TURN_PASSWORD belong together: set both.");
  if (urls.some(isTurn) && secret === "" && username === "")
    throw new StartupError("TURN wants WAIHU_TURN_SECRET, or WAIHU_TURN_USERNAME and WAIHU_TURN_PASSWORD.");
  const relayOnly = choice(env, "icePolicy", ["all", "relay"]) === "relay";
  if (relayOnly && !urls.some(isTurn))
    throw new StartupError("WAIHU_ICE_POLICY=relay wants a turn: or turns: server in WAIHU_ICE_SERVERS.");
  return {
    urls,
    secret: secret || undefined,
    account: username === "" ? undefined : { username, password },
    relayOnly,
  };
}

/** The paths of a certificate and its key, both readable and fit for each other. */
function certificateFiles(env: Environment, certKey: Key, keyKey: Key): CertificateFiles | undefined {
  const cert = valueOf(env, certKey);
  const key = valueOf(env, keyKey);
  const [certName, keyName] = [environment[certKey].name, environment[keyKey].name];
  if (cert === "" && key === "") return undefined;
  if (cert === "" || key === "")
    throw new StartupError(`${certName} and ${keyName} belong together: set both.`);
  for (const [name, path] of [
    [certName, cert],
    [keyName, key],
  ] as const)
    try {
      accessSync(path, constants.R_OK);
    } catch (error) {
      throw new StartupError(`${name}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
    }
  try {
    readCertificate({ cert, key });
  } catch (error) {
    throw new StartupError(`${certName} and ${keyName}: no usable pair (${reasonOf(error)}).`);
  }
  return { cert, key };
}

const isNetwork = (entry: string) => {
  const [host = "", bits, ...rest] = entry.split("/");
  const family = isIP(host);
  const most = family === 4 ? 32 : 128;
  return (
    family !== 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most))
  );
};

/** Addresses and networks, separated by commas or spaces. */
function networks(env: Environment, key: Key): string[] {
  const text = valueOf(env, key);
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== "");
  if (!entries.every(isNetwork)) throw wrong(key, "addresses and networks such as 10.0.0.0/8", text);
  return entries;
}

/** A misspelt setting must not pass in silence. */
function refuseUnknown(env: Environment): void {
  const known = new Set<string>(Object.values(environment).map(({ name }) => name));
  const unknown = Object.keys(env).find(
    (name) => name.startsWith("WAIHU_") && !known.has(name) && !name.startsWith("WAIHU_TEST_"),
  );
  if (unknown) throw new StartupError(`There is no setting ${unknown}; docs/settings.md lists them all.`);
}

/** Reads and checks every setting; throws `StartupError` with one sentence for the first wrong one. */
export function readConfig(env: Environment = process.env, cores = 2): Config {
  refuseUnknown(env);
  const file = readFileSync(join(import.meta.dirname, "../package.json"), "utf8");
  const processes = valueOf(env, "mediaProcesses");
  return {
    version: (JSON.parse(file) as { version: string }).version,
    dataDir: resolve(valueOf(env, "data")),
    databaseUrl: databaseUrl(env),
    http: {
      host: address(env, "host"),
      port: integer(env, "port", 0, 65_535),
      tls: certificateFiles(env, "tlsCert", "tlsKey"),
      trustProxy: flag(env, "trustProxy"),
    },
    sip: {
      host: address(env, "sipHost"),
      port: integer(env, "sipPort", 0, 65_535),
      advertisedHost: valueOf(env, "advertisedHost") === "" ? undefined : address(env, "advertisedHost"),
      tls: {
        port: integer(env, "sipTlsPort", 0, 65_535),
        minVersion: choice(env, "sipTlsMinimum", ["1.2", "1.3"]) === "1.3" ? "TLSv1.3" : "TLSv1.2",
        files: certificateFiles(env, "sipTlsCert", "sipTlsKey"),
      },
      neverBanned: networks(env, "sipNeverBanned"),
    },
    rtp: rtpPorts(env),
    ice: ice(env),
    mediaProcesses: processes === "" ? Math.max(1, cores - 1) : integer(env, "mediaProcesses", 1, 64),
    maxUploadBytes: integer(env, "maxUploadMb", 1, 100_000) * 2 ** 20,
    logLevel: choice(env, "logLevel", ["trace", "debug", "info", "warn", "error", "silent"]),
    canary: flag(env, "canary"),
    metricsToken: metricsToken(env),
    demo: flag(env, "demo"),
  };
}
