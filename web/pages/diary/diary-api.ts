import { keepPreviousData, useQuery } from "@tanstack/react-query";
import {
  diaryColleagues,
  diaryHistory,
  type DiaryItem,
  diaryItems,
  diaryNext,
  type DiaryQuery,
} from "../../../shared/diary.ts";
import { api } from "../../lib/api.ts";

export const diaryKey = ["diary"] as const;
/** What a change in a diary makes old. */
export const stale = [diaryKey, ["callbacks"]] as const;

export const nounOf = ({ kind }: DiaryItem) => (kind === "callback" ? "callback" : "entry");
export const keyOf = (item: DiaryItem) => `${nounOf(item)}-${item.id}`;
export const pathOf = (item: DiaryItem) => `/diary/${nounOf(item)}/${item.id}`;

/** Asked again every quarter of a minute: what is overdue changes by itself. */
const refetchInterval = 15_000;

export const useDiary = (query: DiaryQuery) =>
  useQuery({
    queryKey: [...diaryKey, "items", query],
    placeholderData: keepPreviousData,
    refetchInterval,
    queryFn: ({ signal }) => api.get("/diary", diaryItems, query, signal),
  });

export const useNext = () =>
  useQuery({
    queryKey: [...diaryKey, "next"],
    refetchInterval,
    queryFn: ({ signal }) => api.get("/diary/next", diaryNext, {}, signal),
  });

export const useHistory = (item: DiaryItem) =>
  useQuery({
    // Not made old by a hand-over, after which it may be nobody of ours.
    queryKey: ["diary-history", keyOf(item)],
    queryFn: ({ signal }) => api.get(`${pathOf(item)}/history`, diaryHistory, {}, signal),
  });

export const useColleagues = (enabled: boolean) =>
  useQuery({
    queryKey: [...diaryKey, "colleagues"],
    enabled,
    queryFn: ({ signal }) => api.get("/diary/colleagues", diaryColleagues, {}, signal),
  });
