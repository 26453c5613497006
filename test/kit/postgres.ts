import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { disposable } from "../../server/kernel/postgres/tuning.ts";
import { startEmbeddedPostgres } from "../../server/kernel/postgres/embedded.ts";

/** Ends the cluster and its folder when this process is gone, however it went. */
const watchdog = `while kill -0 "$1" 2>/dev/null; do sleep 0.3; done
kill -QUIT "$2" 2>/dev/null
while kill -0 "$2" 2>/dev/null; do sleep 0.1; done
rm -rf "$3"`;

/** A PostgreSQL that lives as long as this process. Returns its URL. */
export async function startTestPostgres(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), "waihu-test-"));
  chmodSync(dir, 0o755);
  const postgres = await startEmbeddedPostgres(dir, disposable);
  spawn("sh", ["-c", watchdog, "sh", String(process.pid), String(postgres.pid), dir], {
    detached: true,
    stdio: "ignore",
  }).unref();
  return postgres.url;
}
