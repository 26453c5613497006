import { LockOutlined } from "@ant-design/icons";
import { Alert, Button, DatePicker, Flex, Form, Input } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import { pageOf } from "../../../shared/common.ts";
import { leadLock } from "../../../shared/locks.ts";
import { addDays } from "../../../shared/zoned-time.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useCan } from "../../lib/session.ts";
import { dayStart } from "../../lib/zone.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { leadsKey } from "./list-api.ts";

const useLocks = (leadId: number) =>
  useQuery({
    queryKey: [...leadsKey, leadId, "locks"],
    queryFn: ({ signal }) => api.get(`/leads/${leadId}/locks`, pageOf(leadLock), {}, signal),
  });

function Reason({ label }: { label: string }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="reason"
      label={label}
      rules={[{ required: true, whitespace: true, message: t("locks.reasonNeeded") }]}
    >
      <Input.TextArea autoFocus maxLength={500} autoSize={{ minRows: 2 }} />
    </Form.Item>
  );
}

function LockForm({ leadId, onClose }: { leadId: number; onClose: () => void }) {
  const { t } = useTranslation();
  const lock = useAct(
    ({ reason, last }: { reason: string; last?: Dayjs | null }) =>
      api.post(`/leads/${leadId}/locks`, null, {
        reason,
        until: last ? dayStart(addDays(last.format("YYYY-MM-DD"), 1)) : null,
      }),
    { stale: [leadsKey], said: t("locks.locked"), onDone: onClose },
  );
  return (
    <ModalForm<{ reason: string; last?: Dayjs | null }>
      title={t("locks.lock")}
      okText={t("locks.lock")}
      isPending={lock.isPending}
      onSubmit={lock.mutate}
      onClose={onClose}
    >
      <Reason label={t("locks.reason")} />
      <Form.Item name="last" label={t("locks.last")} extra={t("locks.lastHelp")}>
        <DatePicker style={{ width: "100%" }} placeholder={t("locks.forGood")} />
      </Form.Item>
    </ModalForm>
  );
}

function LiftForm({ leadId, onClose }: { leadId: number; onClose: () => void }) {
  const { t } = useTranslation();
  const lift = useAct((fields: { reason: string }) => api.post(`/leads/${leadId}/locks/lift`, null, fields), {
    stale: [leadsKey],
    said: t("locks.lifted"),
    onDone: onClose,
  });
  return (
    <ModalForm<{ reason: string }>
      title={t("locks.lift")}
      okText={t("locks.lift")}
      isPending={lift.isPending}
      onSubmit={lift.mutate}
      onClose={onClose}
    >
      <Reason label={t("locks.liftReason")} />
    </ModalForm>
  );
}

/** The lead's do-not-redial locks: what holds, until when and why; set and lifted by who may. */
export function LeadLocks({ leadId }: { leadId: number }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<"lock" | "lift">();
  const imports = useCan("leads.import");
  const mayLift = useCan("compliance.manage");
  const locks = useLocks(leadId).data?.items ?? [];
  const close = () => setAsking(undefined);
  if (locks.length === 0 && !imports && !mayLift) return null;
  return (
    <Flex vertical gap={8} align="start">
      {locks.length > 0 && (
        <Alert
          type="warning"
          showIcon
          icon={<LockOutlined />}
          style={{ alignSelf: "stretch" }}
          title={t("locks.title")}
          description={locks.map((lock) => (
            <div key={lock.phone}>
              {formatPhone(lock.phone)} ·{" "}
              {lock.until ? t("locks.until", { at: formatInstant(lock.until) }) : t("locks.forGood")} ·{" "}
              {lock.reason}
              {lock.by && ` (${lock.by})`}
            </div>
          ))}
          action={
            mayLift && (
              <Button size="small" onClick={() => setAsking("lift")}>
                {t("locks.lift")}
              </Button>
            )
          }
        />
      )}
      {(imports || mayLift) && (
        <Button icon={<LockOutlined />} onClick={() => setAsking("lock")}>
          {t("locks.lock")}
        </Button>
      )}
      {asking === "lock" && <LockForm leadId={leadId} onClose={close} />}
      {asking === "lift" && <LiftForm leadId={leadId} onClose={close} />}
    </Flex>
  );
}
