import { readFileSync } from "node:fs";

/** CPU seconds that a process has used (proc(5): fields 14 and 15, ticks of 10 ms). */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Percent of one core that `pids` use while `work` lasts. */
export async function corePercent<T>(
  pids: readonly number[],
  work: () => Promise<T>,
): Promise<{ corePct: number; result: T }> {
  const used = () => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  const [before, start] = [used(), performance.now()];
  const result = await work();
  return { corePct: ((used() - before) / (performance.now() - start)) * 100_000, result };
}
