import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Switch, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { pauseReasonInput, type PauseReasonRow, pauseReasonRow } from "../../../shared/agents.ts";
import { api } from "../../lib/api.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { fits } from "../../ui/form/rules.ts";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";

const reasonsKey = ["pause-reasons"] as const;
const stale = [reasonsKey, ["desk", "pause-reasons"]] as const;

function ReasonForm({ reason, onClose }: { reason: PauseReasonRow | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useAct(
    async (fields: PauseReasonRow) => {
      const input = pauseReasonInput.parse(fields);
      if (reason) await api.patch(`/pause-reasons/${reason.id}`, null, input);
      else await api.post("/pause-reasons", null, input);
    },
    { stale, said: t("common.saved"), onDone: onClose },
  );
  return (
    <ModalForm<PauseReasonRow>
      title={reason ? reason.label : t("pauseReasons.add")}
      isPending={save.isPending}
      initialValues={reason ?? { position: 0 }}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item name="label" label={t("pauseReasons.label")} rules={[{ required: true, max: 60 }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item
        name="code"
        label={t("pauseReasons.code")}
        extra={t("pauseReasons.codeHelp")}
        rules={[{ required: true }, fits(pauseReasonInput.shape.code, t("pauseReasons.codeRule"))]}
      >
        <Input autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="position" label={t("pauseReasons.position")}>
        <InputNumber min={0} />
      </Form.Item>
    </ModalForm>
  );
}

export function PauseReasonsPage() {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<PauseReasonRow | "new" | null>(null);
  const query = useQuery({
    queryKey: reasonsKey,
    queryFn: async ({ signal }) => {
      const { items } = await api.get(
        "/pause-reasons",
        z.object({ items: z.array(pauseReasonRow) }),
        {},
        signal,
      );
      return { items, total: items.length };
    },
  });
  const use = useAct(
    ({ id, archived }: { id: number; archived: boolean }) =>
      api.patch(`/pause-reasons/${id}`, null, { archived }),
    { stale },
  );
  const columns: TableColumnsType<PauseReasonRow> = [
    {
      title: t("pauseReasons.label"),
      render: (_, reason) => (
        <Button type="link" style={{ padding: 0, height: "auto" }} onClick={() => setEditing(reason)}>
          {t(`desk.pauseReason.${reason.code}`, { defaultValue: reason.label })}
        </Button>
      ),
    },
    { title: t("pauseReasons.code"), render: (_, reason) => <span className="mono">{reason.code}</span> },
    { title: t("pauseReasons.position"), dataIndex: "position", align: "right" },
    {
      title: t("pauseReasons.inUse"),
      render: (_, reason) => (
        <Switch
          checked={!reason.archived}
          aria-label={t("pauseReasons.inUseOf", { name: reason.label })}
          onChange={(on) => use.mutate({ id: reason.id, archived: !on })}
        />
      ),
    },
  ];
  return (
    <Page
      title={t("navigation.pause-reasons")}
      help={t("pauseReasons.help")}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>
          {t("pauseReasons.add")}
        </Button>
      }
    >
      <DataTable
        label={t("navigation.pause-reasons")}
        query={query}
        columns={columns}
        rowKey={(reason) => reason.id}
        empty={<EmptyState text={t("pauseReasons.none")} />}
      />
      {editing && <ReasonForm reason={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}
