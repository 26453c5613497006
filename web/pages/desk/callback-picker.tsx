import { Button, Flex, Input, Radio, Segmented, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeskDraft } from "../../../shared/desk.ts";
import { dayAt, instantOf, wallClockOf } from "../../../shared/zoned-time.ts";
import { useNow } from "../../features/desk/use-now.ts";
import { companyZone } from "../../lib/format.ts";
import { Problem, Required } from "./marks.tsx";

interface Props {
  at: string | null;
  mine: boolean;
  customerZone: string;
  problem: boolean;
  onChange: (part: Partial<DeskDraft>) => void;
}

/** When to call again, in the company's time or theirs, and who does it. */
export function CallbackPicker({ at, mine, customerZone, problem, onChange }: Props) {
  const { t } = useTranslation();
  const ours = companyZone();
  const [byTheirs, setByTheirs] = useState(false);
  const isElsewhere = customerZone !== ours;
  const zone = isElsewhere && byTheirs ? customerZone : ours;
  const other = zone === ours ? customerZone : ours;
  const set = (wall: string) => onChange({ callbackAt: instantOf(wall, zone) ?? null });
  const now = useNow(60_000);
  const soon = (minutes: number) => wallClockOf(now + minutes * 60_000, zone);
  const quick: [string, string][] = [
    [t("desk.callback.in15"), soon(15)],
    [t("desk.callback.in60"), soon(60)],
    [t("desk.callback.tomorrowMorning"), dayAt(now, 1, "10:00", zone)],
    [t("desk.callback.tomorrowAfternoon"), dayAt(now, 1, "15:00", zone)],
  ];
  const elsewhere = at && isElsewhere ? wallClockOf(Date.parse(at), other).replace("T", " ") : null;
  return (
    <div role="group" aria-labelledby="callback-label">
      <div id="callback-label" className="desk-label">
        {t("desk.callback.when")} <Required />
      </div>
      <Flex vertical gap={8}>
        <Flex gap={6} wrap>
          {quick.map(([label, wall]) => (
            <Button key={label} size="small" onClick={() => set(wall)}>
              {label}
            </Button>
          ))}
        </Flex>
        <Input
          type="datetime-local"
          aria-labelledby="callback-label"
          min={soon(0)}
          value={at ? wallClockOf(Date.parse(at), zone) : ""}
          onChange={(event) => set(event.target.value)}
        />
        {isElsewhere && (
          <Segmented
            size="small"
            value={byTheirs}
            aria-label={t("desk.callback.whose")}
            options={[
              { value: false, label: t("desk.callback.ourClock") },
              { value: true, label: t("desk.callback.theirClock", { zone: customerZone }) },
            ]}
            onChange={setByTheirs}
          />
        )}
        {elsewhere && (
          <Typography.Text type="secondary">
            {t(byTheirs ? "desk.callback.ours" : "desk.callback.theirs", { time: elsewhere })}
          </Typography.Text>
        )}
        <Radio.Group
          aria-label={t("desk.callback.who")}
          value={mine}
          onChange={(event) => onChange({ callbackMine: event.target.value as boolean })}
          options={[
            { value: true, label: t("desk.callback.mine") },
            { value: false, label: t("desk.callback.team") },
          ]}
        />
        {problem && <Problem text={t("desk.callback.needed")} />}
      </Flex>
    </div>
  );
}
