import { Flex, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type NumberTarget, numberTargetTypes } from "../../../shared/numbers.ts";
import { useFlows } from "../ivr/flow-api.ts";
import { useQueues } from "../queues/queue-api.ts";
import { usePrompts } from "../sounds/sound-api.ts";
import { useBoxes } from "../voicemail/voicemail-api.ts";
import { useUsers } from "../users/user-api.ts";

type Options = { value: number; label: string }[];
type Named = Extract<NumberTarget, { id: number }>["type"];
export type TargetOptions = Record<Named, Options>;

const named = (items: readonly { id: number; name: string }[] | undefined): Options =>
  (items ?? []).map(({ id, name }) => ({ value: id, label: name }));
const isNamed = (type: NumberTarget["type"]): type is Named => type !== "number" && type !== "refuse";

/** What numbers can lead to, by kind. */
export function useTargetOptions(): TargetOptions {
  const people = named(useUsers({ pageSize: 500 }).data?.items);
  return {
    queue: named(useQueues().data?.items),
    flow: named(useFlows({ page: 1, pageSize: 200 }).data?.items),
    agent: people,
    voicemail: people,
    box: named(useBoxes().data?.items.filter(({ userId }) => userId === null)),
    announcement: named(usePrompts().data?.items),
  };
}

/** In words: what it leads to, and which. */
export function useTargetWords(options: TargetOptions): (target: NumberTarget | null) => string {
  const { t } = useTranslation();
  return (target) => {
    if (target === null) return t("numbers.nowhere");
    const kind = t(`numbers.target.${target.type}`);
    if (target.type === "refuse") return kind;
    const which =
      target.type === "number"
        ? target.phone
        : options[target.type].find(({ value }) => value === target.id)?.label;
    return which === undefined ? kind : `${kind}: ${which}`;
  };
}

/** The first that there is. */
export function firstTarget(options: TargetOptions): NumberTarget | null {
  const all = (["queue", "flow", "agent"] as const).flatMap((type) =>
    options[type].map(({ value }) => ({ type, id: value })),
  );
  return all[0] ?? null;
}

interface Props {
  value?: NumberTarget | null;
  onChange?: (value: NumberTarget | null) => void;
  options: TargetOptions;
  /** May it lead to nothing of its own? */
  clearable?: boolean;
}

/** A kind of target, then which one. */
export function TargetInput({ value, onChange, options, clearable = false }: Props) {
  const { t } = useTranslation();
  const type = value?.type;
  const choose = (next: NumberTarget["type"] | null) => {
    if (next === null) onChange?.(null);
    else if (next === "refuse") onChange?.({ type: next });
    else if (next === "number") onChange?.({ type: next, phone: "" });
    else onChange?.({ type: next, id: options[next][0]?.value ?? 0 });
  };
  return (
    <Flex gap={8} wrap>
      <Select<NumberTarget["type"] | null>
        value={type ?? null}
        aria-label={t("numbers.leadsTo")}
        style={{ width: 190 }}
        placeholder={t("numbers.choose")}
        options={[
          ...(clearable ? [{ value: null, label: t("numbers.noDefault") }] : []),
          ...numberTargetTypes.map((one) => ({
            value: one,
            label: t(`numbers.target.${one}`),
            disabled: isNamed(one) && options[one].length === 0,
          })),
        ]}
        onChange={choose}
      />
      {type !== undefined && isNamed(type) && (
        <Select<number>
          value={value && "id" in value ? value.id : null}
          aria-label={t(`numbers.target.${type}`)}
          placeholder={t("numbers.choose")}
          showSearch={{ optionFilterProp: "label" }}
          style={{ width: 200 }}
          options={options[type]}
          onChange={(id) => onChange?.({ type, id })}
        />
      )}
      {value?.type === "number" && (
        <Input
          value={value.phone}
          aria-label={t("numbers.target.number")}
          placeholder="+8675512345678"
          inputMode="tel"
          maxLength={16}
          style={{ width: 200 }}
          onChange={(event) => onChange?.({ type: "number", phone: event.target.value.trim() })}
        />
      )}
    </Flex>
  );
}
