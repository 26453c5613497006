import { Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { campaignDetail } from "../../../shared/campaigns.ts";
import { api } from "../../lib/api.ts";
import { useAct } from "../../ui/use-act.ts";
import { campaignsKey } from "./campaign-api.ts";

export function CopyCampaign({
  campaign,
  onClose,
}: {
  campaign: { id: number; name: string };
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<{ name: string }>();
  const copy = useAct(
    (body: { name: string }) => api.post(`/campaigns/${campaign.id}/copy`, campaignDetail, body),
    {
      stale: [campaignsKey],
      onDone: (made) => {
        onClose();
        void navigate(`/campaigns/${made.id}/edit`);
      },
    },
  );
  return (
    <Modal
      open
      title={t("campaigns.copyTitle", { name: campaign.name })}
      okText={t("common.copy")}
      confirmLoading={copy.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: t("campaigns.copyName", { name: campaign.name }) }}
        onFinish={(body) => copy.mutate(body)}
      >
        <Form.Item name="name" label={t("campaigns.name")} rules={[{ required: true, max: 100 }]}>
          <Input autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
