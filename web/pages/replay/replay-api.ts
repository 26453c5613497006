import { useQuery } from "@tanstack/react-query";
import { pageOf } from "../../../shared/common.ts";
import { replayDay, type ReplaySettings, type ReplayState, replayState } from "../../../shared/replay.ts";
import { api } from "../../lib/api.ts";

export const useReplayDays = (campaignId: number) =>
  useQuery({
    queryKey: ["replay-days", campaignId],
    queryFn: ({ signal }) => api.get(`/campaigns/${campaignId}/replay-days`, pageOf(replayDay), {}, signal),
  });

export const startReplay = ({
  campaignId,
  ...input
}: {
  campaignId: number;
  day: string;
  settings: ReplaySettings;
}) => api.post(`/campaigns/${campaignId}/replays`, replayState, input);

/** Asked again until it is over. */
export const useReplay = (id: string | null) =>
  useQuery<ReplayState>({
    queryKey: ["replays", id],
    enabled: id !== null,
    refetchInterval: ({ state: { data } }) => (data === undefined || data.state === "running" ? 500 : false),
    queryFn: ({ signal }) => api.get(`/replays/${id}`, replayState, {}, signal),
  });
