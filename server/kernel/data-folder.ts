import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { StartupError } from "./errors.ts";

export interface DataFolder extends AsyncDisposable {
  readonly path: string;
  /** What a second start is told, such as our web address. */
  announce(address: string): void;
}

function ensureWritable(dir: string): string {
  const probe = join(dir, `.writable-${process.pid}`);
  try {
    mkdirSync(dir, { recursive: true });
    writeFileSync(probe, "");
    rmSync(probe);
    return realpathSync(dir);
  } catch (error) {
    throw new StartupError(
      `The data folder ${dir} cannot be written (${(error as NodeJS.ErrnoException).code}): correct its owner and rights, or set WAIHU_DATA to another folder.`,
    );
  }
}

/**
 * On Linux a socket in the abstract namespace (unix(7)): the kernel frees it when its holder dies, however
 * that happens, so a lock is never left behind.
 */
function lockPath(dir: string): string {
  const name = `waihu-${createHash("sha256").update(dir).digest("hex").slice(0, 32)}`;
  return process.platform === "linux" ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

async function holderOf(path: string): Promise<string | undefined> {
  const socket = connect(path);
  try {
    return await text(socket);
  } catch {
    return undefined;
  }
}

async function bind(server: Server, path: string): Promise<boolean> {
  try {
    server.listen(path);
    await once(server, "listening");
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return false;
    throw error;
  }
}

/** Makes the data folder and takes it for this process alone. */
export async function takeDataFolder(dir: string): Promise<DataFolder> {
  const path = ensureWritable(dir);
  let address = "";
  const server = createServer((socket) =>
    socket.on("error", () => undefined).end(JSON.stringify({ pid: process.pid, address })),
  );
  const lock = lockPath(path);
  let bound = await bind(server, lock);
  if (!bound) {
    const holder = await holderOf(lock);
    if (holder !== undefined || process.platform === "linux") {
      const { pid = "?", address: at = "" } = JSON.parse(holder || "{}") as {
        pid?: number;
        address?: string;
      };
      throw new StartupError(
        `Waihu already runs on ${path}${at && ` at ${at}`} (process ${pid}): stop it first, or set WAIHU_DATA to another folder.`,
      );
    }
    rmSync(lock, { force: true });
    bound = await bind(server, lock);
  }
  server.unref();
  return {
    path,
    announce: (told) => {
      address = told;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, "close");
    },
  };
}
