import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Select, theme } from "antd";
import { useTranslation } from "react-i18next";
import { type Weekday, type WeekHours, weekdays } from "../../../../shared/campaigns.ts";
import { DayBar } from "../hours-view.tsx";

type Span = [string, string];

const two = (n: number) => String(n).padStart(2, "0");
const quarters = Array.from({ length: 97 }, (_, index) => {
  return `${two(Math.floor(index / 4))}:${two((index % 4) * 15)}`;
});
const starts = quarters.slice(0, -1).map((value) => ({ value }));
const ends = quarters.slice(1).map((value) => ({ value }));

/** The next span to offer: an hour after the last one, or the working day. */
function nextSpan(spans: readonly Span[]): Span {
  const last = spans.at(-1)?.[1];
  if (last === undefined) return ["09:00", "18:00"];
  const at = Math.min(quarters.length - 5, Math.max(0, quarters.indexOf(last) + 4));
  return [quarters[at] ?? "00:00", quarters[Math.min(quarters.length - 1, at + 8)] ?? "24:00"];
}

interface Props {
  id?: string;
  value?: WeekHours;
  onChange?: (value: WeekHours) => void;
}

function Day({ day, spans, onChange }: { day: Weekday; spans: Span[]; onChange: (spans: Span[]) => void }) {
  const { t } = useTranslation();
  const name = t(`weekday.long.${day}`);
  const change = (index: number, span: Span) => onChange(spans.map((old, i) => (i === index ? span : old)));
  return (
    <Flex wrap gap="6px 10px" align="center">
      {spans.map(([from, to], index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a span is its place
        <Flex key={index} align="center" gap={4}>
          <Select
            size="small"
            showSearch
            value={from}
            options={starts}
            style={{ width: 82 }}
            aria-label={t("campaigns.spanFrom", { day: name })}
            onChange={(next) => change(index, [next, to])}
          />
          –
          <Select
            size="small"
            showSearch
            value={to}
            options={ends}
            style={{ width: 82 }}
            aria-label={t("campaigns.spanTo", { day: name })}
            onChange={(next) => change(index, [from, next])}
          />
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t("campaigns.spanRemove", { day: name })}
            onClick={() => onChange(spans.filter((_, i) => i !== index))}
          />
        </Flex>
      ))}
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined />}
        aria-label={t("campaigns.spanAdd", { day: name })}
        onClick={() => onChange([...spans, nextSpan(spans)])}
      />
    </Flex>
  );
}

/** When people may be called, on their own clocks. */
export function HoursEditor({ value, onChange }: Props) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  if (!value) return null;
  const set = (day: Weekday, spans: Span[]) => onChange?.({ ...value, [day]: spans });
  const copyMonday = () =>
    onChange?.({
      ...value,
      tuesday: value.monday,
      wednesday: value.monday,
      thursday: value.monday,
      friday: value.monday,
    });
  return (
    <Flex vertical>
      {weekdays.map((day) => (
        <Flex
          key={day}
          wrap
          gap="4px 16px"
          align="center"
          style={{ padding: "7px 0", borderBottom: `1px solid ${token.colorBorderSecondary}` }}
        >
          <strong style={{ width: 90, fontWeight: 500 }}>{t(`weekday.long.${day}`)}</strong>
          <div style={{ width: 180, display: "flex" }}>
            <DayBar spans={value[day]} />
          </div>
          <Day day={day} spans={value[day]} onChange={(spans) => set(day, spans)} />
        </Flex>
      ))}
      <div style={{ marginTop: 10 }}>
        <Button size="small" onClick={copyMonday}>
          {t("campaigns.copyMonday")}
        </Button>
      </div>
    </Flex>
  );
}
