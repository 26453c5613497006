import type { CampaignStatus } from "../../../shared/campaigns.ts";

/**
 *            start             pause
 *   draft ----------> running ------> paused
 *     |                |  ^  ^          |  |
 *     |           stop |  |  '----------'  | stop
 *     |                v  | start  start   |
 *     '---- stop ---> stopped <------------'
 *
 * `delete` is open to all but a running campaign. Pausing lets open calls finish; stopping does, too, and says that
 * the work is over.
 */
export type CampaignCommand = "start" | "pause" | "stop" | "delete";

const table: Record<CampaignStatus, Partial<Record<CampaignCommand, CampaignStatus | "deleted">>> = {
  draft: { start: "running", stop: "stopped", delete: "deleted" },
  running: { pause: "paused", stop: "stopped" },
  paused: { start: "running", stop: "stopped", delete: "deleted" },
  stopped: { start: "running", delete: "deleted" },
};

/** The status after `command`; null: refused in this status. */
export function nextCampaignStatus(
  status: CampaignStatus,
  command: CampaignCommand,
): CampaignStatus | "deleted" | null {
  return table[status][command] ?? null;
}
