import { Form, Input, InputNumber, Radio, Slider } from "antd";
import { useTranslation } from "react-i18next";
import { dialModes } from "../../../../shared/campaigns.ts";
import { DurationInput } from "../../../ui/duration-input.tsx";
import { FormColumn, FormSection } from "../../../ui/form/form-section.tsx";

/** A share as a number of per cent, without the dust of binary fractions. */
const percentOf = (share: number) => Math.round(share * 1e5) / 1e3;

export function BasicsSection() {
  const { t } = useTranslation();
  const mode: unknown = Form.useWatch("mode");
  return (
    <FormSection title={t("campaigns.section.basics")}>
      <FormColumn span={16}>
        <Form.Item name="name" label={t("campaigns.name")} rules={[{ required: true, max: 100 }]}>
          <Input placeholder={t("campaigns.nameExample")} />
        </Form.Item>
      </FormColumn>
      <FormColumn>
        <Form.Item name="priority" label={t("campaigns.priority")} tooltip={t("campaigns.priorityHelp")}>
          <Slider
            min={1}
            max={9}
            marks={{ 1: "1", 5: "5", 9: "9" }}
            ariaLabelForHandle={t("campaigns.priority")}
          />
        </Form.Item>
      </FormColumn>
      <FormColumn span={24}>
        <Form.Item
          name="mode"
          label={t("campaigns.modeLabel")}
          extra={typeof mode === "string" ? t(`campaigns.modeHelp.${mode}`) : undefined}
        >
          <Radio.Group
            optionType="button"
            options={dialModes.map((value) => ({ value, label: t(`campaigns.mode.${value}`) }))}
          />
        </Form.Item>
      </FormColumn>
      {mode === "ratio" && (
        <FormColumn>
          <Form.Item name="ratio" label={t("campaigns.ratio")} extra={t("campaigns.ratioHelp")}>
            <InputNumber min={1} max={10} step={0.1} prefix="1 :" style={{ width: 130 }} />
          </Form.Item>
        </FormColumn>
      )}
      {mode === "predictive" && (
        <FormColumn>
          <Form.Item
            name="abandonCeiling"
            label={t("campaigns.abandonCeiling")}
            extra={t("campaigns.abandonCeilingHelp")}
            getValueProps={(share: number) => ({ value: percentOf(share) })}
            normalize={(percent: number | null) => Math.round((percent ?? 3) * 1e3) / 1e5}
          >
            <InputNumber min={0.1} max={10} step={0.1} suffix="%" style={{ width: 130 }} />
          </Form.Item>
        </FormColumn>
      )}
      {(mode === "ratio" || mode === "predictive") && (
        <FormColumn>
          <Form.Item
            name="abandonAfterMs"
            label={t("campaigns.abandonAfter")}
            extra={t("campaigns.abandonAfterHelp")}
          >
            <DurationInput units={["second"]} min={500} />
          </Form.Item>
        </FormColumn>
      )}
      {mode === "preview" && (
        <FormColumn span={12}>
          <Form.Item
            name="previewTimeoutMs"
            label={t("campaigns.previewTimeout")}
            extra={t("campaigns.previewTimeoutHelp")}
          >
            <DurationInput units={["second", "minute"]} min={3000} />
          </Form.Item>
        </FormColumn>
      )}
      <FormColumn span={24}>
        <Form.Item name="note" label={t("common.note")} rules={[{ max: 2000 }]}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} />
        </Form.Item>
      </FormColumn>
    </FormSection>
  );
}
