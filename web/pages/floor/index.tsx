import { BellOutlined, QuestionCircleOutlined, SendOutlined } from "@ant-design/icons";
import { Alert, Button, Flex, Grid, type InputRef, Segmented } from "antd";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { FloorPreferences } from "../../../shared/floor.ts";
import type { LiveAgent, LiveCall, LiveCampaign } from "../../../shared/live.ts";
import { useKeys } from "../../features/desk/use-keys.ts";
import { ApiError } from "../../lib/api.ts";
import { useCan } from "../../lib/session.ts";
import { useLive } from "../../lib/use-live.ts";
import { Page } from "../../ui/page.tsx";
import { ErrorState, PageLoading } from "../../ui/states.tsx";
import { AgentList } from "./agent-list.tsx";
import { AgentTiles } from "./agent-tiles.tsx";
import { AlarmPanel } from "./alarm-panel.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { CallTable } from "./call-table.tsx";
import { CampaignTable } from "./campaign-table.tsx";
import { agentRows, callsAndCampaigns, type FloorFilter, noFilter } from "./floor-filter.ts";
import { FloorFilters } from "./floor-filters.tsx";
import { actKeys, type FloorAct } from "./floor-keys.ts";
import { FloorTotals } from "./floor-totals.tsx";
import { KeysSheet } from "./keys-sheet.tsx";
import { MessageForm } from "./message-form.tsx";
import { MoveForm } from "./move-form.tsx";
import { PauseForm } from "./pause-form.tsx";
import { SupervisingStrip } from "./supervising-strip.tsx";
import { ThresholdsForm } from "./thresholds-form.tsx";
import { useAlarms } from "./use-alarms.ts";
import { useFloor } from "./use-floor.ts";
import { useRowView } from "./use-row-view.ts";
import { usePreferences } from "./use-preferences.ts";
import { useSupervise } from "./use-supervise.ts";
import { useUnits } from "./use-units.ts";
import "./floor.css";

/** Every agent, call and campaign as it happens, by push, and what a supervisor does with them. */
export function FloorPage() {
  const { t } = useTranslation();
  const agents = useLive<LiveAgent>("agents");
  const calls = useLive<LiveCall>("calls");
  const campaigns = useLive<LiveCampaign>("campaigns");
  const { preferences, change } = usePreferences();
  if (agents.status === "refused")
    return <ErrorState error={new ApiError(403, agents.code ?? "forbidden", t("errors.forbidden"))} />;
  const known = agents.status === "live" || Object.keys(agents.items).length > 0;
  if (!known || !preferences) return <PageLoading />;
  return (
    <Floor
      agents={agents.items}
      calls={calls.items}
      campaigns={campaigns.items}
      online={agents.status === "live"}
      preferences={preferences}
      onChange={change}
    />
  );
}

interface FloorProps {
  agents: Readonly<Record<string, LiveAgent>>;
  calls: Readonly<Record<string, LiveCall>>;
  campaigns: Readonly<Record<string, LiveCampaign>>;
  online: boolean;
  preferences: FloorPreferences;
  onChange: (change: Partial<FloorPreferences>) => void;
}

/** The stored filter, with what is of this visit alone. */
function useFilter({ preferences, onChange }: Pick<FloorProps, "preferences" | "onChange">) {
  const [address] = useSearchParams();
  const asked = Number(address.get("campaign")) || null;
  const [visit, setVisit] = useState<Partial<FloorFilter>>(asked === null ? {} : { campaignId: asked });
  const filter: FloorFilter = { ...noFilter, ...preferences.filter, ...visit };
  const setFilter = (part: Partial<FloorFilter>) => {
    const { text, callStates, ...kept } = { ...filter, ...part };
    setVisit({ text, callStates });
    onChange({ filter: kept });
  };
  return [filter, setFilter] as const;
}

