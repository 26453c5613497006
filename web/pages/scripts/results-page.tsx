import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Card, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import {
  type ScriptDetail,
  scriptResults,
  type ScriptResults,
  type ScriptResultsQuery,
} from "../../../shared/scripts.ts";
import { scriptsKey, useScript } from "../../features/scripts/script-api.ts";
import { api } from "../../lib/api.ts";
import { formatDuration, formatNumber, formatShare } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { Figure } from "../../ui/figure.tsx";
import { FilterBar, SelectFilter } from "../../ui/filters.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { Trail } from "../../ui/trail.tsx";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { QuestionCard } from "./question-card.tsx";
import { callsOfScript } from "./result-links.ts";
import { ResultFilters, resultKeys } from "./result-filters.tsx";
import "./scripts-pages.css";

const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

function Body({
  script,
  query,
  results,
}: {
  script: ScriptDetail;
  query: ScriptResultsQuery;
  results: ScriptResults;
}) {
  const { t } = useTranslation();
  const { started, ended, complete, meanMs, questions } = results;
  const to = (scriptFigure: "started" | "ended" | "complete") =>
    callsOfScript(script.id, query, { scriptFigure });
  if (started === 0)
    return (
      <Card>
        <EmptyState text={t("scripts.noResults")} />
      </Card>
    );
  return (
    <Flex vertical gap={16}>
      <Card>
        <Flex gap={32} wrap>
          <Figure label={t("scripts.figure.started")} value={formatNumber(started)} to={to("started")} />
          <Figure
            label={t("scripts.figure.ended")}
            value={formatNumber(ended)}
            detail={formatShare(ended, started)}
            to={to("ended")}
          />
          <Figure
            label={t("scripts.figure.complete")}
            value={formatNumber(complete)}
            detail={formatShare(complete, started)}
            to={to("complete")}
          />
          <Figure label={t("scripts.figure.mean")} value={formatDuration(meanMs)} />
        </Flex>
      </Card>
      {questions.map((question) => (
        <QuestionCard key={question.key} scriptId={script.id} query={query} question={question} />
      ))}
    </Flex>
  );
}

function Results({ script }: { script: ScriptDetail }) {
  const { t } = useTranslation();
  const { values, set } = useUrlFilter(resultKeys);
  const mayExport = useCan("reports.export");
  const query: ScriptResultsQuery = {
    from: values.from,
    to: values.to,
    campaignId: numberOf(values.campaignId),
    listId: numberOf(values.listId),
    agentId: numberOf(values.agentId),
    versionId: numberOf(values.versionId),
  };
  const results = useQuery({
    queryKey: [...scriptsKey, script.id, "results", query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get(`/scripts/${script.id}/results`, scriptResults, query, signal),
  });
  return (
    <Page
      trail={<Trail to={`/scripts/${script.id}`}>{script.name}</Trail>}
      title={t("scripts.resultsOf", { name: script.name })}
      actions={mayExport && <ExportMenu path={`/scripts/${script.id}/results/export`} query={query} />}
    >
      <Card styles={{ body: { padding: "14px 16px 6px" } }}>
        <FilterBar
          onReset={
            Object.keys(values).length > 0 &&
            (() => set(Object.fromEntries(resultKeys.map((key) => [key, null]))))
          }
        >
          <ResultFilters query={query} set={set} />
          <SelectFilter
            value={values.versionId}
            onChange={(versionId) => set({ versionId })}
            placeholder={t("scripts.version")}
            options={script.versions.map(({ id, number }) => ({
              value: String(id),
              label: t("scripts.versionNumber", { number }),
            }))}
          />
        </FilterBar>
      </Card>
      <Loaded query={results}>{(data) => <Body script={script} query={query} results={data} />}</Loaded>
    </Page>
  );
}

export function ScriptResultsPage() {
  const query = useScript(Number(useParams()["id"]));
  return <Loaded query={query}>{(script) => <Results script={script} />}</Loaded>;
}
