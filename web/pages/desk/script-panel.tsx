import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Flex, Tag, Typography } from "antd";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { newWalk, scriptPageOf, type WalkEvent, walkStep } from "../../../shared/script-machine.ts";
import {
  deskScript,
  type ScriptEnd,
  type ScriptVersion,
  scriptWalk,
  type ScriptWalk,
} from "../../../shared/scripts.ts";
import type { DeskCall } from "../../../shared/desk.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { draftAfterEnd, leafNamed } from "../../features/scripts/after-end.ts";
import { answerVariables, callVariables } from "../../features/scripts/call-variables.ts";
import { ScriptView } from "../../features/scripts/script-view.tsx";
import { api } from "../../lib/api.ts";
import { Loaded } from "../../ui/states.tsx";
import { stashOf } from "./draft-stash.ts";
import { Keeper } from "./keeper.ts";
import { SummaryFields } from "./summary-fields.tsx";
import type { Summary } from "./use-summary.ts";

interface Props {
  call: DeskCall;
  summary: Summary;
  toSummary: () => void;
}

const scriptKeeper = (callId: string, version: ScriptVersion, stored: ScriptWalk | null) =>
  new Keeper<ScriptWalk>({
    stash: stashOf("script", callId, scriptWalk),
    stored,
    empty: newWalk(version.document),
    method: "PUT",
    path: "/desk/script",
    bodyOf: (walk) => ({ callId, ...walk }),
    send: (body) => api.put("/desk/script", null, body),
  });

/** What is said and asked on this call. Where it stands and what was answered is the call's, kept as it is typed. */
export function ScriptPanel(props: Props) {
  const { callId } = props.call;
  const query = useQuery({
    queryKey: ["desk-script", callId],
    // Only the first answer counts: from then on this page is ahead of the server.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: ({ signal }) => api.get("/desk/script", deskScript, { callId }, signal),
  });
  return (
    <Loaded query={query}>
      {({ version, walk }) => <Walked key={version.id} {...props} version={version} stored={walk} />}
    </Loaded>
  );
}

function Walked({
  call,
  summary,
  toSummary,
  version,
  stored,
}: Props & { version: ScriptVersion; stored: ScriptWalk | null }) {
  const { t } = useTranslation();
  const { state } = useDesk();
  const { document } = version;
  const [keeper] = useState(() => scriptKeeper(call.callId, version, stored));
  const { value: walk, saved } = useSyncExternalStore(keeper.subscribe, keeper.view);
  const page = scriptPageOf(document, walk.pageId);
  const known = callVariables(call, state?.name ?? "");
  const variables = { ...known, ...answerVariables(document, walk) };

  const feed = (events: WalkEvent[]) => {
    const after = events.reduce((at, event) => {
      const step = walkStep(document, at, event);
      return "walk" in step ? step.walk : at;
    }, keeper.view().value);
    if (after === keeper.view().value) return;
    keeper.change(() => after);
    const end = after.pageId === walk.pageId ? null : scriptPageOf(document, after.pageId)?.end;
    if (!end) return;
    const filled = { ...known, ...answerVariables(document, after) };
    const facts = { dispositions: call.dispositions, variables: filled, now: Date.now() };
    summary.change(draftAfterEnd(summary.draft, end, facts));
  };
  return (
    <Flex vertical gap={10}>
      <ScriptView
        document={document}
        walk={walk}
        variables={variables}
        onEvents={feed}
        fields={<SummaryFields call={call} summary={summary} only={page?.fields ?? []} />}
        atEnd={page?.end && <AtEnd call={call} end={page.end} toSummary={toSummary} />}
      />
      <Typography.Text type={saved === "failed" ? "danger" : "secondary"} role="status">
        {t(`desk.saved.${saved}`)}
      </Typography.Text>
    </Flex>
  );
}

function AtEnd({ call, end, toSummary }: { call: DeskCall; end: ScriptEnd; toSummary: () => void }) {
  const { t } = useTranslation();
  const leaf = end.disposition === "" ? undefined : leafNamed(call.dispositions, end.disposition);
  const filled = [
    ...(leaf ? [leaf.label] : []),
    ...(end.callbackMinutes === null ? [] : [t("scripts.endCallback", { count: end.callbackMinutes })]),
    ...(end.note === "" ? [] : [t("desk.note")]),
  ];
  return (
    <Alert
      type="success"
      title={filled.length > 0 ? t("scripts.summaryFilled") : t("scripts.atEnd")}
      description={
        <Flex gap={4} wrap>
          {filled.map((text) => (
            <Tag key={text} variant="filled">
              {text}
            </Tag>
          ))}
        </Flex>
      }
      action={<Button onClick={toSummary}>{t("scripts.toSummary")}</Button>}
    />
  );
}
