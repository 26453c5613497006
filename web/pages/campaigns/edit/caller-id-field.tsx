import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { formatPhone } from "../../../lib/format-phone.ts";
import { FormColumn } from "../../../ui/form/form-section.tsx";
import { useCallerIdPools } from "../../caller-ids/caller-id-api.ts";

/** The numbers the campaign shows: of a pool, or one. `callerIds`: those that its trunks may show. */
export function CallerIdFields({ callerIds }: { callerIds: readonly string[] }) {
  const { t } = useTranslation();
  const pools = useCallerIdPools();
  const poolId = Form.useWatch("callerIdPoolId") as number | null | undefined;
  return (
    <>
      <FormColumn>
        <Form.Item
          name="callerIdPoolId"
          label={t("campaigns.callerIdPool")}
          normalize={(value: number | undefined) => value ?? null}
        >
          <Select
            allowClear
            loading={pools.isPending}
            placeholder={t("campaigns.noCallerIdPool")}
            options={(pools.data?.items ?? []).map((pool) => ({
              value: pool.id,
              label: `${pool.name} · ${t("callerIds.readyOf", { ready: pool.ready, all: pool.numbers })}`,
            }))}
          />
        </Form.Item>
      </FormColumn>
      <FormColumn>
        <Form.Item name="callerId" label={t("campaigns.callerId")}>
          <Select
            allowClear
            disabled={(poolId ?? null) !== null}
            placeholder={t("campaigns.callerIdOfTrunk")}
            options={callerIds.map((value) => ({ value, label: formatPhone(value) }))}
          />
        </Form.Item>
      </FormColumn>
    </>
  );
}
