import { Form, Input, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { boxCallOut, type BoxCallOut, type BoxRow } from "../../../shared/voicemail.ts";
import { weekOf, workdays } from "../../../shared/week.ts";
import { formatInstant } from "../../lib/format.ts";
import { NumberItem } from "../../ui/form/items.tsx";
import { fits } from "../../ui/form/rules.ts";
import { HoursEditor } from "../campaigns/edit/hours-editor.tsx";

export const usualCallOut: BoxCallOut = {
  to: "",
  hours: weekOf(workdays, ["09:00", "18:00"]),
  tries: 3,
  pauseMinutes: 10,
};

/** How calling about the messages of a box stands now. */
function Standing({ now }: { now: NonNullable<BoxRow["callingOut"]> }) {
  const { t } = useTranslation();
  const { state, tries, lastResult } = now;
  const result =
    lastResult === null
      ? ""
      : t(`voicemail.callOut.result.${lastResult}`, { defaultValue: t(`outcome.${lastResult}` as never) });
  return (
    <>
      {t(`voicemail.callOut.now.${state}`, { at: formatInstant(now.dueAt), tries })}
      {result && ` ${t("voicemail.callOut.last", { result })}`}
    </>
  );
}

/** Whom the box calls about messages, when and how often. */
export function CallOutField({ box }: { box: BoxRow | null }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const isOn = Form.useWatch("callsOut", form) as boolean | undefined;
  return (
    <>
      <Form.Item
        name="callsOut"
        label={t("voicemail.callOut.on")}
        valuePropName="checked"
        extra={isOn && box?.callingOut ? <Standing now={box.callingOut} /> : t("voicemail.callOut.help")}
      >
        <Switch />
      </Form.Item>
      {isOn && (
        <>
          <Form.Item
            name={["callOut", "to"]}
            label={t("voicemail.callOut.to")}
            extra={t("voicemail.callOut.toHelp")}
            rules={[{ required: true }, fits(boxCallOut.shape.to, t("voicemail.callOut.toRule"))]}
          >
            <Input inputMode="tel" style={{ width: 220 }} />
          </Form.Item>
          <Form.Item name={["callOut", "hours"]} label={t("voicemail.callOut.hours")}>
            <HoursEditor />
          </Form.Item>
          <NumberItem name={["callOut", "tries"]} label={t("voicemail.callOut.tries")} min={1} max={20} />
          <NumberItem
            name={["callOut", "pauseMinutes"]}
            label={t("voicemail.callOut.pause")}
            min={1}
            max={1440}
            suffix={t("voicemail.callOut.minutes")}
          />
        </>
      )}
    </>
  );
}
