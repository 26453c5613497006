import { Flex, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { OverflowTarget } from "../../../shared/queues.ts";

interface Props {
  value?: OverflowTarget;
  onChange?: (value: OverflowTarget) => void;
  queues: { value: number; label: string }[];
  users: { value: number; label: string }[];
}

/** Where those go whom the queue does not serve. */
export function OverflowInput({ value = { type: "hang-up" }, onChange, queues, users }: Props) {
  const { t } = useTranslation();
  const choose = (type: OverflowTarget["type"]) => {
    if (type === "hang-up") onChange?.({ type });
    else if (type === "number") onChange?.({ type, phone: "" });
    else if (type === "queue" && queues[0]) onChange?.({ type, queueId: queues[0].value });
    else if (type === "voicemail" && users[0]) onChange?.({ type, userId: users[0].value });
  };
  return (
    <Flex gap={8} wrap>
      <Select<OverflowTarget["type"]>
        value={value.type}
        aria-label={t("queues.overflow")}
        style={{ minWidth: 200 }}
        options={(["hang-up", "queue", "voicemail", "number"] as const).map((type) => ({
          value: type,
          label: t(`queues.target.${type}`),
          disabled: (type === "queue" && queues.length === 0) || (type === "voicemail" && users.length === 0),
        }))}
        onChange={choose}
      />
      {value.type === "queue" && (
        <Select<number>
          value={value.queueId}
          aria-label={t("queues.target.queue")}
          style={{ minWidth: 180 }}
          options={queues}
          onChange={(queueId) => onChange?.({ type: "queue", queueId })}
        />
      )}
      {value.type === "voicemail" && (
        <Select<number>
          showSearch={{ optionFilterProp: "label" }}
          value={value.userId}
          aria-label={t("queues.target.voicemail")}
          style={{ minWidth: 180 }}
          options={users}
          onChange={(userId) => onChange?.({ type: "voicemail", userId })}
        />
      )}
      {value.type === "number" && (
        <Input
          value={value.phone}
          aria-label={t("queues.target.number")}
          placeholder="+8675512345678"
          inputMode="tel"
          maxLength={16}
          style={{ width: 180 }}
          onChange={(event) => onChange?.({ type: "number", phone: event.target.value.trim() })}
        />
      )}
    </Flex>
  );
}
