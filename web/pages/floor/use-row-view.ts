import { useEffect, useMemo, useRef } from "react";
import type { RowView } from "./agent-row.tsx";
import { useCampaignNames } from "./use-campaign-names.ts";
import type { useFloor } from "./use-floor.ts";

type Floor = ReturnType<typeof useFloor>;

/** The same object while names and rights are the same; its handlers act on the floor as it is when they are called. */
export function useRowView(
  floor: Floor,
  { unitName, mayListen, maySupervise }: Pick<RowView, "unitName" | "mayListen" | "maySupervise">,
): RowView {
  const campaignNames = useCampaignNames();
  const latest = useRef(floor);
  useEffect(() => {
    latest.current = floor;
  });
  return useMemo(
    () => ({
      campaignNames,
      unitName,
      mayListen,
      maySupervise,
      onActive: (userId) => latest.current.setActive(userId),
      onSelect: (userIds, on) => latest.current.select(userIds, on),
      onAct: (act, userIds) => latest.current.act(act, userIds),
    }),
    [campaignNames, unitName, mayListen, maySupervise],
  );
}
