import { Card, Progress, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { Page } from "../../ui/page.tsx";
import { EmptyState, ErrorState, Loaded } from "../../ui/states.tsx";
import { Trail } from "../../ui/trail.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useCampaign } from "../campaigns/campaign-api.ts";
import { startReplay, useReplay } from "./replay-api.ts";
import { ReplayForm } from "./replay-form.tsx";
import { ReplayResult } from "./replay-result.tsx";

function Played({ id }: { id: string | null }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useReplay(id);
  if (id === null) return <EmptyState text={t("replay.none")} />;
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (data?.state === "failed") return <ErrorState error={new Error(t("replay.failed"))} />;
  if (data?.result) return <ReplayResult result={data.result} />;
  return (
    <Card>
      <Typography.Text>{t("replay.running")}</Typography.Text>
      <Progress percent={Math.round((data?.progress ?? 0) * 100)} aria-label={t("replay.running")} />
    </Card>
  );
}

/** A past day of a campaign, played again with other settings. */
export function ReplayPage() {
  const { t } = useTranslation();
  const id = Number(useParams().id);
  const query = useCampaign(id);
  const [replayId, setReplayId] = useState<string | null>(null);
  const start = useAct(startReplay, { onDone: (state) => setReplayId(state.id) });
  return (
    <Loaded query={query}>
      {(campaign) => (
        <Page
          trail={<Trail to={`/campaigns/${id}`}>{campaign.name}</Trail>}
          title={t("replay.title")}
          help={t("replay.help")}
        >
          <ReplayForm
            campaign={campaign}
            busy={start.isPending}
            onStart={(day, settings) => start.mutate({ campaignId: id, day, settings })}
          />
          <Played id={replayId} />
        </Page>
      )}
    </Loaded>
  );
}
