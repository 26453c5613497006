import { readdirSync, readFileSync } from "node:fs";

function isMediaProcess(pid: string, title: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    return (
      parent === process.pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").replace(/\0+$/, "") === title
    );
  } catch {
    return false;
  }
}

/** Children of this process that serve media, by their title: a spare has `spareTitle`. */
export const spareTitle = "waihu media spare";

export const mediaProcesses = (title = "waihu media"): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && isMediaProcess(name, title))
    .map(Number);
