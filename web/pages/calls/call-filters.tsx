import { Tag } from "antd";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { callDirections, countedFigures, outcomes } from "../../../shared/calls.ts";
import { inboundFilterKeys } from "../../../shared/inbound-reports.ts";
import { weekdays } from "../../../shared/campaigns.ts";
import { formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { useCan } from "../../lib/session.ts";
import { DayRangeFilter, FilterBar, SearchFilter, SelectFilter } from "../../ui/filters.tsx";
import type { FilterValues } from "../../ui/use-url-filter.ts";
import { useCampaigns } from "../campaigns/campaign-api.ts";
import { useUsers } from "../users/user-api.ts";

export const callFilterKeys = [
  "from",
  "to",
  "search",
  "campaignId",
  "listId",
  "leadId",
  "customerId",
  "agentId",
  "trunkId",
  "callerId",
  "outcome",
  "counted",
  "dispositionId",
  "hour",
  "weekday",
  "slot",
  "phoneKind",
  "direction",
  "message",
  "messageKeys",
  "messageSecond",
  "scriptId",
  "scriptVersionId",
  "scriptFigure",
  "question",
  "answer",
  "answerRow",
  ...inboundFilterKeys,
] as const;
type Key = (typeof callFilterKeys)[number];

interface Props {
  values: FilterValues<Key>;
  set: (patch: Partial<Record<Key, string | null | undefined>>) => void;
  any: boolean;
  /** Of the disposition that is filtered for, as its calls tell it. */
  dispositionName?: string | undefined;
}

/** An hour of the called person's week: 0 is Monday 00:00. */
const slotWords = (t: TFunction, slot: number) =>
  t("calls.atTheirs", {
    day: t(`weekday.long.${weekdays[Math.floor(slot / 24)] ?? "monday"}`),
    hour: String(slot % 24).padStart(2, "0"),
  });

/** Filters that mean nothing without this one. */
const ofQuestion = { question: null, answer: null, answerRow: null };
const ofVisits = Object.fromEntries(inboundFilterKeys.map((key) => [key, null]));
const goesWith: Partial<Record<Key, Partial<Record<Key, null>>>> = {
  queueId: ofVisits,
  flowId: ofVisits,
  boxId: ofVisits,
  question: ofQuestion,
  scriptId: { ...ofQuestion, scriptVersionId: null, scriptFigure: null },
};

type Values = Props["values"];
const visitsFrom = ({ cameFrom, cameTo }: Values) =>
  [cameFrom, cameTo].map((at) => at && formatInstant(at)).join(" – ");
const ofQueue = (t: TFunction, values: Values) =>
  [
    t("calls.oneQueue", { id: values.queueId }),
    values.queueFigure && t(`inboundReports.queue.${values.queueFigure}`),
    visitsFrom(values),
  ].join(" · ");
const ofFlow = (t: TFunction, values: Values) =>
  [
    t("calls.oneFlow", { id: values.flowId }),
    values.flowFigure && t(`inboundReports.flow.${values.flowFigure}`),
    values.flowBlock,
    values.flowExit,
    visitsFrom(values),
  ]
    .filter(Boolean)
    .join(" · ");
const ofBox = (t: TFunction, values: Values) =>
  [
    t("calls.oneBox", { id: values.boxId }),
    values.boxFigure && t(`inboundReports.box.${values.boxFigure}`),
    visitsFrom(values),
  ].join(" · ");

/** Filters that come from a report and have no field of their own: shown, and taken away one by one. */
function FromReport({ values, set, dispositionName }: Omit<Props, "any">) {
  const { t } = useTranslation();
  const named: [Key, string | undefined][] = [
    ["hour", values.hour && t("calls.atHour", { hour: values.hour })],
    ["weekday", values.weekday && t(`weekday.long.${weekdays[Number(values.weekday) - 1] ?? "monday"}`)],
    ["slot", values.slot && slotWords(t, Number(values.slot))],
    ["phoneKind", values.phoneKind && t(`customers.kind.${values.phoneKind}`)],
    ["listId", values.listId && t("calls.oneList", { id: values.listId })],
    ["leadId", values.leadId && t("calls.oneLead", { id: values.leadId })],
    ["customerId", values.customerId && t("calls.oneCustomer", { id: values.customerId })],
    ["callerId", values.callerId && t("calls.shownAs", { number: formatPhone(values.callerId) })],
    ["message", values.message && t(`broadcast.figure.${values.message}`)],
    [
      "messageKeys",
      values.messageKeys &&
        (values.messageKeys === "none"
          ? t("broadcast.noKeys")
          : t("broadcast.keysPressed", { keys: values.messageKeys })),
    ],
    ["messageSecond", values.messageSecond && t("broadcast.leftIn", { second: values.messageSecond })],
    ["scriptId", values.scriptId && t("scripts.callFilter", { id: values.scriptId })],
    ["scriptFigure", values.scriptFigure && t(`scripts.callFigure.${values.scriptFigure}`)],
    [
      "question",
      values.question &&
        (values.answer === undefined
          ? t("scripts.callAnswered", { question: values.question })
          : t("scripts.callAnswer", {
              question: [values.question, values.answerRow].filter(Boolean).join(" "),
              answer: values.answer,
            })),
    ],
    ["queueId", values.queueId && ofQueue(t, values)],
    ["flowId", values.flowId && ofFlow(t, values)],
    ["boxId", values.boxId && ofBox(t, values)],
    ["trunkId", values.trunkId && t("calls.oneTrunk", { id: values.trunkId })],
    [
      "dispositionId",
      values.dispositionId &&
        (values.dispositionId === "0"
          ? t("calls.noDisposition")
          : (dispositionName ?? t("calls.oneDisposition"))),
    ],
  ];
  return named
    .filter(([, text]) => text)
    .map(([key, text]) => (
      <Tag key={key} closable onClose={() => set({ ...goesWith[key], [key]: null })}>
        {text}
      </Tag>
    ));
}

export function CallFilters({ values, set, any, dispositionName }: Props) {
  const { t } = useTranslation();
  const mayCampaigns = useCan("campaigns.see");
  const mayUsers = useCan("users.see");
  const campaigns = useCampaigns({ pageSize: 500 }, mayCampaigns);
  const users = useUsers({ pageSize: 500 }, mayUsers);
  const reset = () => set(Object.fromEntries(callFilterKeys.map((key) => [key, null])));
  return (
    <FilterBar onReset={any && reset}>
      <SearchFilter
        value={values.search}
        onChange={(search) => set({ search })}
        placeholder={t("calls.search")}
      />
      <DayRangeFilter from={values.from} to={values.to} onChange={(from, to) => set({ from, to })} />
      {mayCampaigns && (
        <SelectFilter
          value={values.campaignId}
          onChange={(campaignId) => set({ campaignId })}
          placeholder={t("calls.campaign")}
          searchable
          width={132}
          options={(campaigns.data?.items ?? []).map((c) => ({ value: String(c.id), label: c.name }))}
        />
      )}
      {mayUsers && (
        <SelectFilter
          value={values.agentId}
          onChange={(agentId) => set({ agentId })}
          placeholder={t("calls.agent")}
          searchable
          width={132}
          options={[
            { value: "0", label: t("calls.noAgent") },
            ...(users.data?.items ?? []).map((user) => ({ value: String(user.id), label: user.name })),
          ]}
        />
      )}
      <SelectFilter
        value={values.outcome}
        onChange={(outcome) => set({ outcome })}
        placeholder={t("calls.outcome")}
        width={132}
        options={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
      />
      <SelectFilter
        value={values.counted}
        onChange={(counted) => set({ counted })}
        placeholder={t("calls.counted")}
        width={112}
        options={countedFigures.map((value) => ({ value, label: t(`reports.figure.${value}`) }))}
      />
      <SelectFilter
        value={values.direction}
        onChange={(direction) => set({ direction })}
        placeholder={t("calls.direction.label")}
        width={96}
        options={callDirections.map((value) => ({
          value,
          label: t(`calls.direction.${value}`),
        }))}
      />
      <FromReport values={values} set={set} dispositionName={dispositionName} />
    </FilterBar>
  );
}
