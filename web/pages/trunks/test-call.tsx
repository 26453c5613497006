import { Alert, Button, Drawer, Flex, Form, Input, Select, Spin, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { type TrunkRow, type TrunkTestInput, trunkTestResult } from "../../../shared/trunks.ts";
import { api } from "../../lib/api.ts";
import { errorText } from "../../lib/error-text.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useAct } from "../../ui/use-act.ts";
import { TestVerdict } from "./test-verdict.tsx";
import { trunkTestsKey } from "./trunk-api.ts";

/** Places one real call through a trunk and says, step by step, what worked. */
export function TestCall({ trunk, onClose }: { trunk: TrunkRow; onClose: () => void }) {
  const { t } = useTranslation();
  const test = useAct(
    (input: TrunkTestInput) => api.post(`/trunks/${trunk.id}/test-call`, trunkTestResult, input),
    { stale: [trunkTestsKey(trunk.id)] },
  );
  return (
    <Drawer open onClose={onClose} size={520} title={t("trunks.test.title", { name: trunk.name })}>
      <Flex vertical gap={16}>
        <Typography.Text type="secondary">{t("trunks.test.help")}</Typography.Text>
        <Form<TrunkTestInput>
          layout="vertical"
          requiredMark={false}
          initialValues={{ callerId: trunk.callerIds[0] ?? null }}
          onFinish={(input) => test.mutate({ ...input, callerId: input.callerId ?? null })}
        >
          <Form.Item name="number" label={t("trunks.test.number")} rules={[{ required: true }]}>
            <Input inputMode="tel" autoFocus placeholder={t("trunks.test.numberExample")} />
          </Form.Item>
          {trunk.callerIds.length > 0 && (
            <Form.Item name="callerId" label={t("trunks.callerId")}>
              <Select
                allowClear
                options={trunk.callerIds.map((value) => ({ value, label: formatPhone(value) }))}
              />
            </Form.Item>
          )}
          <Button type="primary" htmlType="submit" loading={test.isPending}>
            {t("trunks.test.start")}
          </Button>
        </Form>
        {test.isPending && (
          <Flex gap={12} align="center" role="status">
            <Spin /> {t("trunks.test.running")}
          </Flex>
        )}
        {test.error && <Alert type="error" showIcon title={errorText(test.error)} />}
        {test.data && !test.isPending && <TestVerdict result={test.data} />}
      </Flex>
    </Drawer>
  );
}
