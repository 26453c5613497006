import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CampaignDetail } from "../../../shared/campaigns.ts";
import { CollectLeads } from "../lists/collect-leads.tsx";
import { useLists } from "../lists/list-api.ts";

/** Opens the copying of the campaign's numbers that were not reached. */
export function CollectButton({ campaign }: { campaign: CampaignDetail }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const lists = useLists({ pageSize: 500 }, open);
  const columns = (lists.data?.items ?? [])
    .filter((list) => campaign.listIds.includes(list.id))
    .flatMap((list) => list.columns)
    .filter((column, i, all) => all.findIndex((other) => other.key === column.key) === i);
  return (
    <>
      <Button disabled={campaign.listIds.length === 0} onClick={() => setOpen(true)}>
        {t("collect.title")}
      </Button>
      {open && (
        <CollectLeads
          listIds={campaign.listIds}
          campaignId={campaign.id}
          name={campaign.name}
          columns={columns}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
