import { UploadOutlined } from "@ant-design/icons";
import { App, Button, Form, Input, Radio, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import {
  scriptDetail,
  scriptDocument,
  type ScriptInput,
  type ScriptKind,
  scriptKinds,
  type ScriptRow,
} from "../../../shared/scripts.ts";
import { scriptsKey } from "../../features/scripts/script-api.ts";
import { api } from "../../lib/api.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { readScriptFile } from "./script-file.ts";

function useCreate(onDone: () => void) {
  const navigate = useNavigate();
  return useAct((input: ScriptInput) => api.post("/scripts", scriptDetail, input), {
    stale: [scriptsKey],
    onDone: (made) => {
      onDone();
      void navigate(`/scripts/${made.id}`);
    },
  });
}

/** A first page that goes on to a last one. */
export function NewScript({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCreate(onClose);
  const make = ({ name, kind }: { name: string; kind: ScriptKind }) =>
    create.mutate({
      name,
      kind,
      document: scriptDocument.parse({
        start: "p1",
        freeJump: kind === "script",
        pages: [
          {
            id: "p1",
            title: t("scripts.firstPage"),
            text: t("scripts.firstWords", { open: "{{", close: "}}" }),
            next: "p2",
          },
          { id: "p2", title: t("scripts.lastPage"), text: t("scripts.lastWords"), end: {} },
        ],
      }),
    });
  return (
    <ModalForm<{ name: string; kind: ScriptKind }>
      title={t("scripts.add")}
      okText={t("common.add")}
      isPending={create.isPending}
      initialValues={{ kind: "script" }}
      onSubmit={make}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("scripts.name")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item name="kind" label={t("scripts.kindLabel")} extra={t("scripts.kindHelp")}>
        <Radio.Group
          optionType="button"
          options={scriptKinds.map((value) => ({ value, label: t(`scripts.kind.${value}`) }))}
        />
      </Form.Item>
    </ModalForm>
  );
}

export function CopyScript({
  script,
  onClose,
}: {
  script: Pick<ScriptRow, "id" | "name">;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const copy = useAct(
    (body: { name: string }) => api.post(`/scripts/${script.id}/copy`, scriptDetail, body),
    {
      stale: [scriptsKey],
      onDone: (made) => {
        onClose();
        void navigate(`/scripts/${made.id}`);
      },
    },
  );
  return (
    <ModalForm<{ name: string }>
      title={t("scripts.copyTitle", { name: script.name })}
      okText={t("common.copy")}
      isPending={copy.isPending}
      initialValues={{ name: t("scripts.copyName", { name: script.name }) }}
      onSubmit={(body) => copy.mutate(body)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("scripts.name")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus />
      </Form.Item>
    </ModalForm>
  );
}

export function ImportScript() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const create = useCreate(() => undefined);
  const read = async (file: File) => {
    const input = readScriptFile(await file.text());
    if (input) create.mutate(input);
    else void message.error(t("scripts.notAScript"));
  };
  return (
    <Upload
      accept=".json,application/json"
      showUploadList={false}
      beforeUpload={(file) => {
        void read(file);
        return false;
      }}
    >
      <Button icon={<UploadOutlined />} loading={create.isPending}>
        {t("scripts.import")}
      </Button>
    </Upload>
  );
}
