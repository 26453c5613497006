import { Checkbox, Flex, InputNumber, Select, TimePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { exhaustedActions, retryTimes, type RetryRule } from "../../../../shared/after-call.ts";
import { DurationInput } from "../../../ui/duration-input.tsx";
import { useLists } from "../../lists/list-api.ts";

interface Props {
  /** The outcome's name. */
  name: string;
  rule: RetryRule;
  onChange: (rule: RetryRule) => void;
}

/** When the next try is made, and how often. */
export function RetryWhen({ name, rule, onChange }: Props) {
  const { t } = useTranslation();
  const when = rule.when ?? "delay";
  const onDay = when === "opening" || when === "clock";
  const set = (change: Partial<RetryRule>) => onChange({ ...rule, ...change });
  return (
    <Flex wrap gap={8} align="center">
      <Select
        value={when}
        style={{ width: 210 }}
        popupMatchSelectWidth={false}
        aria-label={t("retry.whenAfter", { outcome: name })}
        options={retryTimes.map((value) => ({ value, label: t(`retry.when.${value}`) }))}
        onChange={(value) => set({ when: value })}
      />
      {onDay ? (
        <InputNumber<number>
          min={0}
          max={30}
          value={rule.days ?? 1}
          prefix={t("retry.daysLater")}
          style={{ width: 130 }}
          aria-label={t("retry.daysAfter", { outcome: name })}
          onChange={(days) => set({ days: days ?? 1 })}
        />
      ) : (
        <DurationInput
          units={["minute", "hour", "day"]}
          value={rule.delayMs}
          aria-label={t("campaigns.delayAfter", { outcome: name })}
          onChange={(delayMs) => set({ delayMs: delayMs ?? 0 })}
        />
      )}
      {when === "clock" && (
        <TimePicker
          format="HH:mm"
          minuteStep={5}
          allowClear={false}
          needConfirm={false}
          style={{ width: 90 }}
          value={dayjs(`2000-01-01T${rule.time ?? "10:00"}`)}
          aria-label={t("retry.timeAfter", { outcome: name })}
          onChange={(time) => set({ time: time?.format("HH:mm") ?? "10:00" })}
        />
      )}
      {!rule.untilReached && (
        <Flex gap={6} align="center">
          {t("campaigns.atMost")}
          <InputNumber<number>
            min={1}
            max={50}
            value={rule.tries}
            style={{ width: 70 }}
            aria-label={t("campaigns.triesAfter", { outcome: name })}
            onChange={(tries) => set({ tries: tries ?? 1 })}
          />
          {t("campaigns.times")}
        </Flex>
      )}
    </Flex>
  );
}

/** Which number, which caller ID, and what happens when the tries are used up. */
export function RetryDetails({ name, rule, onChange }: Props) {
  const { t } = useTranslation();
  const lists = useLists({ pageSize: 500 }, rule.usedUp === "list");
  const set = (change: Partial<RetryRule>) => onChange({ ...rule, ...change });
  return (
    <Flex wrap gap="8px 16px" align="center" style={{ paddingBlock: "2px 10px" }}>
      <Select
        value={rule.number ?? "next"}
        popupMatchSelectWidth={false}
        aria-label={t("retry.numberAfter", { outcome: name })}
        options={(["next", "same"] as const).map((value) => ({ value, label: t(`retry.number.${value}`) }))}
        onChange={(number) => set({ number })}
      />
      <Checkbox
        checked={rule.otherCallerId ?? false}
        onChange={(event) => set({ otherCallerId: event.target.checked })}
      >
        {t("retry.otherCallerId")}
      </Checkbox>
      <Checkbox
        checked={rule.untilReached ?? false}
        onChange={(event) => set({ untilReached: event.target.checked })}
      >
        {t("retry.untilReached")}
      </Checkbox>
      {!rule.untilReached && (
        <Flex wrap gap={8} align="center">
          {t("retry.usedUpLabel")}
          <Select
            value={rule.usedUp ?? "done"}
            popupMatchSelectWidth={false}
            aria-label={t("retry.usedUpAfter", { outcome: name })}
            options={exhaustedActions.map((value) => ({ value, label: t(`retry.usedUp.${value}`) }))}
            onChange={(usedUp) =>
              set({ usedUp, ...(usedUp === "lock" && { lockDays: rule.lockDays ?? 30 }) })
            }
          />
          {rule.usedUp === "list" && (
            <Select
              value={rule.listId ?? null}
              showSearch={{ optionFilterProp: "label" }}
              loading={lists.isPending}
              style={{ minWidth: 180 }}
              status={rule.listId ? "" : "warning"}
              placeholder={t("campaigns.addList")}
              aria-label={t("retry.listAfter", { outcome: name })}
              options={(lists.data?.items ?? []).map((list) => ({ value: list.id, label: list.name }))}
              onChange={(listId) => set({ listId })}
            />
          )}
          {rule.usedUp === "lock" && (
            <InputNumber<number>
              min={1}
              max={3650}
              value={rule.lockDays ?? 30}
              suffix={t("retry.days")}
              style={{ width: 120 }}
              aria-label={t("retry.lockDaysAfter", { outcome: name })}
              onChange={(lockDays) => set({ lockDays: lockDays ?? 30 })}
            />
          )}
        </Flex>
      )}
    </Flex>
  );
}
