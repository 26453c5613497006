import { Flex } from "antd";
import { useCallback } from "react";
import type { LiveCall, LiveCampaign } from "../../../shared/live.ts";
import { sameList } from "../../lib/live-selection.ts";
import { useLiveSelect } from "../../lib/use-live.ts";
import { CallTable } from "./call-table.tsx";
import { QueueTable } from "./queue-table.tsx";
import { CampaignTable } from "./campaign-table.tsx";
import { callsShown, campaignsShown, type FloorFilter } from "./floor-filter.ts";

interface Props {
  filter: FloorFilter;
  campaignNames: Readonly<Record<string, string>>;
}

/** Queues, and the campaigns and calls that the filter leaves. */
export function LiveTables({ filter, campaignNames }: Props) {
  return (
    <Flex gap={16} wrap align="start">
      <div style={{ flex: "1 1 100%", minWidth: 0 }}>
        <QueueTable />
      </div>
      <div style={{ flex: "3 1 520px", minWidth: 0 }}>
        <LiveCampaigns filter={filter} />
      </div>
      <div style={{ flex: "2 1 420px", minWidth: 0 }}>
        <LiveCalls filter={filter} campaignNames={campaignNames} />
      </div>
    </Flex>
  );
}

function LiveCampaigns({ filter }: Pick<Props, "filter">) {
  const select = useCallback(
    (items: Readonly<Record<string, LiveCampaign>>) => campaignsShown(filter, Object.values(items)),
    [filter],
  );
  return <CampaignTable campaigns={useLiveSelect("campaigns", select, sameList)} />;
}

function LiveCalls({ filter, campaignNames }: Props) {
  const select = useCallback(
    (items: Readonly<Record<string, LiveCall>>) => callsShown(filter, Object.values(items)),
    [filter],
  );
  return <CallTable calls={useLiveSelect("calls", select, sameList)} campaignNames={campaignNames} />;
}
