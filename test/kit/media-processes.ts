import { readdirSync, readFileSync } from "node:fs";

function isMediaProcess(pid: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    return parent === process.pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("media");
  } catch {
    return false;
  }
}

/** Children of this process that run media, by their command line. */
export const mediaProcesses = (): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && isMediaProcess(name))
    .map(Number);
