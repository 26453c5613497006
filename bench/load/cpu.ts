import { readFileSync } from "node:fs";

/** CPU seconds that a process has used (proc(5): fields 14 and 15, ticks of 10 ms). */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The same; what has ended used nothing more. */
function cpuSecondsIfAlive(pid: number): number | undefined {
  try {
    return cpuSeconds(pid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Percent of one core that `pids` use while `work` lasts; a browser's processes come and go meanwhile. */
export async function corePercent<T>(
  pids: readonly number[],
  work: () => Promise<T>,
): Promise<{ corePct: number; result: T }> {
  const before = pids.map(cpuSecondsIfAlive);
  const start = performance.now();
  const result = await work();
  const used = pids.map((pid, i) => (cpuSecondsIfAlive(pid) ?? before[i] ?? 0) - (before[i] ?? 0));
  const seconds = used.reduce((sum, one) => sum + one, 0);
  return { corePct: (seconds / (performance.now() - start)) * 100_000, result };
}
