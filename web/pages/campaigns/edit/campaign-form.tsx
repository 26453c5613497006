import { Anchor, Flex, Form, Grid } from "antd";
import { useTranslation } from "react-i18next";
import { campaignInput, type CampaignInput } from "../../../../shared/campaigns.ts";
import { SaveBar } from "../../../ui/form/save-bar.tsx";
import { AgentsSection } from "./agents-section.tsx";
import { AnsweringSection } from "./answering-section.tsx";
import { AttemptsSection } from "./attempts-section.tsx";
import { BasicsSection } from "./basics-section.tsx";
import { DialSection } from "./dial-section.tsx";
import { FilterSection } from "./filter-section.tsx";
import { HoursSection } from "./hours-section.tsx";
import { MixSection } from "./mix-section.tsx";
import { ResultsSection } from "./results-section.tsx";

interface Props {
  initial: Partial<CampaignInput>;
  busy: boolean;
  onSave: (input: CampaignInput) => void;
  onCancel: () => void;
}

const sections = [
  ["basics", BasicsSection],
  ["dial", DialSection],
  ["filter", FilterSection],
  ["mix", MixSection],
  ["agents", AgentsSection],
  ["hours", HoursSection],
  ["attempts", AttemptsSection],
  ["answering", AnsweringSection],
  ["results", ResultsSection],
] as const;

/** Everything about a campaign on one page, in the order in which one thinks of it. */
export function CampaignForm({ initial, busy, onSave, onCancel }: Props) {
  const { t } = useTranslation();
  const wide = Grid.useBreakpoint().xl ?? true;
  const [form] = Form.useForm<CampaignInput>();
  return (
    <Form<CampaignInput>
      form={form}
      layout="vertical"
      initialValues={initial}
      scrollToFirstError={{ focus: true, block: "center" }}
      onFinish={(values) =>
        onSave(
          campaignInput.parse({
            ...initial,
            ...values,
            // Fields that are not shown keep what they were.
            answering: { ...initial.answering, ...values.answering },
          }),
        )
      }
    >
      <Flex gap={24} align="flex-start">
        <Flex vertical gap={16} flex={1} style={{ minWidth: 0 }}>
          {sections.map(([name, Section]) => (
            <section key={name} id={`section-${name}`} style={{ scrollMarginTop: 68 }}>
              <Section />
            </section>
          ))}
          <SaveBar busy={busy} onCancel={onCancel} />
        </Flex>
        {wide && (
          <Anchor
            offsetTop={76}
            targetOffset={76}
            replace
            style={{ width: 170 }}
            items={sections.map(([name]) => ({
              key: name,
              href: `#section-${name}`,
              title: t(`campaigns.section.${name}`),
            }))}
          />
        )}
      </Flex>
    </Form>
  );
}
