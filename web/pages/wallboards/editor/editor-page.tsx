import { ExpandOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Card, Dropdown, Flex, Input, Typography } from "antd";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { keysOf, type WallboardRow, type Widget, widgetTypes } from "../../../../shared/wallboards.ts";
import { useCan } from "../../../lib/session.ts";
import { LiveFeedContext, openFeed } from "../../../lib/use-live.ts";
import { Page } from "../../../ui/page.tsx";
import { EmptyState, Loaded } from "../../../ui/states.tsx";
import { Trail } from "../../../ui/trail.tsx";
import { useAct } from "../../../ui/use-act.ts";
import { useDanger } from "../../../ui/use-danger.ts";
import { useUnsaved } from "../../../ui/use-unsaved.ts";
import { newWidget } from "../starter.ts";
import { UnitSelect } from "../unit-select.tsx";
import { removeWallboard, saveWallboard, useWallboard, wallboardsKey } from "../wallboard-api.ts";
import { Arrangement } from "./arrangement.tsx";
import { WidgetSettings } from "./widget-settings.tsx";

/** The feed that this draft needs, saved or not. */
function usePreview(draft: WallboardRow) {
  const keys = keysOf(draft).join();
  return useMemo(() => openFeed("/wall-preview", { type: "open", keys: keys.split(",") }), [keys]);
}

function useWidgetName() {
  const { t } = useTranslation();
  return (widget: Widget) =>
    widget.title ||
    ("figure" in widget && widget.type !== "leaders"
      ? t(`wallboards.figure.${widget.figure}`)
      : t(`wallboards.widget.${widget.type}`));
}

function AddWidget({ onAdd }: { onAdd: (type: Widget["type"]) => void }) {
  const { t } = useTranslation();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: widgetTypes.map((type) => ({ key: type, label: t(`wallboards.widget.${type}`) })),
        onClick: ({ key }) => onAdd(key as Widget["type"]),
      }}
    >
      <Button icon={<PlusOutlined />}>{t("wallboards.addWidget")}</Button>
    </Dropdown>
  );
}

function Actions({
  draft,
  isChanged,
  onRemoved,
  onSaved,
}: {
  draft: WallboardRow;
  isChanged: boolean;
  onRemoved: () => void;
  onSaved: (row: WallboardRow) => void;
}) {
  const { t } = useTranslation();
  const danger = useDanger();
  const navigate = useNavigate();
  const stale = [wallboardsKey];
  const save = useAct(() => saveWallboard(draft), { stale, said: t("common.saved"), onDone: onSaved });
  const remove = useAct(() => removeWallboard(draft.id), {
    stale,
    said: t("common.deleted"),
    onDone() {
      onRemoved();
      void navigate("/wallboards");
    },
  });
  return (
    <>
      <Button
        danger
        onClick={() =>
          danger({
            title: t("wallboards.delete", { name: draft.name }),
            content: t("wallboards.deleteHelp"),
            okText: t("common.delete"),
            onOk: () => remove.mutateAsync(undefined),
          })
        }
      >
        {t("common.delete")}
      </Button>
      <Button
        type="primary"
        disabled={!isChanged}
        loading={save.isPending}
        onClick={() => save.mutate(undefined)}
      >
        {t("common.save")}
      </Button>
    </>
  );
}

function Editor({ saved }: { saved: WallboardRow }) {
  const { t } = useTranslation();
  const mayManage = useCan("agents.supervise");
  const [known, setKnown] = useState(saved);
  const [draft, setDraft] = useState(saved);
  const [selected, setSelected] = useState<string | null>(null);
  const board = useRef<HTMLDivElement>(null);
  const feed = usePreview(draft);
  const nameOf = useWidgetName();
  const widget = draft.widgets.find(({ id }) => id === selected);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(known);
  const leave = useUnsaved(isChanged && mayManage);
  const setWidgets = (widgets: Widget[]) => setDraft({ ...draft, widgets });
  const add = (type: Widget["type"]) => {
    const made = newWidget(type, draft.widgets);
    setWidgets([...draft.widgets, made]);
    setSelected(made.id);
  };
  return (
    <Page
      trail={<Trail to="/wallboards">{t("navigation.wallboards")}</Trail>}
      title={known.name}
      actions={
        mayManage && (
          <Actions
            draft={draft}
            isChanged={isChanged}
            onRemoved={leave}
            onSaved={(row) => {
              setKnown(row);
              setDraft(row);
            }}
          />
        )
      }
    >
      <Flex gap={8} wrap>
        <Input
          aria-label={t("wallboards.name")}
          style={{ width: 220 }}
          maxLength={80}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
        <UnitSelect value={draft.unitId} onChange={(unitId) => setDraft({ ...draft, unitId })} />
        <AddWidget onAdd={add} />
        <Button icon={<ExpandOutlined />} onClick={() => void board.current?.requestFullscreen()}>
          {t("wallboards.fullScreen")}
        </Button>
      </Flex>
      <Flex gap={16} align="start" wrap>
        <div style={{ flex: "1 1 640px", minWidth: 0 }}>
          <div ref={board} style={{ background: "var(--ant-color-bg-layout)" }}>
            <LiveFeedContext value={feed}>
              {draft.widgets.length === 0 ? (
                <EmptyState text={t("wallboards.noWidgets")} />
              ) : (
                <Arrangement
                  widgets={draft.widgets}
                  unitId={draft.unitId}
                  selected={selected}
                  onSelect={setSelected}
                  onChange={setWidgets}
                  nameOf={nameOf}
                />
              )}
            </LiveFeedContext>
          </div>
          <Typography.Paragraph id="wallboard-keys" type="secondary" style={{ marginTop: 8 }}>
            {t("wallboards.keys")}
          </Typography.Paragraph>
        </div>
        <Card size="small" style={{ flex: "0 1 280px" }}>
          {widget ? (
            <WidgetSettings
              key={widget.id}
              widget={widget}
              onChange={(next) => setWidgets(draft.widgets.map((one) => (one.id === next.id ? next : one)))}
              onRemove={() => setWidgets(draft.widgets.filter(({ id }) => id !== widget.id))}
            />
          ) : (
            <Typography.Text type="secondary">{t("wallboards.choose")}</Typography.Text>
          )}
        </Card>
      </Flex>
    </Page>
  );
}

/** A board to look at and to change. */
export function WallboardEditorPage() {
  const query = useWallboard(Number(useParams()["id"]));
  return <Loaded query={query}>{(saved) => <Editor key={saved.id} saved={saved} />}</Loaded>;
}
