import {
  Button,
  Card,
  DatePicker,
  Flex,
  Segmented,
  Select,
  type TableColumnsType,
  theme,
  Typography,
} from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type SurveyGroup, surveyGroups, type SurveyReportRow } from "../../../shared/surveys.ts";
import { formatNumber, formatShare } from "../../lib/format.ts";
import { useToday } from "../../lib/use-today.ts";
import { Chart } from "../../ui/chart.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { AnswersDrawer } from "./answers-drawer.tsx";
import { FollowUps } from "./follow-ups.tsx";
import { OverTime } from "./over-time.tsx";
import { spreadOf } from "./spread.ts";
import { useSurveyReport, useSurveys } from "./survey-api.ts";

const figures = ["asked", "rated", "refused", "mean", "index", "followUps"] as const;
const mean = (value: number | null) => (value === null ? "–" : formatNumber(Math.round(value * 100) / 100));

/** The mean of each row as a bar. */
function Means({
  rows,
  onOpen,
}: {
  rows: readonly SurveyReportRow[];
  onOpen: (row: SurveyReportRow) => void;
}) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const shown = rows.filter((row) => row.mean !== null);
  if (shown.length === 0) return null;
  const text = { color: token.colorText, fontSize: 12 };
  return (
    <Card size="small" title={t("surveys.mean")}>
      <Chart
        label={t("surveys.mean")}
        height={60 + shown.length * 28}
        onOpen={(index) => shown[index] && onOpen(shown[index])}
        option={{
          animationDuration: 300,
          aria: { enabled: true },
          grid: { left: 8, right: 24, top: 8, bottom: 4, containLabel: true },
          xAxis: {
            type: "value",
            min: 0,
            axisLabel: text,
            splitLine: { lineStyle: { color: token.colorBorderSecondary } },
          },
          yAxis: { type: "category", inverse: true, data: shown.map(({ name }) => name), axisLabel: text },
          series: [
            {
              type: "bar",
              barMaxWidth: 16,
              itemStyle: { color: token.colorPrimary },
              label: { show: true, position: "right", ...text },
              data: shown.map((row) => Math.round(row.mean! * 100) / 100),
            },
          ],
        }}
      />
    </Card>
  );
}

function useColumns(open: (row: SurveyReportRow) => void): TableColumnsType<SurveyReportRow> {
  const { t } = useTranslation();
  return [
    {
      title: t("surveys.name"),
      render: (_, row) => (
        <Button type="link" style={{ padding: 0, height: "auto" }} onClick={() => open(row)}>
          {row.name || t("surveys.nobody")}
        </Button>
      ),
    },
    { title: t("surveys.asked"), align: "right", render: (_, row) => formatNumber(row.asked) },
    {
      title: t("surveys.rated"),
      align: "right",
      render: (_, row) => `${formatNumber(row.rated)} (${formatShare(row.rated, row.asked)})`,
    },
    { title: t("surveys.refused"), align: "right", render: (_, row) => formatNumber(row.refused) },
    { title: t("surveys.mean"), align: "right", render: (_, row) => mean(row.mean) },
    {
      title: t("surveys.index"),
      align: "right",
      render: (_, row) => (row.index === null ? "–" : formatShare(row.index, 1)),
    },
    {
      title: t("surveys.spread"),
      render: (_, { counts }) => spreadOf(counts),
    },
  ];
}

/** Results by agent, queue or campaign, with what each figure counts. */
export function ResultsTab() {
  const { t } = useTranslation();
  const today = useToday();
  const [days, setDays] = useState<[string, string] | null>(null);
  const [by, setBy] = useState<SurveyGroup>("agent");
  const [surveyId, setSurveyId] = useState<number | undefined>();
  const [opened, setOpened] = useState<SurveyReportRow | null>(null);
  const surveys = useSurveys();
  const [from, to] = days ?? [today, today];
  const filter = { from, to, by, ...(surveyId !== undefined && { surveyId }) };
  const query = useSurveyReport(filter);
  const columns = useColumns(setOpened);
  return (
    <Flex vertical gap={12}>
      <DataTable
        label={t("surveys.results")}
        query={query}
        columns={columns}
        rowKey={({ id }) => id ?? 0}
        empty={<EmptyState text={t("surveys.noResults")} />}
        filters={
          <Flex gap={8} wrap>
            <DatePicker.RangePicker
              value={[dayjs(from), dayjs(to)]}
              allowClear={false}
              aria-label={t("surveys.days")}
              onChange={(chosen) => {
                const [first, last] = chosen ?? [];
                if (first && last) setDays([first.format("YYYY-MM-DD"), last.format("YYYY-MM-DD")]);
              }}
            />
            <Segmented
              value={by}
              onChange={setBy}
              // Four words are wider than a telephone.
              style={{ maxWidth: "100%", overflowX: "auto" }}
              options={surveyGroups.map((value) => ({ value, label: t(`surveys.by.${value}`) }))}
            />
            <Select<number>
              allowClear
              value={surveyId}
              placeholder={t("surveys.everySurvey")}
              aria-label={t("surveys.survey")}
              style={{ minWidth: 180 }}
              options={(surveys.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(id: number | undefined) => setSurveyId(id)}
            />
          </Flex>
        }
      />
      <OverTime filter={filter} />
      {by !== "flow" && <FollowUps filter={filter} />}
      <Means rows={query.data?.items ?? []} onOpen={setOpened} />
      <Card size="small" title={t("surveys.definitions")}>
        <dl style={{ margin: 0 }}>
          {figures.map((name) => (
            <div key={name} style={{ marginBottom: 6 }}>
              <dt style={{ fontWeight: 500 }}>{t(`surveys.${name}`)}</dt>
              <dd style={{ margin: 0 }}>
                <Typography.Text type="secondary">{t(`surveys.means.${name}`)}</Typography.Text>
              </dd>
            </div>
          ))}
        </dl>
      </Card>
      {opened && <AnswersDrawer row={opened} filter={filter} onClose={() => setOpened(null)} />}
    </Flex>
  );
}
