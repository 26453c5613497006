import { Flex, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type NumberTarget, numberTargetTypes } from "../../../shared/numbers.ts";
import { useFlows } from "../ivr/flow-api.ts";
import { useQueues } from "../queues/queue-api.ts";
import { useBoxes } from "../voicemail/voicemail-api.ts";
import { useUsers } from "../users/user-api.ts";

type Options = { value: number; label: string }[];

const named = (items: readonly { id: number; name: string }[] | undefined): Options =>
  (items ?? []).map(({ id, name }) => ({ value: id, label: name }));

/** What numbers can lead to, by kind. */
export function useTargetOptions(): Record<NumberTarget["type"], Options> {
  const people = named(useUsers({ pageSize: 500 }).data?.items);
  return {
    queue: named(useQueues().data?.items),
    flow: named(useFlows({ page: 1, pageSize: 200 }).data?.items),
    agent: people,
    voicemail: people,
    box: named(useBoxes().data?.items.filter(({ userId }) => userId === null)),
  };
}

interface Props {
  value?: NumberTarget | null;
  onChange?: (value: NumberTarget) => void;
  options: Record<NumberTarget["type"], Options>;
}

/** A kind of target, then which one. */
export function TargetInput({ value, onChange, options }: Props) {
  const { t } = useTranslation();
  const type = value?.type ?? "queue";
  return (
    <Flex gap={8} wrap>
      <Select<NumberTarget["type"]>
        value={type}
        aria-label={t("numbers.leadsTo")}
        style={{ width: 130 }}
        options={numberTargetTypes.map((one) => ({
          value: one,
          label: t(`numbers.target.${one}`),
          disabled: options[one].length === 0,
        }))}
        onChange={(next) => onChange?.({ type: next, id: options[next][0]?.value ?? 0 })}
      />
      <Select<number>
        value={value?.id ?? null}
        aria-label={t(`numbers.target.${type}`)}
        placeholder={t("numbers.choose")}
        showSearch={{ optionFilterProp: "label" }}
        style={{ width: 200 }}
        options={options[type]}
        onChange={(id) => onChange?.({ type, id })}
      />
    </Flex>
  );
}
