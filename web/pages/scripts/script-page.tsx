import { BarChartOutlined, CopyOutlined, DownloadOutlined, EllipsisOutlined } from "@ant-design/icons";
import { Button, Dropdown, Form, Input, Tabs } from "antd";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { checkScript } from "../../../shared/script-check.ts";
import { type ScriptDetail, scriptDetail, type ScriptDocument } from "../../../shared/scripts.ts";
import { useLeaveWarning } from "../../features/desk/use-leave-warning.ts";
import { useKeys } from "../../features/desk/use-keys.ts";
import { scriptsKey, useScript } from "../../features/scripts/script-api.ts";
import { api } from "../../lib/api.ts";
import { saveText } from "../../lib/save-text.ts";
import { useCan } from "../../lib/session.ts";
import { useHistory } from "../../lib/use-history.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { Page } from "../../ui/page.tsx";
import { Loaded, PageLoading } from "../../ui/states.tsx";
import { UndoButtons } from "../../ui/undo-buttons.tsx";
import { Trail } from "../../ui/trail.tsx";
import { useAct } from "../../ui/use-act.ts";
import { Editor } from "./edit/editor.tsx";
import { ScriptPreview } from "./preview.tsx";
import { CopyScript } from "./script-forms.tsx";
import { scriptFileText } from "./script-file.ts";
import { ScriptStatus } from "./script-status.tsx";
import "./scripts-pages.css";
import { ScriptVersions } from "./versions.tsx";

const ScriptGraph = lazy(async () => ({ default: (await import("./graph.tsx")).ScriptGraph }));

/** The draft as it is written, and what becomes of it. */
function useDraft(script: ScriptDetail) {
  const { t } = useTranslation();
  const history = useHistory(script.document);
  const { document } = history;
  const [name, setName] = useState(script.name);
  const [stored, setStored] = useState({
    document: script.document,
    name: script.name,
    revision: script.revision,
  });
  const isChanged = document !== stored.document || name !== stored.name;
  const save = useAct(
    async () => {
      if (!isChanged) return;
      const body = { name, document, revision: stored.revision };
      const { revision } = await api.put(`/scripts/${script.id}`, scriptDetail, body);
      setStored({ document, name, revision });
    },
    { stale: [scriptsKey] },
  );
  const publish = useAct(
    async (note: string) => {
      if (isChanged) await save.mutateAsync(undefined);
      return api.post(`/scripts/${script.id}/publish`, scriptDetail, { note });
    },
    { stale: [scriptsKey], said: t("scripts.published") },
  );
  const problems = useMemo(() => checkScript(document), [document]);
  return { ...history, name, setName, isChanged, problems, save, publish };
}

function Builder({ script }: { script: ScriptDetail }) {
  const { t } = useTranslation();
  const may = useCan("campaigns.manage");
  const mayReport = useCan("reports.see");
  const draft = useDraft(script);
  const { document, change, problems, save, publish } = draft;
  const [tab, setTab] = useState("edit");
  const [pageId, setPageId] = useState(document.start);
  const [asks, setAsks] = useState<"publish" | "copy" | null>(null);
  useLeaveWarning(draft.isChanged);
  useKeys({
    "KeyS+Ctrl": () => save.mutate(undefined),
    "KeyZ+Ctrl": draft.undo,
    "KeyY+Ctrl": draft.redo,
    "KeyZ+Shift+Ctrl": draft.redo,
  });
  const put = (next: ScriptDocument) => change(() => next);
  const open = (id: string) => {
    setPageId(id);
    setTab("edit");
  };
  return (
    <Page
      trail={<Trail to="/scripts">{t("navigation.scripts")}</Trail>}
      name={script.name}
      title={
        may ? (
          <Input
            value={draft.name}
            variant="borderless"
            maxLength={100}
            aria-label={t("scripts.name")}
            className="script-name"
            onChange={(event) => draft.setName(event.target.value)}
          />
        ) : (
          script.name
        )
      }
      badge={<ScriptStatus script={{ ...script, hasChanges: script.hasChanges || draft.isChanged }} />}
      actions={
        <>
          {may && <UndoButtons history={draft} />}
          {mayReport && (
            <Link to={`/scripts/${script.id}/results`}>
              <Button icon={<BarChartOutlined />}>{t("scripts.results")}</Button>
            </Link>
          )}
          <Dropdown
            trigger={["click"]}
            menu={{
              items: [
                { key: "export", icon: <DownloadOutlined />, label: t("scripts.export") },
                ...(may ? [{ key: "copy", icon: <CopyOutlined />, label: t("common.copy") }] : []),
              ],
              onClick: ({ key }) =>
                key === "copy"
                  ? setAsks("copy")
                  : saveText(
                      `${draft.name}.json`,
                      scriptFileText({ name: draft.name, kind: script.kind, document }),
                      "application/json",
                    ),
            }}
          >
            <Button icon={<EllipsisOutlined />} aria-label={t("common.more")} />
          </Dropdown>
          {may && (
            <Button
              disabled={!draft.isChanged}
              loading={save.isPending}
              aria-keyshortcuts="Control+S"
              onClick={() => save.mutate(undefined)}
            >
              {t("common.save")}
            </Button>
          )}
          {may && (
            <Button
              type="primary"
              disabled={problems.length > 0 || (!script.hasChanges && !draft.isChanged)}
              onClick={() => setAsks("publish")}
            >
              {t("scripts.publish")}
            </Button>
          )}
        </>
      }
    >
      <Tabs
        activeKey={tab}
        onChange={setTab}
        destroyOnHidden
        items={[
          {
            key: "edit",
            label: t("scripts.tab.edit"),
            children: (
              <Editor
                document={document}
                problems={problems}
                pageId={pageId}
                may={may}
                onChoose={setPageId}
                onChange={put}
              />
            ),
          },
          {
            key: "graph",
            label: t("scripts.tab.graph"),
            children: (
              <Suspense fallback={<PageLoading />}>
                <ScriptGraph document={document} problems={problems} onOpen={open} />
              </Suspense>
            ),
          },
          { key: "preview", label: t("scripts.preview"), children: <ScriptPreview document={document} /> },
          {
            key: "versions",
            label: t("scripts.tab.versions"),
            children: (
              <ScriptVersions
                script={script}
                may={may}
                onTake={(taken) => {
                  put(taken);
                  open(taken.start);
                }}
              />
            ),
          },
        ]}
      />
      {asks === "copy" && <CopyScript script={script} onClose={() => setAsks(null)} />}
      {asks === "publish" && (
        <ModalForm<{ note?: string }>
          title={t("scripts.publish")}
          okText={t("scripts.publish")}
          isPending={publish.isPending}
          onSubmit={({ note = "" }) => publish.mutate(note, { onSuccess: () => setAsks(null) })}
          onClose={() => setAsks(null)}
        >
          <Form.Item name="note" label={t("scripts.publishNote")} extra={t("scripts.publishHelp")}>
            <Input.TextArea autoFocus maxLength={500} autoSize={{ minRows: 2 }} />
          </Form.Item>
        </ModalForm>
      )}
    </Page>
  );
}

export function ScriptPage() {
  const query = useScript(Number(useParams()["id"]));
  return <Loaded query={query}>{(script) => <Builder key={script.id} script={script} />}</Loaded>;
}
