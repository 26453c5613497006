import { PlusOutlined, SettingOutlined, SearchOutlined } from "@ant-design/icons";
import { Alert, Button, Card, Flex, Input, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BoxRow } from "../../../shared/voicemail.ts";
import { useCan } from "../../lib/session.ts";
import { Page } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { useDelete } from "../../ui/use-delete.tsx";
import { useDanger } from "../../ui/use-danger.ts";
import { BoxForm } from "./box-form.tsx";
import { MessageList } from "./message-list.tsx";
import { removeBox, useBoxes, voicemailKey } from "./voicemail-api.ts";

const every = 0;

function Boxes({ boxes }: { boxes: BoxRow[] }) {
  const { t } = useTranslation();
  const may = useCan("settings.manage");
  const danger = useDanger();
  const [chosen, setChosen] = useState(every);
  const [state, setState] = useState<"all" | "unheard">("all");
  const [search, setSearch] = useState("");
  const [editing, setEditing] = useState<number | "new" | null>(null);
  const remove = useDelete(removeBox, { stale: [voicemailKey], onDone: () => setChosen(every) });
  const box = boxes.find(({ id }) => id === chosen);
  const edited = boxes.find(({ id }) => id === editing);
  const label = ({ userId, name, unheard }: BoxRow) =>
    `${userId === null ? name : t("voicemail.mine")}${unheard > 0 ? ` (${unheard})` : ""}`;
  return (
    <Card>
      {boxes
        .filter(({ messages, mostMessages }) => messages >= mostMessages)
        .map(({ id, userId, name, messages }) => (
          <Alert
            key={id}
            type="error"
            showIcon
            style={{ marginBottom: 8 }}
            title={t("voicemail.full", { name: userId === null ? name : t("voicemail.mine"), messages })}
            description={t("voicemail.fullHelp")}
          />
        ))}
      <Flex gap={8} wrap align="center" style={{ marginBottom: 8 }}>
        <Select<number>
          aria-label={t("voicemail.box")}
          style={{ minWidth: 180 }}
          value={chosen}
          options={[
            { value: every, label: t("voicemail.allBoxes") },
            ...boxes.map((one) => ({ value: one.id, label: label(one) })),
          ]}
          onChange={setChosen}
        />
        <Segmented<"all" | "unheard">
          aria-label={t("voicemail.shown")}
          value={state}
          options={(["all", "unheard"] as const).map((value) => ({
            value,
            label: t(`voicemail.state.${value}`),
          }))}
          onChange={setState}
        />
        <Input.Search
          allowClear
          style={{ maxWidth: 260 }}
          placeholder={t("voicemail.search")}
          aria-label={t("voicemail.search")}
          enterButton={<SearchOutlined aria-label={t("voicemail.search")} />}
          onSearch={(text) => setSearch(text.trim())}
        />
        {box && (
          <Button icon={<SettingOutlined />} onClick={() => setEditing(box.id)}>
            {t("voicemail.settings")}
          </Button>
        )}
        {may && box?.userId === null && (
          <Button
            danger
            loading={remove.isPending}
            onClick={() =>
              danger({
                title: t("voicemail.removeQuestion", { name: box.name }),
                content: t("voicemail.removeHelp"),
                okText: t("common.remove"),
                onOk: () => remove.ask(box.id),
              })
            }
          >
            {t("common.remove")}
          </Button>
        )}
        {may && (
          <Button icon={<PlusOutlined />} onClick={() => setEditing("new")}>
            {t("voicemail.add")}
          </Button>
        )}
      </Flex>
      <MessageList
        key={`${chosen} ${state} ${search}`}
        state={state}
        search={search || undefined}
        boxId={chosen === every ? undefined : chosen}
        withBox={chosen === every && boxes.length > 1}
      />
      {(edited || editing === "new") && <BoxForm box={edited ?? null} onClose={() => setEditing(null)} />}
    </Card>
  );
}

/** Messages that callers left for me, and in boxes that I look after. */
export function VoicemailPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("navigation.voicemail")} help={t("voicemail.help")}>
      <div style={{ maxWidth: 980 }}>
        <Loaded query={useBoxes()}>{({ items }) => <Boxes boxes={items} />}</Loaded>
      </div>
    </Page>
  );
}
