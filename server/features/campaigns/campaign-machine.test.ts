import assert from "node:assert/strict";
import { test } from "node:test";
import { campaignStatuses } from "../../../shared/campaigns.ts";
import { type CampaignCommand, nextCampaignStatus } from "./campaign-machine.ts";

const commands: CampaignCommand[] = ["start", "pause", "stop", "delete"];

test("each status takes the commands of the drawing and refuses the others", () => {
  const taken = campaignStatuses.map((status) =>
    commands.map((command) => nextCampaignStatus(status, command) ?? "-").join(" "),
  );
  assert.deepEqual(taken, [
    "running - stopped deleted",
    "- paused stopped -",
    "running - stopped deleted",
    "running - - deleted",
  ]);
});
