import { PlusOutlined, UploadOutlined } from "@ant-design/icons";
import {
  Button,
  Card,
  DatePicker,
  Flex,
  Form,
  Input,
  InputNumber,
  Radio,
  Select,
  Table,
  type TableColumnsType,
  Tag,
  Typography,
  Upload,
} from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import type { RegisterRow } from "../../../shared/registers.ts";
import { api } from "../../lib/api.ts";
import { formatInstant, formatNumber } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { upload } from "../../lib/upload.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useDanger } from "../../ui/use-danger.ts";
import { useCampaigns } from "../campaigns/campaign-api.ts";
import { registersKey, useRegisters, useRulePacks } from "../compliance/compliance-api.ts";

interface Fields {
  name: string;
  kind: "file" | "service";
  key?: string;
  campaignId?: number;
  whenUnknown: "refuse" | "allow";
  expiresAt?: Dayjs;
  url?: string;
  authorization?: string;
  timeoutMs?: number;
  cacheMinutes?: number;
}

function Add({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Fields["kind"]>("file");
  const campaigns = useCampaigns({ pageSize: 500 });
  const packs = useRulePacks().data?.items ?? [];
  const keys = new Set(
    packs.flatMap((pack) =>
      [pack.rules, ...Object.values(pack.regions).map((region) => region.rules)].flatMap((rules) =>
        (rules.registers ?? []).map((register) => register.key),
      ),
    ),
  );
  const add = useAct(
    ({ expiresAt, ...fields }: Fields) =>
      api.post("/registers", z.object({ id: z.number() }), {
        ...fields,
        key: fields.key ?? null,
        campaignId: fields.campaignId ?? null,
        url: fields.url ?? null,
        authorization: fields.authorization || null,
        expiresAt: expiresAt?.toDate().toISOString() ?? null,
      }),
    { stale: [registersKey], said: t("common.saved"), onDone: onClose },
  );
  return (
    <ModalForm<Fields>
      title={t("registers.add")}
      initialValues={{ kind: "file", whenUnknown: "refuse" }}
      isPending={add.isPending}
      onSubmit={(fields) => add.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("registers.name")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item name="kind" label={t("registers.kind")}>
        <Radio.Group
          optionType="button"
          onChange={(event) => setKind(event.target.value as Fields["kind"])}
          options={(["file", "service"] as const).map((value) => ({
            value,
            label: t(`registers.kinds.${value}`),
          }))}
        />
      </Form.Item>
      {kind === "service" && (
        <>
          <Form.Item
            name="url"
            label={t("registers.url")}
            extra={t("registers.urlHelp")}
            rules={[{ required: true, type: "url" }]}
          >
            <Input inputMode="url" placeholder="https://" />
          </Form.Item>
          <Form.Item name="authorization" label={t("registers.authorization")}>
            <Input.Password autoComplete="off" />
          </Form.Item>
          <Flex gap={16} wrap>
            <Form.Item name="timeoutMs" label={t("registers.timeout")} initialValue={1500}>
              <InputNumber min={100} max={5000} precision={0} suffix="ms" />
            </Form.Item>
            <Form.Item name="cacheMinutes" label={t("registers.cache")} initialValue={60}>
              <InputNumber min={0} max={43_200} precision={0} suffix={t("registers.minutes")} />
            </Form.Item>
          </Flex>
        </>
      )}
      <Form.Item name="key" label={t("registers.key")} extra={t("registers.keyHelp")}>
        <Select
          allowClear
          placeholder={t("registers.own")}
          options={[...keys].map((value) => ({ value, label: value }))}
        />
      </Form.Item>
      <Form.Item name="campaignId" label={t("doNotCall.scope")}>
        <Select
          allowClear
          placeholder={t("doNotCall.everywhere")}
          showSearch={{ optionFilterProp: "label" }}
          options={(campaigns.data?.items ?? []).map((c) => ({ value: c.id, label: c.name }))}
        />
      </Form.Item>
      <Form.Item name="expiresAt" label={t("doNotCall.until")} extra={t("registers.expiresHelp")}>
        <DatePicker showTime placeholder={t("doNotCall.forever")} />
      </Form.Item>
      <Form.Item name="whenUnknown" label={t("registers.whenUnknown")} extra={t("registers.whenUnknownHelp")}>
        <Radio.Group
          optionType="button"
          options={(["refuse", "allow"] as const).map((value) => ({
            value,
            label: t(`registers.unknown.${value}`),
          }))}
        />
      </Form.Item>
    </ModalForm>
  );
}

function FileButton({ row }: { row: RegisterRow }) {
  const { t } = useTranslation();
  const send = useAct(
    (file: File) =>
      upload(`/registers/${row.id}/file`, z.object({ id: z.number() }), file, {
        signal: new AbortController().signal,
        onProgress: () => undefined,
      }),
    { stale: [registersKey], said: t("registers.loading") },
  );
  return (
    <Upload
      showUploadList={false}
      accept=".txt,.csv"
      beforeUpload={(file) => {
        send.mutate(file);
        return false;
      }}
    >
      <Button size="small" icon={<UploadOutlined />} loading={send.isPending || row.state === "loading"}>
        {t("registers.upload")}
      </Button>
    </Upload>
  );
}

/** Registers of numbers from files and services. */
export function RegistersCard() {
  const { t } = useTranslation();
  const query = useRegisters();
  const may = useCan("compliance.manage");
  const danger = useDanger();
  const [adding, setAdding] = useState(false);
  const remove = useAct((id: number) => api.delete(`/registers/${id}`), { stale: [registersKey] });
  const ask = (row: RegisterRow) =>
    danger({
      title: t("registers.removeQuestion", { name: row.name }),
      content: t("registers.removeHelp"),
      okText: t("common.remove"),
      onOk: () => remove.mutateAsync(row.id),
    });
  const columns: TableColumnsType<RegisterRow> = [
    {
      title: t("registers.name"),
      render: (_, row) => (
        <Flex vertical>
          <span>
            {row.name} {row.key && <Tag>{row.key}</Tag>}
          </span>
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {row.createdBy} {formatInstant(row.createdAt)}
          </Typography.Text>
        </Flex>
      ),
    },
    {
      title: t("registers.content"),
      render: (_, row) =>
        row.kind === "service" ? (
          row.url
        ) : (
          <Flex vertical>
            <span>
              {t(`registers.state.${row.state}`)}{" "}
              {row.error && t(`errors.${row.error.code}`, { defaultValue: row.error.code })}
            </span>
            {row.numbers > 0 && (
              <span>
                {t("registers.numbers", {
                  numbers: formatNumber(row.numbers),
                  invalid: formatNumber(row.invalid),
                })}{" "}
                {formatInstant(row.loadedAt)}
              </span>
            )}
          </Flex>
        ),
    },
    { title: t("doNotCall.scope"), render: (_, row) => row.campaign?.name ?? t("doNotCall.everywhere") },
    { title: t("registers.whenUnknown"), render: (_, row) => t(`registers.unknown.${row.whenUnknown}`) },
    {
      title: t("doNotCall.until"),
      render: (_, row) => (row.expiresAt ? formatInstant(row.expiresAt) : t("doNotCall.forever")),
    },
    {
      title: t("common.actions"),
      render: (_, row) =>
        may && (
          <Flex gap={8}>
            {row.kind === "file" && <FileButton row={row} />}
            <Button size="small" onClick={() => ask(row)}>
              {t("common.remove")}
            </Button>
          </Flex>
        ),
    },
  ];
  return (
    <Card
      title={t("registers.title")}
      extra={
        may && (
          <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("registers.add")}
          </Button>
        )
      }
    >
      <Typography.Paragraph type="secondary">{t("registers.help")}</Typography.Paragraph>
      <Table<RegisterRow>
        size="small"
        columns={columns}
        rowKey={(row) => row.id}
        loading={query.isPending}
        dataSource={query.data?.items ?? []}
        pagination={false}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: <EmptyState text={t("registers.none")} /> }}
      />
      {adding && <Add onClose={() => setAdding(false)} />}
    </Card>
  );
}
