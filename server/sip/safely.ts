import type { Log } from "../kernel/log.ts";

/**
 * Runs what belongs to the layer above. Its exception is logged and given to `failed`; it ends neither the
 * process nor what the stack was doing.
 */
export function safely(log: Log, what: string, run: () => void, failed?: () => void): void {
  try {
    run();
  } catch (error) {
    log.error({ err: error }, `sip: ${what} failed`);
    failed?.();
  }
}
