import { DeleteOutlined } from "@ant-design/icons";
import { Button, Card } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type { LiveTrunk } from "../../../shared/live.ts";
import { type TrunkInput, type TrunkRow, trunkRow } from "../../../shared/trunks.ts";
import { api } from "../../lib/api.ts";
import { useCan } from "../../lib/session.ts";
import { useLive } from "../../lib/use-live.ts";
import { Page } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { Trail } from "../../ui/trail.tsx";
import { useAct } from "../../ui/use-act.ts";
import { ProviderHelp } from "./provider-help.tsx";
import { TestCall } from "./test-call.tsx";
import { TestHistory } from "./test-history.tsx";
import { trunksKey, useTrunk } from "./trunk-api.ts";
import { TrunkForm } from "./trunk-form.tsx";
import { TrunkState } from "./trunk-state.tsx";
import { useDanger } from "../../ui/use-danger.ts";

function TrunkEditor({ trunk }: { trunk: TrunkRow | null }) {
  const { t } = useTranslation();
  const danger = useDanger();
  const navigate = useNavigate();
  const may = useCan("trunks.manage");
  const live = useLive<LiveTrunk>("trunks").items;
  // In the address, so that a new trunk opens its test call on its own page.
  const [params, setParams] = useSearchParams();
  const setTesting = (on: boolean) => setParams(on ? { test: "call" } : {}, { replace: true });
  const save = useAct(
    (input: TrunkInput) =>
      trunk ? api.put(`/trunks/${trunk.id}`, trunkRow, input) : api.post("/trunks", trunkRow, input),
    {
      stale: [trunksKey],
      said: t("common.saved"),
      onDone: (saved) => {
        if (!trunk) void navigate(`/trunks/${saved.id}?test=call`, { replace: true });
      },
    },
  );
  const remove = useAct((id: number) => api.delete(`/trunks/${id}`), {
    stale: [trunksKey],
    said: t("common.deleted"),
    onDone: () => void navigate("/trunks"),
  });
  const confirmRemoval = (row: TrunkRow) =>
    danger({
      title: t("trunks.deleteQuestion", { name: row.name }),
      content: t("trunks.deleteHelp", { count: row.campaigns }),
      okText: t("common.delete"),
      onOk: () => remove.mutateAsync(row.id),
    });
  return (
    <Page
      trail={<Trail to="/trunks">{t("navigation.trunks")}</Trail>}
      title={trunk?.name ?? t("trunks.add")}
      badge={trunk && <TrunkState live={live[trunk.id]} enabled={trunk.enabled} />}
      actions={
        <>
          <ProviderHelp />
          {trunk && may && <Button onClick={() => setTesting(true)}>{t("trunks.testCall")}</Button>}
          {trunk && may && !trunk.simulated && (
            <Button danger icon={<DeleteOutlined />} onClick={() => confirmRemoval(trunk)}>
              {t("common.delete")}
            </Button>
          )}
        </>
      }
    >
      <TrunkForm
        key={trunk?.id ?? "new"}
        trunk={trunk}
        busy={save.isPending}
        readOnly={!may}
        onSave={(input) => save.mutate(input)}
        onCancel={() => void navigate("/trunks")}
      />
      {trunk && (
        <Card title={t("trunks.test.history")}>
          <TestHistory trunkId={trunk.id} />
        </Card>
      )}
      {trunk && may && params.has("test") && <TestCall trunk={trunk} onClose={() => setTesting(false)} />}
    </Page>
  );
}

export function TrunkPage() {
  const { id } = useParams();
  const query = useTrunk(id === "new" ? null : Number(id));
  if (id === "new") return <TrunkEditor trunk={null} />;
  return <Loaded query={query}>{(trunk) => <TrunkEditor trunk={trunk} />}</Loaded>;
}
