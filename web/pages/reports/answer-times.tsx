import { Card, Flex, Segmented, Select, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type PhoneKind, slotOf } from "../../../shared/after-call.ts";
import { weekdays } from "../../../shared/campaigns.ts";
import { exactInterval } from "../../../shared/clopper-pearson.ts";
import { phoneKinds } from "../../../shared/customers.ts";
import type { AnswerTimes as Times, ReportQuery } from "../../../shared/reports.ts";
import { formatNumber, formatShare } from "../../lib/format.ts";
import { type HeatCell, HeatTable } from "../../ui/heat-table.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { useAnswerTimes } from "./report-api.ts";
import { callsOf } from "./report-links.ts";

const measures = ["answered", "connected"] as const;
type Measure = (typeof measures)[number];
type Cell = Times["cells"][number];

/** The hours of a day that hold calls, and those of an office day at least. */
function hoursOf(cells: readonly Cell[]): number[] {
  const hours = cells.map(({ slot }) => slot % 24);
  const first = Math.min(8, ...hours);
  return Array.from({ length: Math.max(20, ...hours) - first + 1 }, (_, index) => first + index);
}

interface ViewProps {
  cells: readonly Cell[];
  measure: Measure;
  toCalls: (slot: number) => string;
}

function View({ cells, measure, toCalls }: ViewProps) {
  const { t } = useTranslation();
  const hours = hoursOf(cells);
  const bySlot = new Map(cells.map((cell) => [cell.slot, cell]));
  const most = Math.max(0.1, ...cells.map((cell) => cell[measure] / cell.dialled));
  const shown = (name: string, hour: number, cell: Cell | undefined): HeatCell | undefined => {
    if (!cell) return undefined;
    const [low, high] = exactInterval(cell[measure], cell.dialled);
    const words = {
      part: formatNumber(cell[measure]),
      whole: formatNumber(cell.dialled),
      share: formatShare(cell[measure], cell.dialled),
    };
    const place = `${name} ${hour}:00–${hour}:59`;
    const said = t(`reports.times.said.${measure}`, words);
    return {
      heat: cell[measure] / cell.dialled / most,
      text: String(Math.round((100 * cell[measure]) / cell.dialled)),
      label: `${place}: ${said}`,
      to: toCalls(cell.slot),
      detail: (
        <>
          <strong>{place}</strong>
          <div>{said}</div>
          <div>{t("reports.times.interval", { low: formatShare(low, 1), high: formatShare(high, 1) })}</div>
        </>
      ),
    };
  };
  return (
    <HeatTable
      label={t("reports.times.title")}
      corner={t("reports.times.weekday")}
      columns={hours.map(String)}
      rows={weekdays.map((day, index) => {
        const name = t(`weekday.short.${day}`);
        return { name, cells: hours.map((hour) => shown(name, hour, bySlot.get(slotOf(index, hour)))) };
      })}
    />
  );
}

/** When people answer: the hours of their own week, by kind of number; each cell opens its calls. */
export function AnswerTimesCard({ query }: { query: ReportQuery }) {
  const { t } = useTranslation();
  const [measure, setMeasure] = useState<Measure>("answered");
  const [phoneKind, setPhoneKind] = useState<PhoneKind>();
  const times = useAnswerTimes({ ...query, phoneKind });
  const toCalls = (slot: number) => callsOf(query, { slot, phoneKind, counted: "dialled" });
  return (
    <Card title={t("reports.times.title")}>
      <Flex wrap gap={8} style={{ marginBottom: 12 }}>
        <Select
          value={phoneKind ?? null}
          allowClear
          placeholder={t("reports.times.anyKind")}
          aria-label={t("reports.times.kind")}
          popupMatchSelectWidth={false}
          style={{ minWidth: 120 }}
          options={phoneKinds.map((value) => ({ value, label: t(`customers.kind.${value}`) }))}
          onChange={(kind: PhoneKind | null | undefined) => setPhoneKind(kind ?? undefined)}
        />
        <Segmented
          value={measure}
          aria-label={t("reports.times.measure")}
          options={measures.map((value) => ({ value, label: t(`reports.figure.${value}`) }))}
          onChange={setMeasure}
        />
      </Flex>
      <Loaded query={times}>
        {({ cells }) =>
          cells.length === 0 ? (
            <EmptyState text={t("reports.times.none")} />
          ) : (
            <Flex vertical gap={12}>
              <View cells={cells} measure={measure} toCalls={toCalls} />
              <Typography.Text type="secondary" style={{ fontSize: 13 }}>
                {t("reports.times.help")}
              </Typography.Text>
            </Flex>
          )
        }
      </Loaded>
    </Card>
  );
}