function Floor({ agents, calls, campaigns, online, preferences, onChange }: FloorProps) {
  const { t } = useTranslation();
  const roomy = Grid.useBreakpoint().lg ?? true;
  const [filter, setFilter] = useFilter({ preferences, onChange });
  const [open, setOpen] = useState<"thresholds" | "keys" | null>(null);
  const search = useRef<InputRef>(null);
  const all = useMemo(
    () => ({
      agents: Object.values(agents),
      calls: Object.values(calls),
      campaigns: Object.values(campaigns),
    }),
    [agents, calls, campaigns],
  );
  const { now, alarms, fresh, acknowledge } = useAlarms(all, preferences.thresholds, preferences.sound);
  const supervise = useSupervise();
  const floor = useFloor(agents, calls, supervise);
  const { units, unitName } = useUnits();
  const mayListen = useCan("calls.listen");
  const maySupervise = useCan("agents.supervise");
  const { sort, descending, view } = preferences;
  const rows = agentRows({ agents: all.agents, calls }, { filter, sort, descending }, alarms, now);
  const shown = callsAndCampaigns(filter, all);
  const tiles = view === "tiles" || !roomy;
  const rowView = useRowView(floor, { unitName, mayListen, maySupervise });
  const selectable = rows.map(({ agent }) => agent.userId);

  useKeys({
    ...Object.fromEntries(
      (Object.entries(actKeys) as [FloorAct, string][])
        .filter(([act]) => (/^(listen|whisper|barge|take-over)$/.test(act) ? mayListen : maySupervise))
        .map(([act, code]) => [code, () => floor.actByKey(act)]),
    ),
    KeyX: supervise.leave,
    KeyA: () => floor.select(selectable, true),
    KeyQ: floor.clear,
    KeyV: () => onChange({ view: view === "list" ? "tiles" : "list" }),
    "/": () => search.current?.focus(),
    "?": () => setOpen("keys"),
  });

  const View = tiles ? AgentTiles : AgentList;
  return (
    <Page
      title={t("navigation.floor")}
      actions={
        <>
          {roomy && (
            <Segmented
              value={view}
              aria-label={t("floor.view")}
              options={(["list", "tiles"] as const).map((value) => ({ value, label: t(`floor.${value}`) }))}
              onChange={(next) => onChange({ view: next })}
            />
          )}
          {maySupervise && (
            <Button icon={<SendOutlined />} onClick={() => floor.act("message", [...floor.selected])}>
              {t("floor.message.title")}
            </Button>
          )}
          <Button icon={<BellOutlined />} onClick={() => setOpen("thresholds")}>
            {t("floor.thresholds.title")}
          </Button>
          <Button
            icon={<QuestionCircleOutlined />}
            aria-label={t("floor.keys.title")}
            aria-keyshortcuts="?"
            onClick={() => setOpen("keys")}
          />
        </>
      }
    >
      {!online && <Alert type="warning" banner title={t("floor.offline")} />}
      {mayListen && (
        <SupervisingStrip supervise={supervise} calls={calls} agents={agents} onTakeOver={floor.takeOver} />
      )}
      <FloorTotals {...all} filter={filter} onFilter={setFilter} />
      <AlarmPanel
        alarms={alarms}
        fresh={fresh}
        onSeen={acknowledge}
        onOpen={({ userId }) =>
          userId === null ? setFilter({ callStates: ["waiting"] }) : floor.setActive(userId)
        }
      />
      <FloorFilters
        filter={filter}
        sort={sort}
        campaigns={all.campaigns}
        units={units}
        searchRef={search}
        onChange={setFilter}
        onSort={(next) => onChange({ sort: next, descending: false })}
      />
      {maySupervise && <BulkBar selected={[...floor.selected]} onAct={floor.act} onClear={floor.clear} />}
      <section className="floor-agents" aria-label={t("floor.agents")}>
        <h2>{t("floor.agentsTitle", { count: rows.length })}</h2>
        <View
          rows={rows}
          view={rowView}
          active={floor.active}
          selected={floor.selected}
          sort={sort}
          descending={descending}
          onSort={(next) => onChange({ sort: next, descending: next === sort && !descending })}
        />
      </section>
      <Flex gap={16} wrap align="start">
        <div style={{ flex: "3 1 520px", minWidth: 0 }}>
          <CampaignTable campaigns={shown.campaigns} />
        </div>
        <div style={{ flex: "2 1 420px", minWidth: 0 }}>
          <CallTable calls={shown.calls} campaignNames={rowView.campaignNames} />
        </div>
      </Flex>
      <PauseForm open={floor.asking?.act === "pause"} onChoose={floor.pause} onClose={floor.closeAsking} />
      {floor.asking?.act === "message" && (
        <MessageForm
          userIds={floor.asking.userIds}
          agents={agents}
          campaigns={all.campaigns}
          units={units}
          onClose={floor.closeAsking}
        />
      )}
      {floor.asking?.act === "move" && (
        <MoveForm
          userIds={floor.asking.userIds}
          agents={agents}
          campaigns={all.campaigns}
          onMove={floor.move}
          onClose={floor.closeAsking}
        />
      )}
      <ThresholdsForm
        open={open === "thresholds"}
        preferences={preferences}
        onChange={onChange}
        onClose={() => setOpen(null)}
      />
      <KeysSheet open={open === "keys"} onClose={() => setOpen(null)} />
    </Page>
  );
}
