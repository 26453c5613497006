import { useQuery } from "@tanstack/react-query";
import { announcementRow, announcementTrial, earlyMediaRow } from "../../../shared/announcements.ts";
import { pageOf } from "../../../shared/common.ts";
import { api } from "../../lib/api.ts";
import { upload } from "../../lib/upload.ts";

export const announcementsKey = ["announcements"] as const;

export const useAnnouncements = () =>
  useQuery({
    queryKey: announcementsKey,
    queryFn: ({ signal }) => api.get("/announcements", pageOf(announcementRow), {}, signal),
  });

export const useEarlyMedia = (enabled: boolean) =>
  useQuery({
    queryKey: ["early-media"],
    enabled,
    queryFn: ({ signal }) => api.get("/early-media", pageOf(earlyMediaRow), {}, signal),
  });

const quietly = () => ({ onProgress: () => undefined, signal: new AbortController().signal });

export const trainFromFile = ({ file, ...query }: { file: File; name: string; cause: string }) =>
  upload("/announcements", announcementRow, file, { query, ...quietly() });
export const tryFile = (file: File) => upload("/announcements/try", announcementTrial, file, quietly());
export const tryCall = (callId: string) => api.get(`/early-media/${callId}/try`, announcementTrial);
