import { Form, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../../../lib/format.ts";
import { DurationInput } from "../../../ui/duration-input.tsx";
import { FormColumn, FormSection } from "../../../ui/form/form-section.tsx";
import { OrderedSelect } from "../../../ui/form/ordered-select.tsx";
import { CallerIdFields } from "./caller-id-field.tsx";
import { useLists } from "../../lists/list-api.ts";
import { useTrunks } from "../../trunks/trunk-api.ts";

/** Whom, through which lines, as which number. */
export function DialSection() {
  const { t } = useTranslation();
  const lists = useLists({ pageSize: 500 });
  const trunks = useTrunks();
  const chosen = (Form.useWatch("trunkIds") as number[] | undefined) ?? [];
  const callerIds = [
    ...new Set(
      trunks.data?.items.filter((trunk) => chosen.includes(trunk.id)).flatMap((trunk) => trunk.callerIds),
    ),
  ];
  return (
    <FormSection title={t("campaigns.section.dial")}>
      <FormColumn span={12}>
        <Form.Item name="listIds" label={t("campaigns.lists")} extra={t("campaigns.listsHelp")}>
          <OrderedSelect
            loading={lists.isPending}
            placeholder={t("campaigns.addList")}
            options={(lists.data?.items ?? []).map((list) => ({
              value: list.id,
              label: list.name,
              detail: t("lists.readyOf", {
                ready: formatNumber(list.leads.ready),
                total: formatNumber(list.leads.total),
              }),
            }))}
          />
        </Form.Item>
      </FormColumn>
      <FormColumn span={12}>
        <Form.Item name="trunkIds" label={t("campaigns.trunks")} extra={t("campaigns.trunksHelp")}>
          <OrderedSelect
            loading={trunks.isPending}
            placeholder={t("campaigns.addTrunk")}
            options={(trunks.data?.items ?? []).map((trunk) => ({
              value: trunk.id,
              label: trunk.name,
              detail: trunk.enabled
                ? t("trunks.upTo", { count: trunk.maxChannels })
                : t("trunks.state.disabled"),
            }))}
          />
        </Form.Item>
      </FormColumn>
      <CallerIdFields callerIds={callerIds} />
      <FormColumn>
        <Form.Item
          name="ringTimeoutMs"
          label={t("campaigns.ringTimeout")}
          extra={t("campaigns.ringTimeoutHelp")}
          rules={[{ type: "number", min: 15_000, max: 120_000, message: t("campaigns.ringTimeoutRule") }]}
        >
          <DurationInput units={["second"]} min={15_000} />
        </Form.Item>
      </FormColumn>
      <FormColumn>
        <Form.Item name="record" label={t("campaigns.record")} valuePropName="checked">
          <Switch />
        </Form.Item>
      </FormColumn>
    </FormSection>
  );
}
