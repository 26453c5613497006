import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { campaignDetail } from "../../../shared/campaigns.ts";
import { api } from "../../lib/api.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
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
    <ModalForm<{ name: string }>
      title={t("campaigns.copyTitle", { name: campaign.name })}
      okText={t("common.copy")}
      isPending={copy.isPending}
      initialValues={{ name: t("campaigns.copyName", { name: campaign.name }) }}
      onSubmit={(body) => copy.mutate(body)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("campaigns.name")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus />
      </Form.Item>
    </ModalForm>
  );
}
