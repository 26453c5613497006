import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

function workingFolder(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined; // Ended meanwhile, or another user's.
  }
}

/** Processes of the cluster in `dir`: PostgreSQL's all have it as their working folder, whatever started them. */
export function processesOf(dir: string): number[] {
  const folder = realpathSync(dir);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && workingFolder(name) === folder)
    .map(Number);
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // Ended meanwhile.
    }
  }
}

async function gone(dir: string, withinMs: number): Promise<boolean> {
  for (let waited = 0; processesOf(dir).length > 0; waited += 20) {
    if (waited >= withinMs) return false;
    await delay(20);
  }
  return true;
}

/**
 * Stops whatever a killed server left running on this cluster, so that the next start finds a quiet folder:
 * first a fast shutdown, then an immediate one (crash-safe: the log is replayed). A left-over
 * `postmaster.pid` without any process is removed, since its number may belong to a stranger by now.
 */
export async function stopOrphans(dir: string): Promise<void> {
  const pids = processesOf(dir);
  const pidFile = join(dir, "postmaster.pid");
  if (pids.length > 0) {
    const postmaster = Number(readPidFile(pidFile)[0]);
    if (pids.includes(postmaster)) signal([postmaster], "SIGINT");
    else signal(pids, "SIGQUIT");
    if (!(await gone(dir, 30_000))) signal(processesOf(dir), "SIGQUIT");
    if (!(await gone(dir, 5_000))) signal(processesOf(dir), "SIGKILL");
    await gone(dir, 5_000);
  }
  rmSync(pidFile, { force: true });
}

/** Lines of `postmaster.pid`: 0 process, 3 port, 7 status (`ready` when it takes connections). */
export function readPidFile(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}
