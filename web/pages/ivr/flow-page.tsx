import { CopyOutlined, DeleteOutlined, PlusOutlined, SettingOutlined } from "@ant-design/icons";
import { ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Grid, Input, Space } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import type { BlockKind } from "../../../shared/ivr/blocks.ts";
import { variablesOf } from "../../../shared/ivr/check-blocks.ts";
import { blockOf, type IvrDocument, type IvrFlowDetail, systemVariables } from "../../../shared/ivr/flow.ts";
import { useKeys } from "../../features/desk/use-keys.ts";
import { useLeaveWarning } from "../../features/desk/use-leave-warning.ts";
import { errorText } from "../../lib/error-text.ts";
import { useCan } from "../../lib/session.ts";
import { useLiveItem } from "../../lib/use-live.ts";
import { Page } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { Trail } from "../../ui/trail.tsx";
import { placesFor } from "./auto-layout.ts";
import { FlowCanvas } from "./canvas.tsx";
import {
  addBlock,
  connect,
  copyBlocks,
  type ExitOf,
  moveBlocks,
  type Place,
  putBlock,
  removeBlocks,
} from "./document.ts";
import { FlowActions } from "./flow-actions.tsx";
import { FlowStatus } from "./flow-status.tsx";
import { flowsKey, useFlow, useFlowFigures } from "./flow-api.ts";
import { BlockForm } from "./forms/block-form.tsx";
import type { FormContext } from "./forms/context.ts";
import { FlowForm } from "./forms/flow-form.tsx";
import { blockName } from "./kinds.tsx";
import { BlockSearch, Palette } from "./palette.tsx";
import { Problems } from "./problems.tsx";
import { PublishForm } from "./publish-form.tsx";
import { SaveNote } from "./save-note.tsx";
import { useTargets } from "./targets.ts";
import { useDraft } from "./use-draft.ts";
import { FlowVersions } from "./versions.tsx";
import "./flow.css";

interface Wish {
  after?: ExitOf;
  at?: Place;
}

/** What the forms know of the draft. */
function useContextOf(document: IvrDocument): FormContext {
  const targets = useTargets();
  return useMemo(() => {
    const variables = [...new Set([...systemVariables, ...document.blocks.flatMap(variablesOf)])];
    return {
      languages: document.languages,
      variables,
      subjects: variables.map((key) => ({ key, label: key, options: [], isNumber: false })),
      targets,
    };
  }, [document, targets]);
}

/** Words are hard to read below it. */
const smallestZoom = 0.5;

/** Visits of blocks in these days, and callers who are there now. */
function useFigures(flowId: number, days: number | null) {
  const figures = useFlowFigures(flowId, days).data;
  const live = useLiveItem("ivr", flowId)?.blocks;
  return {
    calls: days === null ? null : (figures?.calls ?? null),
    figures: useMemo(
      () => (days !== null && figures ? new Map(figures.blocks.map((one) => [one.blockId, one])) : null),
      [days, figures],
    ),
    live: live ?? none,
  };
}
const none = {};

