import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { CallFilter } from "../../../shared/calls.ts";
import { pageOf } from "../../../shared/common.ts";
import {
  boxReportRow,
  flowBlockRow,
  flowReportRow,
  type QueueFigure,
  queueFigures,
  queueInterval,
  type QueueInterval,
} from "../../../shared/inbound-reports.ts";
import { addDays } from "../../../shared/zoned-time.ts";
import { api, type Query } from "../../lib/api.ts";
import { dayStart } from "../../lib/zone.ts";
import { pathOfCalls } from "../reports/report-links.ts";

export interface Days {
  from: string;
  to: string;
}

const key = (name: string, filter: Query) => ["inbound-reports", name, filter];

export const useQueueReport = (filter: Query) =>
  useQuery({
    queryKey: key("queues", filter),
    queryFn: ({ signal }) => api.get("/reports/queues", pageOf(queueInterval), filter, signal),
    placeholderData: keepPreviousData,
  });

export const useFlowReport = (filter: Query) =>
  useQuery({
    queryKey: key("ivr", filter),
    queryFn: ({ signal }) => api.get("/reports/ivr", pageOf(flowReportRow), filter, signal),
    placeholderData: keepPreviousData,
  });

export const useFlowBlocks = (flowId: number, filter: Query) =>
  useQuery({
    queryKey: key(`ivr-${flowId}`, filter),
    queryFn: ({ signal }) => api.get(`/reports/ivr/${flowId}`, pageOf(flowBlockRow), filter, signal),
  });

export const useBoxReport = (filter: Query) =>
  useQuery({
    queryKey: key("voicemail", filter),
    queryFn: ({ signal }) => api.get("/reports/voicemail", pageOf(boxReportRow), filter, signal),
    placeholderData: keepPreviousData,
  });

/** Whole days as the span in which visits began. */
export const spanOf = ({ from, to }: Days) => ({
  cameFrom: dayStart(from),
  cameTo: dayStart(addDays(to, 1)),
});

/** The calls behind a figure. */
export const pathOfVisits = (filter: Partial<CallFilter>) => pathOfCalls(filter);

/** A queue's intervals as one row, for the whole span. */
export function totalOf(
  rows: readonly [QueueInterval, ...QueueInterval[]],
  span: ReturnType<typeof spanOf>,
): QueueInterval {
  const sum = (of: (row: QueueInterval) => number) => rows.reduce((all, row) => all + of(row), 0);
  const waits = rows.flatMap(({ longestWaitMs }) => longestWaitMs ?? []);
  return {
    ...rows[0],
    at: span.cameFrom,
    until: span.cameTo,
    counts: Object.fromEntries(
      queueFigures.map((name) => [name, sum(({ counts }) => counts[name])]),
    ) as Record<QueueFigure, number>,
    answeredWaitMs: sum((row) => row.answeredWaitMs),
    longestWaitMs: waits.length === 0 ? null : Math.max(...waits),
    handled: sum((row) => row.handled),
    handleMs: sum((row) => row.handleMs),
  };
}
