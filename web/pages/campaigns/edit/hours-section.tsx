import { Form } from "antd";
import { useTranslation } from "react-i18next";
import type { WeekHours } from "../../../../shared/campaigns.ts";
import { FormColumn, FormSection } from "../../../ui/form/form-section.tsx";
import { HoursEditor } from "./hours-editor.tsx";

/** Spans of a day go forward and do not overlap. */
function ordered(hours: WeekHours): boolean {
  return Object.values(hours).every((spans) =>
    spans
      .toSorted(([a], [b]) => a.localeCompare(b))
      .every(([from, to], index, all) => from < to && (index === 0 || all[index - 1]![1] <= from)),
  );
}

export function HoursSection() {
  const { t } = useTranslation();
  return (
    <FormSection title={t("campaigns.section.hours")} help={t("campaigns.hoursHelp")}>
      <FormColumn span={24}>
        <Form.Item
          name="hours"
          rules={[
            {
              validator: (_, hours: WeekHours) =>
                ordered(hours) ? Promise.resolve() : Promise.reject(new Error(t("campaigns.hoursRule"))),
            },
          ]}
        >
          <HoursEditor />
        </Form.Item>
      </FormColumn>
    </FormSection>
  );
}
