import { CheckCircleOutlined, CloseCircleOutlined } from "@ant-design/icons";
import { Button, Card, Checkbox, DatePicker, Flex, Form, Input, Select, Timeline, Typography } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RouteAnswer } from "../../../shared/numbers.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useAct } from "../../ui/use-act.ts";
import { useTrunks } from "../trunks/trunk-api.ts";
import { askRoute } from "./number-api.ts";
import { useRegionName } from "./regions.ts";
import { type TargetOptions, useTargetWords } from "./target-input.tsx";

interface Fields {
  called: string;
  trunkId: number | null;
  from?: string;
  withheld: boolean;
  at: Dayjs;
}

function Answer({ answer, options }: { answer: RouteAnswer; options: TargetOptions }) {
  const { t } = useTranslation();
  const words = useTargetWords(options);
  const regionName = useRegionName();
  const { caller, looked, target } = answer;
  const who = [
    caller.phone === null ? t("common.withheld") : formatPhone(caller.phone),
    caller.name,
    caller.vip > 0 ? `VIP ${caller.vip}` : null,
    caller.region && regionName(caller.region),
  ];
  return (
    <Flex vertical gap={12} aria-live="polite">
      <Typography.Text>{who.filter(Boolean).join(" · ")}</Typography.Text>
      <Timeline
        items={looked.map(({ phone, rule, fits, conditions }) => ({
          color: fits ? "green" : "gray",
          content: (
            <Flex vertical>
              <span>
                {rule ?? t("numbers.default", { number: phone ?? t("numbers.any") })}
                {" – "}
                {t(fits ? "numbers.fits" : "numbers.passes")}
              </span>
              {conditions.map(({ condition, holds }) => (
                <Typography.Text key={condition} type="secondary">
                  {holds ? <CheckCircleOutlined /> : <CloseCircleOutlined />}{" "}
                  {t(`numbers.condition.${condition}`)}: {t(holds ? "numbers.holds" : "numbers.fails")}
                </Typography.Text>
              ))}
            </Flex>
          ),
        }))}
      />
      <Typography.Text strong>
        {target === null ? t("numbers.leadsNowhere") : `→ ${words(target)}`}
      </Typography.Text>
    </Flex>
  );
}

/** A number, a caller and a moment: which rule leads, and why. */
export function RouteTester({ options }: { options: TargetOptions }) {
  const { t } = useTranslation();
  const trunks = useTrunks();
  const [answer, setAnswer] = useState<RouteAnswer | null>(null);
  const ask = useAct(
    ({ called, trunkId, from, withheld, at }: Fields) =>
      askRoute({ called, trunkId, from: withheld ? null : (from ?? ""), at: at.toISOString() }),
    { onDone: setAnswer },
  );
  return (
    <Card title={t("numbers.tester")}>
      <Typography.Paragraph type="secondary">{t("numbers.testerHelp")}</Typography.Paragraph>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={{ trunkId: null, withheld: false, at: dayjs() }}
        onFinish={(fields) => ask.mutate(fields)}
      >
        <Flex gap="0 12px" wrap align="end">
          <Form.Item
            name="called"
            label={t("numbers.calledNumber")}
            rules={[{ required: true, min: 2, max: 40 }]}
          >
            <Input inputMode="tel" style={{ width: 180 }} />
          </Form.Item>
          <Form.Item name="trunkId" label={t("numbers.testedTrunk")}>
            <Select
              style={{ minWidth: 150 }}
              options={[
                { value: null, label: t("numbers.anyTrunk") },
                ...(trunks.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Form.Item>
          <Form.Item noStyle dependencies={["withheld"]}>
            {({ getFieldValue }) => {
              const isWithheld = getFieldValue("withheld") === true;
              return (
                <Form.Item
                  name="from"
                  label={t("numbers.callerNumber")}
                  rules={isWithheld ? [] : [{ required: true, min: 2, max: 40 }]}
                >
                  <Input inputMode="tel" disabled={isWithheld} style={{ width: 180 }} />
                </Form.Item>
              );
            }}
          </Form.Item>
          <Form.Item name="withheld" valuePropName="checked">
            <Checkbox>{t("numbers.anonymous.true")}</Checkbox>
          </Form.Item>
          <Form.Item name="at" label={t("numbers.moment")} rules={[{ required: true }]}>
            <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" allowClear={false} />
          </Form.Item>
          <Form.Item>
            <Button type="primary" htmlType="submit" loading={ask.isPending}>
              {t("numbers.ask")}
            </Button>
          </Form.Item>
        </Flex>
      </Form>
      {answer && <Answer answer={answer} options={options} />}
    </Card>
  );
}
