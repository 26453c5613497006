import { BellOutlined, QuestionCircleOutlined, SendOutlined } from "@ant-design/icons";
import { Alert, Button, Grid, type InputRef, Segmented } from "antd";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { FloorPreferences } from "../../../shared/floor.ts";
import type { LiveAgent, LiveCampaign } from "../../../shared/live.ts";
import type { OrgUnit } from "../../../shared/users.ts";
import { useKeys } from "../../features/desk/use-keys.ts";
import { ApiError } from "../../lib/api.ts";
import { useCan } from "../../lib/session.ts";
import { useLive, useLiveSelect, useLiveStatus } from "../../lib/use-live.ts";
import { Page } from "../../ui/page.tsx";
import { ErrorState, PageLoading } from "../../ui/states.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { type FloorFilter, noFilter } from "./floor-filter.ts";
import { FloorFilters } from "./floor-filters.tsx";
import { actKeys, type FloorAct } from "./floor-keys.ts";
import { FloorTotals } from "./floor-totals.tsx";
import { LiveAgents } from "./live-agents.tsx";
import { LiveTables } from "./live-tables.tsx";
import { KeysSheet } from "./keys-sheet.tsx";
import { MessageForm } from "./message-form.tsx";
import { MoveForm } from "./move-form.tsx";
import { PauseForm } from "./pause-form.tsx";
import { SupervisingStrip } from "./supervising-strip.tsx";
import { ThresholdsForm } from "./thresholds-form.tsx";
import { type Asking, useFloor } from "./use-floor.ts";
import { useRowView } from "./use-row-view.ts";
import { usePreferences } from "./use-preferences.ts";
import { useSupervise } from "./use-supervise.ts";
import { useUnits } from "./use-units.ts";
import "./floor.css";

interface FloorProps {
  preferences: FloorPreferences;
  onChange: (change: Partial<FloorPreferences>) => void;
}

const hasAny = (items: object) => Object.keys(items).length > 0;

/**
 * Every agent, call and campaign as it happens, by push, and what a supervisor does with them. What follows the floor
 * stands in parts of its own, so that a change on it costs the rows it changes and not the page.
 */
export function FloorPage() {
  const { t } = useTranslation();
  const status = useLiveStatus("agents");
  const any = useLiveSelect("agents", hasAny);
  const { preferences, change } = usePreferences();
  if (status === "refused")
    return <ErrorState error={new ApiError(403, "forbidden", t("errors.forbidden"))} />;
  if ((status !== "live" && !any) || !preferences) return <PageLoading />;
  return <Floor preferences={preferences} onChange={change} />;
}

/** The stored filter, with what is of this visit alone. */
function useFilter({ preferences, onChange }: FloorProps) {
  const [address] = useSearchParams();
  const asked = Number(address.get("campaign")) || null;
  const [visit, setVisit] = useState<Partial<FloorFilter>>(asked === null ? {} : { campaignId: asked });
  const filter = useMemo<FloorFilter>(
    () => ({ ...noFilter, ...preferences.filter, ...visit }),
    [preferences.filter, visit],
  );
  const setFilter = (part: Partial<FloorFilter>) => {
    const { text, callStates, ...kept } = { ...filter, ...part };
    setVisit({ text, callStates });
    onChange({ filter: kept });
  };
  return [filter, setFilter] as const;
}

function Offline() {
  const { t } = useTranslation();
  return useLiveStatus("agents") !== "live" && <Alert type="warning" banner title={t("floor.offline")} />;
}

function Floor({ preferences, onChange }: FloorProps) {
  const { t } = useTranslation();
  const roomy = Grid.useBreakpoint().lg ?? true;
  const [filter, setFilter] = useFilter({ preferences, onChange });
  const [open, setOpen] = useState<"thresholds" | "keys" | null>(null);
  const search = useRef<InputRef>(null);
  const shown = useRef<number[]>([]);
  const supervise = useSupervise();
  const floor = useFloor(supervise);
  const { units, unitName } = useUnits();
  const mayListen = useCan("calls.listen");
  const maySupervise = useCan("agents.supervise");
  const { sort, descending, view } = preferences;
  const rowView = useRowView(
    { unitName, mayListen, maySupervise },
    {
      onActive: floor.setActive,
      onSelect: floor.select,
      onSelectAll: (on) => floor.select(shown.current, on),
      onSort: (next) => onChange({ sort: next, descending: next === sort && !descending }),
      onAct: floor.act,
    },
  );
  const { campaignNames } = rowView;

  useKeys({
    ...Object.fromEntries(
      (Object.entries(actKeys) as [FloorAct, string][])
        .filter(([act]) => (/^(listen|whisper|barge|take-over)$/.test(act) ? mayListen : maySupervise))
        .map(([act, code]) => [code, () => floor.actByKey(act)]),
    ),
    KeyX: supervise.leave,
    KeyA: () => floor.select(shown.current, true),
    KeyQ: floor.clear,
    KeyV: () => onChange({ view: view === "list" ? "tiles" : "list" }),
    "/": () => search.current?.focus(),
    "?": () => setOpen("keys"),
  });

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
      <Offline />
      {mayListen && <SupervisingStrip supervise={supervise} onTakeOver={floor.takeOver} />}
      <FloorTotals filter={filter} onFilter={setFilter} />
      <LiveAgents
        filter={filter}
        preferences={preferences}
        tiles={view === "tiles" || !roomy}
        onRows={(userIds) => (shown.current = userIds)}
        view={rowView}
        active={floor.active}
        selected={floor.selected}
        onAlarm={({ userId }) =>
          userId === null ? setFilter({ callStates: ["waiting"] }) : floor.setActive(userId)
        }
      >
        <FloorFilters
          filter={filter}
          sort={sort}
          campaignNames={campaignNames}
          units={units}
          searchRef={search}
          onChange={setFilter}
          onSort={(next) => onChange({ sort: next, descending: false })}
        />
        {maySupervise && <BulkBar selected={[...floor.selected]} onAct={floor.act} onClear={floor.clear} />}
      </LiveAgents>
      <LiveTables filter={filter} campaignNames={campaignNames} />
      <PauseForm open={floor.asking?.act === "pause"} onChoose={floor.pause} onClose={floor.closeAsking} />
      {floor.asking && floor.asking.act !== "pause" && (
        <AskedForm
          asking={floor.asking}
          units={units}
          campaignNames={campaignNames}
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

interface AskedProps {
  asking: Asking;
  units: OrgUnit[];
  campaignNames: Readonly<Record<string, string>>;
  onMove: (userIds: number[], add: number[], remove: number[]) => Promise<boolean>;
  onClose: () => void;
}

/** What is asked before it is done; follows the floor, for those it is about go on working. */
function AskedForm({ asking: { act, userIds }, units, campaignNames, onMove, onClose }: AskedProps) {
  const { items: agents } = useLive<LiveAgent>("agents");
  const { items: campaigns } = useLive<LiveCampaign>("campaigns");
  return act === "message" ? (
    <MessageForm {...{ userIds, agents, campaignNames, units, onClose }} />
  ) : (
    <MoveForm {...{ userIds, agents, onMove, onClose }} campaigns={Object.values(campaigns)} />
  );
}