function Editor({ flow }: { flow: IvrFlowDetail }) {
  const { t } = useTranslation();
  const may = useCan("campaigns.manage");
  const client = useQueryClient();
  const { message } = App.useApp();
  const canvas = useReactFlow();
  const board = useRef<HTMLDivElement>(null);
  const isWide = Grid.useBreakpoint().lg ?? matchMedia("(min-width: 992px)").matches;
  const draft = useDraft(flow, may);
  const { document, change, problems } = draft;
  const context = useContextOf(document);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [wish, setWish] = useState<Wish | null>(null);
  const [shows, setShows] = useState<"versions" | "publish" | "settings" | null>(null);
  const [days, setDays] = useState<number | null>(null);
  const { figures, live, calls } = useFigures(flow.id, days);
  const block = chosen.length === 1 ? blockOf(document, chosen[0] ?? "") : undefined;
  useLeaveWarning(draft.isChanged);

  const lookAt = useCallback(
    (id: string) =>
      void canvas.fitView({ nodes: [{ id }], maxZoom: 1, minZoom: 0.6, padding: 0.6, duration: 200 }),
    [canvas],
  );
  // A flow that does not fit in words that can be read begins at its first block.
  useEffect(() => {
    const timer = setTimeout(() => {
      const { width } = canvas.getNodesBounds(canvas.getNodes());
      const room = board.current?.clientWidth ?? 0;
      const first = blockOf(document, document.start);
      if (room >= width * smallestZoom) void canvas.fitView({ maxZoom: 1, padding: 0.1 });
      else if (first) void canvas.setViewport({ x: 24 - first.x * 0.8, y: 160 - first.y * 0.8, zoom: 0.8 });
    }, 50);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it is there
  }, []);

  const add = (kind: BlockKind, { after, at }: Wish = {}) => {
    const made = addBlock(document, kind, { after, at, follows: block?.id });
    change(() => made.document);
    setChosen([made.id]);
    setWish(null);
    if (!at) setTimeout(() => lookAt(made.id), 60);
  };
  const remove = () => {
    change((before) => removeBlocks(before, chosen));
    setChosen([]);
  };
  const copy = () => {
    const made = copyBlocks(document, chosen);
    change(() => made.document);
    setChosen(made.ids);
  };
  const tidy = () => {
    change((before) => moveBlocks(before, placesFor(before)));
    setTimeout(() => void canvas.fitView({ maxZoom: 1, padding: 0.1, duration: 200 }), 60);
  };
  const reload = () => void client.resetQueries({ queryKey: [...flowsKey, flow.id] });
  useKeys({
    "KeyS+Ctrl": () =>
      void draft.save().then((kept) => (kept ? undefined : message.error(errorText(draft.error)))),
    "KeyZ+Ctrl": may ? draft.undo : () => undefined,
    "KeyY+Ctrl": may ? draft.redo : () => undefined,
    "KeyZ+Shift+Ctrl": may ? draft.redo : () => undefined,
    KeyA: () => may && setWish({}),
    KeyD: () => may && chosen.length > 0 && copy(),
  });

  const form = (
    <fieldset className="ivr-form" disabled={!may}>
      {block ? (
        <>
          <h2>{blockName(t, block)}</h2>
          <p className="ivr-note">{t(`ivr.help.${block.kind}`)}</p>
          <BlockForm
            key={block.id}
            document={document}
            block={block}
            context={context}
            onChange={(next) => change((before) => putBlock(before, next))}
            onConnect={(exit, to) => change((before) => connect(before, exit, to))}
            onWish={(after) => setWish({ after })}
          />
          {may && (
            <Space wrap>
              <Button size="small" icon={<CopyOutlined />} onClick={copy}>
                {t("common.copy")}
              </Button>
              <Button
                size="small"
                danger
                icon={<DeleteOutlined />}
                disabled={document.blocks.length === 1}
                onClick={remove}
              >
                {t("common.delete")}
              </Button>
            </Space>
          )}
        </>
      ) : (
        <>
          <h2>{t("ivr.wholeFlow")}</h2>
          <FlowForm document={document} context={context} onChange={(next) => change(() => next)} />
        </>
      )}
    </fieldset>
  );

  return (
    <Page
      trail={<Trail to="/ivr">{t("navigation.ivr")}</Trail>}
      name={flow.name}
      title={
        may ? (
          <Input
            value={draft.name}
            variant="borderless"
            maxLength={100}
            aria-label={t("ivr.name")}
            className="ivr-name"
            onChange={(event) => draft.setName(event.target.value)}
          />
        ) : (
          flow.name
        )
      }
      badge={
        <>
          <FlowStatus flow={{ ...flow, hasChanges: flow.hasChanges || document !== flow.document }} />
          <SaveNote draft={draft} onReload={reload} />
        </>
      }
      actions={
        <FlowActions
          draft={draft}
          may={may}
          days={days}
          canPublish={problems.length === 0 && (flow.hasChanges || document !== flow.document)}
          onDays={setDays}
          onTidy={tidy}
          onShow={setShows}
        />
      }
    >
      {calls !== null && <p className="ivr-note">{t("ivr.callsCounted", { count: calls })}</p>}
      <div className={`ivr-editor${may ? "" : " ivr-locked"}`}>
        {may && isWide && <Palette onAdd={(kind) => add(kind)} />}
        <div className="ivr-canvas" ref={board}>
          <FlowCanvas
            document={document}
            problems={problems}
            chosen={chosen}
            may={may}
            figures={figures}
            live={live}
            onChoose={setChosen}
            onChange={change}
            onAdd={(kind, at) => add(kind, { at })}
            onWish={(after, at) => setWish({ after, at })}
          />
          {!isWide && (
            <Space className="ivr-tools">
              {may && (
                <Button icon={<PlusOutlined />} aria-label={t("ivr.addBlock")} onClick={() => setWish({})} />
              )}
              <Button
                icon={<SettingOutlined />}
                aria-label={t("ivr.wholeFlow")}
                onClick={() => setShows("settings")}
              />
            </Space>
          )}
        </div>
        {isWide && form}
      </div>
      <Problems
        document={document}
        problems={problems}
        onChoose={(id) => {
          setChosen([id]);
          lookAt(id);
        }}
      />
      {!isWide && (block || shows === "settings") && (
        <Drawer
          open
          placement="bottom"
          size="70vh"
          title={block ? blockName(t, block) : t("ivr.wholeFlow")}
          onClose={() => (setChosen([]), setShows(null))}
        >
          {form}
        </Drawer>
      )}
      {wish && <BlockSearch onAdd={(kind) => add(kind, wish)} onClose={() => setWish(null)} />}
      {shows === "versions" && (
        <FlowVersions
          flow={flow}
          document={document}
          may={may}
          onTake={(taken) => {
            change(() => taken);
            setChosen([]);
          }}
          onClose={() => setShows(null)}
        />
      )}
      {shows === "publish" && <PublishForm flowId={flow.id} draft={draft} onClose={() => setShows(null)} />}
    </Page>
  );
}

export function IvrFlowPage() {
  const id = Number(useParams()["id"]);
  const query = useFlow(id);
  return (
    <Loaded query={query}>
      {(flow) => (
        <ReactFlowProvider key={flow.id}>
          <Editor flow={flow} />
        </ReactFlowProvider>
      )}
    </Loaded>
  );
}
