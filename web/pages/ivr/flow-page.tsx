import { PlusOutlined, SettingOutlined } from "@ant-design/icons";
import { ReactFlowProvider } from "@xyflow/react";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Drawer, Grid, Input, Space } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import type { IvrFlowDetail } from "../../../shared/ivr/flow.ts";
import { useLeaveWarning } from "../../features/desk/use-leave-warning.ts";
import { useCan } from "../../lib/session.ts";
import { Page } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { Trail } from "../../ui/trail.tsx";
import { FlowCanvas } from "./canvas.tsx";
import { FlowActions } from "./flow-actions.tsx";
import { FlowStatus } from "./flow-status.tsx";
import { flowsKey, useFigures, useFlow } from "./flow-api.ts";
import { blockName } from "./kinds.tsx";
import { BlockSearch, Palette } from "./palette.tsx";
import { Problems } from "./problems.tsx";
import { PublishForm } from "./publish-form.tsx";
import { SaveNote } from "./save-note.tsx";
import { SideForm } from "./side-form.tsx";
import { TestCallForm } from "./test-call-form.tsx";
import { TestCallPanel } from "./test-call-panel.tsx";
import { useEditor } from "./use-editor.ts";
import { useTestCall } from "./use-test-call.ts";
import { FlowVersions } from "./versions.tsx";
import "./flow.css";

function Editor({ flow }: { flow: IvrFlowDetail }) {
  const { t } = useTranslation();
  const may = useCan("campaigns.manage");
  const client = useQueryClient();
  const board = useRef<HTMLDivElement>(null);
  const isWide = Grid.useBreakpoint().lg ?? matchMedia("(min-width: 992px)").matches;
  const editor = useEditor(flow, may, board);
  const { draft, chosen, setChosen, block, wish, setWish, add } = editor;
  const { document, change, problems } = draft;
  const [shows, setShows] = useState<"versions" | "publish" | "settings" | "test" | null>(null);
  const [days, setDays] = useState<number | null>(null);
  const [isAlone, setAlone] = useState(false);
  const { figures, live, calls } = useFigures(flow.id, days);
  const call = useTestCall(flow.id, draft.save);
  const { lookAt } = editor;
  const now = call.walked?.now;
  useEffect(() => {
    if (now) lookAt(now);
  }, [now, lookAt]);
  useLeaveWarning(draft.isChanged);
  const reload = () => void client.resetQueries({ queryKey: [...flowsKey, flow.id] });
  const form = <SideForm editor={editor} may={may} />;

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
          onTidy={editor.tidy}
          onShow={setShows}
        />
      }
    >
      {calls !== null && <p className="ivr-note">{t("ivr.callsCounted", { count: calls })}</p>}
      <div className={`ivr-editor${may ? "" : " ivr-locked"}${isAlone ? " ivr-wide" : ""}`}>
        {may && isWide && <Palette onAdd={(kind) => add(kind)} />}
        <div className="ivr-canvas" ref={board}>
          <FlowCanvas
            known={{ document, problems, figures, live, walked: call.walked }}
            chosen={chosen}
            may={may}
            isWide={isAlone}
            onWide={setAlone}
            onChoose={setChosen}
            onChange={change}
            onAdd={(kind, at) => add(kind, { at })}
            onCopy={editor.copy}
            onWish={setWish}
          />
          {call.test && <TestCallPanel document={document} test={call.test} call={call} />}
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
          editor.lookAt(id);
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
      {shows === "test" && <TestCallForm call={call} onClose={() => setShows(null)} />}
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
