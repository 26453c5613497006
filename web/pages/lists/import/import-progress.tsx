import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Card, Flex, Progress } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type ImportRow, undoResult } from "../../../../shared/imports.ts";
import { api, apiUrl } from "../../../lib/api.ts";
import { formatNumber } from "../../../lib/format.ts";
import { Figure } from "../../../ui/figure.tsx";
import { useAct } from "../../../ui/use-act.ts";
import { importsKey, leadsKey, listsKey } from "../list-api.ts";
import { useDanger } from "../../../ui/use-danger.ts";

const severity = {
  uploaded: "info",
  running: "info",
  done: "success",
  failed: "error",
  cancelled: "warning",
  undone: "warning",
} as const;

function useUndo(row: ImportRow) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const danger = useDanger();
  const undo = useAct(() => api.post(`/imports/${row.id}/undo`, undoResult, {}), {
    stale: [importsKey, listsKey, leadsKey],
    onDone: ({ removed, kept }) =>
      void modal.info({
        title: t("imports.undone", { count: removed, removed: formatNumber(removed) }),
        content: (
          <ul style={{ paddingInlineStart: 18 }}>
            {kept.map(({ reason, leads }) => (
              <li key={reason}>{t(`imports.kept.${reason}`, { leads: formatNumber(leads) })}</li>
            ))}
          </ul>
        ),
      }),
  });
  return () =>
    danger({
      title: t("imports.undoQuestion", { name: row.fileName }),
      content: t("imports.undoHelp"),
      okText: t("imports.undo"),
      onOk: () => undo.mutateAsync(undefined),
    });
}

/** A running or finished import: its numbers as they grow, the errors, and the way back. */
export function ImportProgress({ row }: { row: ImportRow }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const undo = useUndo(row);
  const cancel = useAct(() => api.post(`/imports/${row.id}/cancel`, null, {}), { stale: [importsKey] });
  const running = row.state === "running";
  useEffect(() => {
    if (!running) for (const queryKey of [listsKey, importsKey]) void client.invalidateQueries({ queryKey });
  }, [running, client]);
  const percent =
    row.state === "done"
      ? 100
      : row.bytesTotal === 0
        ? 0
        : Math.floor((row.bytesDone / row.bytesTotal) * 100);
  return (
    <Card>
      <Flex vertical gap={20}>
        <div role="status">
          <Alert
            type={severity[row.state]}
            showIcon
            title={t(`imports.state.${row.state}`)}
            description={row.error && t(`errors.${row.error.code}`, { ...row.error.detail })}
          />
        </div>
        <Progress
          percent={percent}
          status={row.state === "failed" ? "exception" : running ? "active" : "normal"}
          aria-label={t("imports.title")}
        />
        <Flex wrap gap="16px 40px">
          <Figure
            label={t("imports.rowsRead")}
            value={formatNumber(row.rowsRead)}
            detail={
              running &&
              row.rowsPerSecond > 0 &&
              t("imports.perSecond", { rows: formatNumber(row.rowsPerSecond) })
            }
          />
          <Figure
            label={t("imports.rowsAdded")}
            value={formatNumber(row.rowsAdded)}
            tone="good"
            to={`/lists/${row.listId}?importId=${row.id}`}
          />
          {row.rowsUpdated > 0 && (
            <Figure label={t("imports.rowsUpdated")} value={formatNumber(row.rowsUpdated)} />
          )}
          <Figure label={t("imports.rowsDuplicate")} value={formatNumber(row.rowsDuplicate)} />
          <Figure
            label={t("imports.rowsInvalid")}
            value={formatNumber(row.rowsInvalid)}
            tone={row.rowsInvalid > 0 ? "bad" : "default"}
          />
        </Flex>
        <Flex wrap gap={8}>
          {running && (
            <Button loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
              {t("common.cancel")}
            </Button>
          )}
          {row.hasErrors && (
            <Button href={apiUrl(`/imports/${row.id}/errors.csv`)} download>
              {t("imports.errorFile")}
            </Button>
          )}
          {row.state === "done" && <Button onClick={() => undo()}>{t("imports.undo")}</Button>}
          {!running && (
            <Link to={`/lists/${row.listId}`}>
              <Button type="primary">{t("imports.toList")}</Button>
            </Link>
          )}
        </Flex>
      </Flex>
    </Card>
  );
}
