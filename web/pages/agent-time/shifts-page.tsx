import { Alert, Button, Card, Flex, Table, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../lib/api.ts";
import { Page } from "../../ui/page.tsx";
import { ErrorState, PageLoading } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { ShiftForm, stale, useShiftImport } from "./shift-forms.tsx";
import { useShifts } from "./time-api.ts";

const breaksText = (breaks: readonly (readonly string[])[]) =>
  breaks.map((one) => one.join("–")).join(", ") || "–";

/** The weekly shifts of people and units, and the days that are different. */
export function ShiftsPage() {
  const { t } = useTranslation();
  const query = useShifts();
  const [adding, setAdding] = useState<"pattern" | "exception">();
  const [problems, setProblems] = useState<{ line: number; problem: string }[]>([]);
  const remove = useAct((path: string) => api.delete(path), { stale });
  const read = useShiftImport(setProblems);
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <PageLoading />;
  const removal = (path: string) => (
    <Button size="small" onClick={() => remove.mutate(path)}>
      {t("common.delete")}
    </Button>
  );
  return (
    <Page
      title={t("navigation.shifts")}
      help={t("agentTime.shiftsHelp")}
      trail={<Link to="/agent-time">{t("navigation.agent-time")}</Link>}
      actions={
        <>
          <Button type="primary" onClick={() => setAdding("pattern")}>
            {t("agentTime.pattern")}
          </Button>
          <Button onClick={() => setAdding("exception")}>{t("agentTime.exception")}</Button>
          <Upload
            accept=".csv,text/csv"
            showUploadList={false}
            beforeUpload={(file) => {
              read.mutate(file);
              return false;
            }}
          >
            <Button loading={read.isPending}>{t("agentTime.import")}</Button>
          </Upload>
        </>
      }
    >
      {problems.length > 0 && (
        <Alert
          type="error"
          title={t("agentTime.problems", { count: problems.length })}
          description={problems
            .slice(0, 20)
            .map(({ line, problem }) =>
              t("agentTime.problemAt", { line, problem: t(`agentTime.problem.${problem}`) }),
            )
            .join(" ")}
        />
      )}
      <Card title={t("agentTime.patterns")}>
        <Table
          size="small"
          rowKey="id"
          scroll={{ x: "max-content" }}
          pagination={{ pageSize: 50, hideOnSinglePage: true }}
          dataSource={query.data.patterns}
          locale={{ emptyText: t("agentTime.noShifts") }}
          columns={[
            { title: t("diary.who"), dataIndex: "name" },
            { title: t("agentTime.weekdays"), render: (_, row) => t(`agentTime.weekday.${row.weekday}`) },
            {
              title: t("agentTime.hours"),
              render: (_, row) => <span className="num">{`${row.starts}–${row.ends}`}</span>,
            },
            {
              title: t("agentTime.breaks"),
              render: (_, row) => <span className="num">{breaksText(row.breaks)}</span>,
            },
            {
              title: t("agentTime.valid"),
              render: (_, row) => <span className="num">{`${row.validFrom} – ${row.validTo ?? ""}`}</span>,
            },
            { title: t("common.actions"), render: (_, row) => removal(`/shifts/${row.id}`) },
          ]}
        />
      </Card>
      <Card title={t("agentTime.exceptions")}>
        <Table
          size="small"
          rowKey="id"
          scroll={{ x: "max-content" }}
          pagination={{ pageSize: 50, hideOnSinglePage: true }}
          dataSource={query.data.exceptions}
          locale={{ emptyText: t("agentTime.noShifts") }}
          columns={[
            { title: t("agentTime.day"), dataIndex: "day" },
            { title: t("diary.who"), dataIndex: "name" },
            {
              title: t("agentTime.hours"),
              render: (_, row) =>
                row.starts === null ? (
                  t("agentTime.free")
                ) : (
                  <span className="num">{`${row.starts}–${row.ends}`}</span>
                ),
            },
            {
              title: t("agentTime.breaks"),
              render: (_, row) => <span className="num">{breaksText(row.breaks)}</span>,
            },
            { title: t("common.note"), dataIndex: "note" },
            { title: t("common.actions"), render: (_, row) => removal(`/shifts/exceptions/${row.id}`) },
          ]}
        />
        <Flex>{t("agentTime.fileHelp")}</Flex>
      </Card>
      {adding && <ShiftForm kind={adding} onClose={() => setAdding(undefined)} />}
    </Page>
  );
}
