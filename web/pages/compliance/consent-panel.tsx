import { PlusOutlined } from "@ant-design/icons";
import { Button, DatePicker, Flex, Form, Input, Select, Tag, Timeline, Typography } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { z } from "zod";
import { type ConsentRow, consentSources } from "../../../shared/consents.ts";
import { callKinds, callPurposes, consentForms } from "../../../shared/rule-packs.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useCan } from "../../lib/session.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useDanger } from "../../ui/use-danger.ts";
import { consentsKey, consentState, type Person, useConsents } from "./compliance-api.ts";

interface Fields {
  phone: string;
  form: (typeof consentForms)[number];
  source: (typeof consentSources)[number];
  kinds: string[];
  purposes: string[];
  proof: string;
  recordingCallId?: string;
  givenAt?: Dayjs;
  expiresAt?: Dayjs;
}

function Give({ phones, onClose }: { phones: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const give = useAct(
    ({ givenAt, expiresAt, recordingCallId, ...fields }: Fields) =>
      api.post("/consents", z.object({ id: z.number() }), {
        ...fields,
        recordingCallId: recordingCallId || null,
        givenAt: (givenAt?.toDate() ?? new Date()).toISOString(),
        expiresAt: expiresAt?.toDate().toISOString() ?? null,
      }),
    { stale: [consentsKey], said: t("common.saved"), onDone: onClose },
  );
  return (
    <ModalForm<Fields>
      title={t("consents.add")}
      initialValues={{ phone: phones[0], form: "express", source: "call", kinds: [], purposes: [] }}
      isPending={give.isPending}
      onSubmit={(fields) => give.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item name="phone" label={t("common.phone")} rules={[{ required: true }]}>
        <Select options={phones.map((value) => ({ value, label: formatPhone(value) }))} />
      </Form.Item>
      <Form.Item
        name="proof"
        label={t("consents.proof")}
        extra={t("consents.proofHelp")}
        rules={[{ required: true }]}
      >
        <Input.TextArea maxLength={4000} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      <Form.Item name="source" label={t("consents.source")}>
        <Select options={consentSources.map((value) => ({ value, label: t(`consents.sources.${value}`) }))} />
      </Form.Item>
      <Form.Item name="form" label={t("consents.form")}>
        <Select options={consentForms.map((value) => ({ value, label: t(`consents.forms.${value}`) }))} />
      </Form.Item>
      <Form.Item name="purposes" label={t("rulePacks.purpose")}>
        <Select
          mode="multiple"
          placeholder={t("consents.all")}
          options={callPurposes.map((value) => ({ value, label: t(`rulePacks.purposes.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="kinds" label={t("rulePacks.kind")}>
        <Select
          mode="multiple"
          placeholder={t("consents.all")}
          options={callKinds.map((value) => ({ value, label: t(`rulePacks.kinds.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="recordingCallId" label={t("consents.recording")}>
        <Input maxLength={64} />
      </Form.Item>
      <Flex gap={16} wrap>
        <Form.Item name="givenAt" label={t("consents.givenAt")}>
          <DatePicker showTime placeholder={t("consents.now")} />
        </Form.Item>
        <Form.Item name="expiresAt" label={t("doNotCall.until")}>
          <DatePicker showTime placeholder={t("doNotCall.forever")} />
        </Form.Item>
      </Flex>
    </ModalForm>
  );
}

const colors = { "in-force": "success", withdrawn: "error", expired: "default" } as const;

function Entry({ row }: { row: ConsentRow }) {
  const { t } = useTranslation();
  const may = useCan("customers.manage");
  const danger = useDanger();
  const withdraw = useAct(() => api.post(`/consents/${row.id}/withdraw`, null, {}), {
    stale: [consentsKey],
    said: t("consents.withdrawn"),
  });
  const [now] = useState(() => Date.now());
  const state = consentState(row, now);
  const scope = [
    t(`consents.forms.${row.form}`),
    ...row.purposes.map((purpose) => t(`rulePacks.purposes.${purpose}`)),
    ...row.kinds.map((kind) => t(`rulePacks.kinds.${kind}`)),
    t(`consents.sources.${row.source}`, { defaultValue: row.source }),
    row.by,
  ];
  return (
    <Flex vertical gap={2}>
      <Flex gap={8} wrap align="center">
        <Tag color={colors[state]}>{t(`consents.state.${state}`)}</Tag>
        {formatPhone(row.phone)} · {formatInstant(row.givenAt)}
        {row.recordingCallId && <Link to={`/calls/${row.recordingCallId}`}>{t("consents.recording")}</Link>}
        {may && state === "in-force" && (
          <Button
            size="small"
            onClick={() =>
              danger({
                title: t("consents.withdrawQuestion"),
                content: t("consents.withdrawHelp"),
                okText: t("consents.withdraw"),
                onOk: () => withdraw.mutateAsync(undefined),
              })
            }
          >
            {t("consents.withdraw")}
          </Button>
        )}
      </Flex>
      <div style={{ overflowWrap: "anywhere" }}>{row.proof}</div>
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {scope.filter(Boolean).join(" · ")}
        {row.withdrawnAt &&
          ` · ${t("consents.state.withdrawn")} ${formatInstant(row.withdrawnAt)} ${row.withdrawnReason ?? ""}`}
        {row.expiresAt && ` · ${t("doNotCall.until")} ${formatInstant(row.expiresAt)}`}
      </Typography.Text>
    </Flex>
  );
}

/** Consents of a lead or a customer, newest first. */
export function ConsentPanel({ person, phones }: { person: Person; phones: readonly string[] }) {
  const { t } = useTranslation();
  const query = useConsents(person);
  const may = useCan("customers.manage") && phones.length > 0;
  const [giving, setGiving] = useState(false);
  return (
    <Flex vertical gap={16} align="flex-start">
      {may && (
        <Button icon={<PlusOutlined />} onClick={() => setGiving(true)}>
          {t("consents.add")}
        </Button>
      )}
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState text={t("consents.none")} />
          ) : (
            <Timeline items={items.map((row) => ({ key: row.id, content: <Entry row={row} /> }))} />
          )
        }
      </Loaded>
      {giving && <Give phones={phones} onClose={() => setGiving(false)} />}
    </Flex>
  );
}
