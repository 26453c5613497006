import { CloseOutlined } from "@ant-design/icons";
import { Button, Flex, Input, InputNumber, Radio, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type RouteCondition, routeConditions, type RouteWhen } from "../../../shared/numbers.ts";
import { aroundTheClock, weekOf, workdays } from "../../../shared/week.ts";
import { useLists } from "../lists/list-api.ts";
import { chineseRegions, useRegionName } from "./regions.ts";
import { noConditions } from "./number-api.ts";
import { TimeInput } from "./time-input.tsx";

interface Props {
  value?: RouteWhen;
  onChange?: (value: RouteWhen) => void;
}

/** What each condition is when it is added. */
const first: { [K in RouteCondition]: RouteWhen[K] } = {
  callers: [],
  listIds: [],
  regions: [],
  anonymous: true,
  customer: true,
  vip: 1,
  field: { key: "", is: "" },
  time: { type: "open", hours: weekOf(workdays, ["09:00", "18:00"]), calendarId: null },
};
const yesNo = [true, false];

function isSet(when: RouteWhen, condition: RouteCondition, added: readonly RouteCondition[]): boolean {
  const value = when[condition];
  return added.includes(condition) || (Array.isArray(value) ? value.length > 0 : value !== null);
}

/** One condition, to be changed. */
function Condition({
  condition,
  when,
  set,
}: {
  condition: RouteCondition;
  when: RouteWhen;
  set: (part: Partial<RouteWhen>) => void;
}): ReactNode {
  const { t } = useTranslation();
  const lists = useLists({ pageSize: 500 });
  const regionName = useRegionName();
  const label = t(`numbers.condition.${condition}`);
  switch (condition) {
    case "callers":
      return (
        <Select
          mode="tags"
          aria-label={label}
          value={when.callers}
          open={false}
          suffixIcon={null}
          tokenSeparators={[",", ";", "\n", "，", "；", "、", " "]}
          placeholder="+8613800138000, +86138*"
          style={{ minWidth: 280, flex: 1 }}
          onChange={(callers: string[]) => set({ callers })}
        />
      );
    case "listIds":
      return (
        <Select
          mode="multiple"
          aria-label={label}
          value={when.listIds}
          loading={lists.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={(lists.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          style={{ minWidth: 280, flex: 1 }}
          onChange={(listIds: number[]) => set({ listIds })}
        />
      );
    case "regions":
      return (
        <Select
          mode="tags"
          aria-label={label}
          value={when.regions}
          showSearch={{ optionFilterProp: "label" }}
          options={chineseRegions.map((value) => ({ value, label: regionName(value) }))}
          style={{ minWidth: 280, flex: 1 }}
          onChange={(regions: string[]) => set({ regions })}
        />
      );
    case "anonymous":
    case "customer":
      return (
        <Radio.Group
          aria-label={label}
          value={when[condition]}
          optionType="button"
          options={yesNo.map((value) => ({ value, label: t(`numbers.${condition}.${value}`) }))}
          onChange={({ target }: { target: { value?: boolean } }) =>
            set({ [condition]: target.value ?? true })
          }
        />
      );
    case "vip":
      return (
        <InputNumber<number>
          aria-label={label}
          min={1}
          max={9}
          precision={0}
          value={when.vip}
          onChange={(vip) => set({ vip: vip ?? 1 })}
        />
      );
    case "field": {
      const field = when.field ?? { key: "", is: "" };
      return (
        <Flex gap={8} wrap>
          <Input
            aria-label={t("numbers.fieldKey")}
            placeholder={t("numbers.fieldKey")}
            value={field.key}
            maxLength={64}
            style={{ width: 160 }}
            onChange={({ target }) => set({ field: { ...field, key: target.value } })}
          />
          <Input
            aria-label={t("numbers.fieldIs")}
            placeholder={t("numbers.fieldIs")}
            value={field.is}
            maxLength={200}
            style={{ width: 200 }}
            onChange={({ target }) => set({ field: { ...field, is: target.value } })}
          />
        </Flex>
      );
    }
    case "time":
      return (
        <TimeInput
          value={when.time ?? { type: "open", hours: aroundTheClock, calendarId: null }}
          onChange={(time) => set({ time })}
        />
      );
  }
}

/** When a rule fits: conditions that must all hold; none: always. */
export function WhenInput({ value = noConditions, onChange }: Props) {
  const { t } = useTranslation();
  // A list that is still empty is shown because it has just been added.
  const set = (part: Partial<RouteWhen>) => onChange?.({ ...value, ...part });
  const [added, setAdded] = useState<readonly RouteCondition[]>([]);
  const shown = routeConditions.filter((condition) => isSet(value, condition, added));
  const add = (condition: RouteCondition) => {
    setAdded([...added, condition]);
    set({ [condition]: first[condition] });
  };
  const remove = (condition: RouteCondition) => {
    setAdded(added.filter((other) => other !== condition));
    set({ [condition]: noConditions[condition] });
  };
  return (
    <Flex vertical gap={8}>
      {shown.map((condition) => (
        <Flex key={condition} gap={8} align="start" wrap className="route-condition">
          <span style={{ width: 130, paddingTop: 5 }}>{t(`numbers.condition.${condition}`)}</span>
          <Condition condition={condition} when={value} set={set} />
          <Button
            type="text"
            icon={<CloseOutlined />}
            aria-label={`${t("common.remove")}: ${t(`numbers.condition.${condition}`)}`}
            onClick={() => remove(condition)}
          />
        </Flex>
      ))}
      <Select<RouteCondition | null>
        value={null}
        placeholder={shown.length === 0 ? t("numbers.always") : t("numbers.addCondition")}
        aria-label={t("numbers.addCondition")}
        style={{ width: 280 }}
        options={routeConditions
          .filter((condition) => !shown.includes(condition))
          .map((condition) => ({ value: condition, label: t(`numbers.condition.${condition}`) }))}
        onChange={(condition) => condition && add(condition)}
      />
    </Flex>
  );
}
