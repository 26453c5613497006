import { EditOutlined, MinusCircleOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Card, Descriptions, Flex, Form, Input, InputNumber, Select, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CampaignDetail, DispositionNode } from "../../../shared/campaigns.ts";
import { callKinds, callPurposes, campaignCompliance } from "../../../shared/rule-packs.ts";
import { api } from "../../lib/api.ts";
import { useCan, useCompany } from "../../lib/session.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { Loaded } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { complianceKey, newestPacks, packName, useCompliance, useRulePacks } from "./compliance-api.ts";

type Fields = ReturnType<typeof campaignCompliance.parse>;

const leavesOf = (nodes: readonly DispositionNode[], path = ""): { value: number; label: string }[] =>
  nodes.flatMap(({ id, label, children }) =>
    children.length > 0
      ? leavesOf(children, `${path}${label} / `)
      : id === undefined
        ? []
        : [{ value: id, label: path + label }],
  );

function usePackOptions() {
  const { t } = useTranslation();
  const packs = useRulePacks().data?.items ?? [];
  return [
    { value: "by-number", label: t("rulePacks.byNumber") },
    ...newestPacks(packs).map((pack) => ({ value: pack.id, label: packName(pack) })),
  ];
}

function Edit({ campaign, said, onClose }: { campaign: CampaignDetail; said: Fields; onClose: () => void }) {
  const { t } = useTranslation();
  const options = usePackOptions();
  const dispositions = leavesOf(campaign.dispositions);
  const save = useAct(
    (fields: Fields) =>
      api.put(`/campaigns/${campaign.id}/compliance`, campaignCompliance, {
        ...fields,
        rulePack: fields.rulePack ?? null,
        perPersonPerDay: fields.perPersonPerDay ?? null,
      }),
    { stale: [complianceKey(campaign.id)], said: t("common.saved"), onDone: onClose },
  );
  return (
    <ModalForm<Fields>
      title={t("rulePacks.campaign")}
      width={640}
      initialValues={said}
      isPending={save.isPending}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item name="rulePack" label={t("rulePacks.pack")} extra={t("rulePacks.packHelp")}>
        <Select allowClear placeholder={t("rulePacks.asCompany")} options={options} />
      </Form.Item>
      <Form.Item name="purpose" label={t("rulePacks.purpose")}>
        <Select options={callPurposes.map((value) => ({ value, label: t(`rulePacks.purposes.${value}`) }))} />
      </Form.Item>
      <Form.Item name="callKind" label={t("rulePacks.kind")} hidden={campaign.mode === "agentless"}>
        <Select options={callKinds.map((value) => ({ value, label: t(`rulePacks.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="perPersonPerDay"
        label={t("rulePacks.perPersonPerDay")}
        extra={t("rulePacks.perPersonHelp")}
      >
        <InputNumber min={1} max={50} precision={0} />
      </Form.Item>
      <Form.Item name="consentBasis" label={t("rulePacks.basis")} extra={t("rulePacks.basisHelp")}>
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      <Form.Item label={t("rulePacks.locks")} extra={t("rulePacks.locksHelp")}>
        <Form.List name="locks">
          {(rows, { add, remove }) => (
            <Flex vertical gap={8}>
              {rows.map(({ key, name }) => (
                <Flex key={key} gap={8} wrap align="center">
                  <Form.Item name={[name, "dispositionId"]} noStyle rules={[{ required: true }]}>
                    <Select
                      style={{ width: 200 }}
                      options={dispositions}
                      aria-label={t("rulePacks.disposition")}
                      placeholder={t("rulePacks.disposition")}
                    />
                  </Form.Item>
                  <Form.Item name={[name, "hours"]} noStyle rules={[{ required: true }]}>
                    <InputNumber
                      min={1}
                      max={87_600}
                      precision={0}
                      suffix={t("rulePacks.hoursUnit")}
                      aria-label={t("rulePacks.hoursUnit")}
                    />
                  </Form.Item>
                  <Form.Item name={[name, "cause"]} noStyle>
                    <Select
                      style={{ width: 120 }}
                      aria-label={t("rulePacks.cause")}
                      options={["own", "refusal", "complaint"].map((value) => ({
                        value,
                        label: t(`rulePacks.causes.${value}`),
                      }))}
                    />
                  </Form.Item>
                  <Form.Item name={[name, "everywhere"]} noStyle valuePropName="checked">
                    <Switch
                      checkedChildren={t("rulePacks.everywhere")}
                      unCheckedChildren={t("rulePacks.hereOnly")}
                      aria-label={t("rulePacks.everywhere")}
                    />
                  </Form.Item>
                  <Button
                    type="text"
                    icon={<MinusCircleOutlined />}
                    aria-label={t("common.remove")}
                    onClick={() => remove(name)}
                  />
                </Flex>
              ))}
              <Button
                icon={<PlusOutlined />}
                style={{ alignSelf: "flex-start" }}
                onClick={() => add({ hours: 24, cause: "own", everywhere: true })}
              >
                {t("rulePacks.addLock")}
              </Button>
            </Flex>
          )}
        </Form.List>
      </Form.Item>
    </ModalForm>
  );
}

/** What a campaign says about the law, on its page. */
export function CampaignCompliance({ campaign }: { campaign: CampaignDetail }) {
  const { t } = useTranslation();
  const query = useCompliance(campaign.id);
  const may = useCan("campaigns.manage");
  const company = useCompany().rulePack;
  const options = usePackOptions();
  const [editing, setEditing] = useState(false);
  const nameOf = (id: string) => options.find(({ value }) => value === id)?.label ?? id;
  return (
    <Card
      title={t("rulePacks.campaign")}
      extra={
        may &&
        query.data && (
          <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>
            {t("common.edit")}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(said) => (
          <Descriptions
            column={{ xs: 1, md: 2 }}
            size="small"
            items={[
              {
                label: t("rulePacks.pack"),
                children:
                  said.rulePack === null
                    ? `${nameOf(company)} (${t("rulePacks.asCompany")})`
                    : nameOf(said.rulePack),
              },
              { label: t("rulePacks.purpose"), children: t(`rulePacks.purposes.${said.purpose}`) },
              {
                label: t("rulePacks.kind"),
                children: t(
                  `rulePacks.kinds.${campaign.mode === "agentless" ? "recorded-message" : said.callKind}`,
                ),
              },
              { label: t("rulePacks.perPersonPerDay"), children: said.perPersonPerDay ?? "–" },
              { label: t("rulePacks.basis"), children: said.consentBasis || t("rulePacks.byPerson") },
              { label: t("rulePacks.locks"), children: said.locks.length },
            ].map((item) => ({ key: item.label, ...item }))}
          />
        )}
      </Loaded>
      {editing && query.data && (
        <Edit campaign={campaign} said={query.data} onClose={() => setEditing(false)} />
      )}
    </Card>
  );
}
