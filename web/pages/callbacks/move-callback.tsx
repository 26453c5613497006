import { Form, Input, Select, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { type CallbackChange, type CallbackRow, callbackRow } from "../../../shared/callbacks.ts";
import { instantOf, wallClockOf } from "../../../shared/zoned-time.ts";
import { api } from "../../lib/api.ts";
import { companyZone } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useUsers } from "../users/user-api.ts";
import { callbacksKey } from "./callback-api.ts";
import { theirTime } from "./callback-time.tsx";

interface Fields {
  time: string;
  userId: number;
  note: string;
}
const team = 0;

function Theirs({ timeZone }: { timeZone: string }) {
  const { t } = useTranslation();
  const wall = Form.useWatch("time") as string | undefined;
  const at = wall ? instantOf(wall, companyZone()) : undefined;
  const theirs = at && theirTime(at, timeZone);
  return theirs ? (
    <Typography.Text type="secondary">{t("desk.callback.theirs", { time: theirs })}</Typography.Text>
  ) : null;
}

/** Another time, another agent, a better note. What did not change is not sent: a moved time is a new promise. */
export function MoveCallback({ callback, onClose }: { callback: CallbackRow; onClose: () => void }) {
  const { t } = useTranslation();
  const supervises = useCan("agents.supervise");
  const users = useUsers({ active: true, pageSize: 500 }, supervises);
  const zone = companyZone();
  const before: Fields = {
    time: wallClockOf(Date.parse(callback.promisedAt), zone),
    userId: callback.agent?.id ?? team,
    note: callback.note,
  };
  const save = useAct(
    (change: CallbackChange) => api.patch(`/callbacks/${callback.id}`, callbackRow, change),
    {
      stale: [callbacksKey],
      said: t("common.saved"),
      onDone: onClose,
    },
  );
  const submit = ({ time, userId, note }: Fields) => {
    const dueAt = time === before.time ? undefined : instantOf(time, zone);
    save.mutate({
      ...(dueAt && { dueAt }),
      ...(supervises && userId !== before.userId && { userId: userId === team ? null : userId }),
      ...(note !== before.note && { note }),
    });
  };
  return (
    <ModalForm<Fields>
      title={t("callbacks.moveTitle", { name: callback.name || t("lists.noName") })}
      isPending={save.isPending}
      initialValues={before}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="time"
        label={t("desk.callback.when")}
        extra={<Theirs timeZone={callback.timeZone} />}
        rules={[{ required: true }]}
      >
        <Input type="datetime-local" />
      </Form.Item>
      {supervises && (
        <Form.Item name="userId" label={t("callbacks.agent")}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            loading={users.isPending}
            options={[
              ...(callback.campaign ? [{ value: team, label: t("callbacks.team") }] : []),
              ...(users.data?.items ?? []).map((user) => ({ value: user.id, label: user.name })),
            ]}
          />
        </Form.Item>
      )}
      <Form.Item name="note" label={t("common.note")} rules={[{ max: 5000 }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
      </Form.Item>
    </ModalForm>
  );
}
