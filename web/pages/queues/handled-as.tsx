import { Col, Form, Row, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useCan } from "../../lib/session.ts";
import { SwitchItem } from "../../ui/form/items.tsx";
import { useCampaigns } from "../campaigns/campaign-api.ts";

/** By which campaign's means agents handle its calls. */
export function HandledAs() {
  const { t } = useTranslation();
  const campaigns = useCampaigns({ pageSize: 500 }, useCan("campaigns.see")).data?.items ?? [];
  return (
    <Row gutter={16}>
      <Col xs={24} sm={16}>
        <Form.Item name="campaignId" label={t("queues.work")} extra={t("queues.workHelp")}>
          <Select
            allowClear
            placeholder={t("queues.workNone")}
            options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      </Col>
      <Col xs={24} sm={8}>
        <SwitchItem name="record" label={t("queues.record")} />
      </Col>
    </Row>
  );
}
