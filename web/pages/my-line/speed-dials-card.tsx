import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Card, Form, Input, InputNumber, Radio, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type SpeedDial, speedDialScopes } from "../../../shared/speed-dials.ts";
import { api, ApiError } from "../../lib/api.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { asText } from "../../lib/plain-text.ts";
import { useCan } from "../../lib/session.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useDanger } from "../../ui/use-danger.ts";
import { speedDialsKey, speedDialsQuery } from "./speed-dial-api.ts";

const stale = [speedDialsKey] as const;
const shownCode = (code: number) => `*0${String(code).padStart(2, "0")}`;

const put = ({ scope, code, name, phone }: SpeedDial, replace: boolean) =>
  api.put(`/speed-dials/${scope}/${code}`, null, { name, phone, replace });

function NewSpeedDial({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const mayShare = useCan("agents.supervise");
  const danger = useDanger();
  const options = { stale, said: t("common.saved"), onDone: onClose };
  const replace = useAct((entry: SpeedDial) => put(entry, true), options);
  const save = useAct((entry: SpeedDial) => put(entry, false), {
    ...options,
    onError(error, entry) {
      if (!(error instanceof ApiError) || error.code !== "speed-dial-taken") return false;
      danger({
        title: t("myLine.replaceSpeedDial", {
          code: shownCode(entry.code),
          name: asText(error.detail["name"]),
        }),
        okText: t("myLine.replace"),
        onOk: () => replace.mutateAsync(entry),
      });
      return true;
    },
  });
  return (
    <ModalForm<SpeedDial>
      title={t("myLine.addSpeedDial")}
      isPending={save.isPending}
      initialValues={{ scope: "own" }}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item name="scope" hidden={!mayShare} label={t("myLine.scope")}>
        <Radio.Group
          optionType="button"
          options={speedDialScopes.map((value) => ({ value, label: t(`myLine.scopes.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="code"
        label={t("myLine.code")}
        extra={t("myLine.codeHelp")}
        rules={[{ required: true }]}
      >
        <InputNumber min={0} max={99} precision={0} autoFocus />
      </Form.Item>
      <Form.Item name="name" label={t("myLine.name")} rules={[{ required: true, max: 60 }]}>
        <Input />
      </Form.Item>
      <Form.Item name="phone" label={t("common.phone")} rules={[{ required: true, min: 2, max: 30 }]}>
        <Input inputMode="tel" />
      </Form.Item>
    </ModalForm>
  );
}

/** My speed dials and everybody's. */
export function SpeedDialsCard() {
  const { t } = useTranslation();
  const mayShare = useCan("agents.supervise");
  const [adding, setAdding] = useState(false);
  const query = useQuery(speedDialsQuery);
  const remove = useAct(({ scope, code }: SpeedDial) => api.delete(`/speed-dials/${scope}/${code}`), {
    stale,
  });
  return (
    <Card
      title={t("myLine.speedDials")}
      extra={
        <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t("myLine.addSpeedDial")}
        </Button>
      }
    >
      <Table<SpeedDial>
        size="small"
        pagination={false}
        loading={query.isPending}
        rowKey={({ scope, code }) => `${scope}-${code}`}
        dataSource={query.data?.items ?? []}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: t("myLine.noSpeedDials") }}
        columns={[
          { title: t("myLine.code"), render: (_, { code }) => shownCode(code) },
          { title: t("myLine.name"), dataIndex: "name" },
          { title: t("common.phone"), render: (_, { phone }) => formatPhone(phone) },
          { title: t("myLine.scope"), render: (_, { scope }) => t(`myLine.scopes.${scope}`) },
          {
            title: t("common.actions"),
            render: (_, entry) =>
              (entry.scope === "own" || mayShare) && (
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={t("myLine.deleteSpeedDial", { name: entry.name })}
                  onClick={() => remove.mutate(entry)}
                />
              ),
          },
        ]}
      />
      {adding && <NewSpeedDial onClose={() => setAdding(false)} />}
    </Card>
  );
}
