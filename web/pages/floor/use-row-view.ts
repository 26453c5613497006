import { useEffect, useMemo, useRef } from "react";
import type { RowView } from "./agent-row.tsx";
import { useCampaignNames } from "./use-campaign-names.ts";

type Handlers = Pick<RowView, "onActive" | "onSelect" | "onSelectAll" | "onSort" | "onAct">;

/** The same object while names and rights are the same; it calls the handlers of the last render. */
export function useRowView(
  { unitName, mayListen, maySupervise }: Pick<RowView, "unitName" | "mayListen" | "maySupervise">,
  handlers: Handlers,
): RowView {
  const campaignNames = useCampaignNames();
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  return useMemo(
    () => ({
      campaignNames,
      unitName,
      mayListen,
      maySupervise,
      onActive: (...args) => latest.current.onActive(...args),
      onSelect: (...args) => latest.current.onSelect(...args),
      onSelectAll: (...args) => latest.current.onSelectAll(...args),
      onSort: (...args) => latest.current.onSort(...args),
      onAct: (...args) => latest.current.onAct(...args),
    }),
    [campaignNames, unitName, mayListen, maySupervise],
  );
}
