import { totalmem } from "node:os";

const MB = 2 ** 20;

/** Parameters for a machine that PostgreSQL shares with the call server; memory in bytes. */
export function tuning(memory = totalmem()): Record<string, string> {
  const buffersMb = Math.round(Math.min(Math.max(memory / MB / 8, 64), 2048));
  return {
    shared_buffers: `${buffersMb}MB`,
    effective_cache_size: `${Math.round(memory / MB / 2)}MB`,
    work_mem: "16MB",
    maintenance_work_mem: `${Math.min(256, buffersMb)}MB`,
    max_wal_size: "2GB",
    random_page_cost: "1.1",
    max_connections: "60",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
  };
}

/** For databases that live as long as a test run: nothing need survive a power cut. */
export const disposable: Record<string, string> = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  shared_buffers: "128MB",
  max_wal_size: "1GB",
  max_connections: "200",
  autovacuum: "off",
};
