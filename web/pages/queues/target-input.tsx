import { Flex, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { OverflowTarget, WaitingAct } from "../../../shared/queues.ts";

type Target = OverflowTarget | WaitingAct;

interface Props<T extends Target> {
  value?: T;
  onChange?: (value: T) => void;
  /** What it can be; the first that needs nothing more is where it begins. */
  types: readonly T["type"][];
  label: string;
  queues: { value: number; label: string }[];
  users: { value: number; label: string }[];
}

/** Where a caller goes: whom the queue does not serve, or who presses a key. */
export function TargetInput<T extends Target>({ value, onChange, types, label, queues, users }: Props<T>) {
  const { t } = useTranslation();
  const say = (target: Target) => onChange?.(target as T);
  const choose = (type: Target["type"]) => {
    if (type === "number") say({ type, phone: "" });
    else if (type === "queue" && queues[0]) say({ type, queueId: queues[0].value });
    else if (type === "voicemail" && users[0]) say({ type, userId: users[0].value });
    else if (type !== "queue" && type !== "voicemail") say({ type });
  };
  const isPossible = (type: Target["type"]) =>
    (type !== "queue" || queues.length > 0) && (type !== "voicemail" || users.length > 0);
  return (
    <Flex gap={8} wrap>
      <Select<Target["type"]>
        value={value?.type ?? null}
        aria-label={label}
        style={{ minWidth: 200 }}
        options={types.map((type) => ({
          value: type,
          label: t(`queues.target.${type}`),
          disabled: !isPossible(type),
        }))}
        onChange={choose}
      />
      {value?.type === "queue" && (
        <Select<number>
          value={value.queueId}
          aria-label={t("queues.target.queue")}
          style={{ minWidth: 180 }}
          options={queues}
          onChange={(queueId) => say({ type: "queue", queueId })}
        />
      )}
      {value?.type === "voicemail" && (
        <Select<number>
          showSearch={{ optionFilterProp: "label" }}
          value={value.userId}
          aria-label={t("queues.target.voicemail")}
          style={{ minWidth: 180 }}
          options={users}
          onChange={(userId) => say({ type: "voicemail", userId })}
        />
      )}
      {value?.type === "number" && (
        <Input
          value={value.phone}
          aria-label={t("queues.target.number")}
          placeholder="+8675512345678"
          inputMode="tel"
          maxLength={16}
          style={{ width: 180 }}
          onChange={(event) => say({ type: "number", phone: event.target.value.trim() })}
        />
      )}
    </Flex>
  );
}
