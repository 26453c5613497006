import {
  DeleteOutlined,
  EditOutlined,
  EllipsisOutlined,
  ImportOutlined,
  InboxOutlined,
} from "@ant-design/icons";
import { Button, Card, Dropdown, Flex, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { leadStatuses, type ListRow } from "../../../shared/lists.ts";
import { api } from "../../lib/api.ts";
import { formatNumber } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { Figure } from "../../ui/figure.tsx";
import { Page } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { Trail } from "../../ui/trail.tsx";
import { useAct } from "../../ui/use-act.ts";
import { ImportsTable } from "./import/imports-table.tsx";
import { LeadsTable } from "./leads-table.tsx";
import { ListForm } from "./list-form.tsx";
import { listsKey, useList } from "./list-api.ts";
import { useDanger } from "../../ui/use-danger.ts";

function ListActions({ list }: { list: ListRow }) {
  const { t } = useTranslation();
  const danger = useDanger();
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const archived = list.archivedAt !== null;
  const archive = useAct(() => api.post(`/lists/${list.id}/archived`, null, { archived: !archived }), {
    stale: [listsKey],
    said: t("common.saved"),
  });
  const remove = useAct(() => api.delete(`/lists/${list.id}`), {
    stale: [listsKey],
    said: t("common.deleted"),
    onDone: () => void navigate("/lists"),
  });
  const confirmRemoval = () =>
    danger({
      title: t("lists.deleteQuestion", { name: list.name }),
      content: t("lists.deleteHelp"),
      okText: t("common.delete"),
      onOk: () => remove.mutateAsync(undefined),
    });
  return (
    <>
      <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>
        {t("common.edit")}
      </Button>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            {
              key: "archive",
              icon: <InboxOutlined />,
              label: t(archived ? "lists.restore" : "lists.archive"),
              onClick: () => archive.mutate(undefined),
            },
            {
              key: "delete",
              icon: <DeleteOutlined />,
              danger: true,
              label: t("common.delete"),
              onClick: confirmRemoval,
            },
          ],
        }}
      >
        <Button icon={<EllipsisOutlined />} aria-label={t("common.more")} />
      </Dropdown>
      {editing && <ListForm list={list} onClose={() => setEditing(false)} onSaved={() => undefined} />}
    </>
  );
}

function List({ list }: { list: ListRow }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useCan("leads.import");
  const [params, setParams] = useSearchParams();
  const tab = params.get("tab") ?? "leads";
  return (
    <Page
      trail={<Trail to="/lists">{t("navigation.lists")}</Trail>}
      title={list.name}
      help={list.note}
      actions={
        may && (
          <>
            <ListActions list={list} />
            <Button
              type="primary"
              icon={<ImportOutlined />}
              onClick={() => void navigate(`/lists/${list.id}/import`)}
            >
              {t("lists.import")}
            </Button>
          </>
        )
      }
    >
      <Card>
        <Flex wrap gap="16px 40px">
          <Figure label={t("lists.total")} value={formatNumber(list.leads.total)} to={`/lists/${list.id}`} />
          {leadStatuses.map((status) => (
            <Figure
              key={status}
              label={t(`lists.leadStatus.${status}`)}
              value={formatNumber(list.leads[status])}
              to={`/lists/${list.id}?status=${status}`}
            />
          ))}
        </Flex>
      </Card>
      <Tabs
        activeKey={tab}
        onChange={(next) => setParams(next === "leads" ? {} : { tab: next }, { replace: true })}
        items={[
          { key: "leads", label: t("lists.leads"), children: <LeadsTable list={list} /> },
          { key: "imports", label: t("lists.imports"), children: <ImportsTable listId={list.id} /> },
        ]}
      />
    </Page>
  );
}

export function ListPage() {
  const query = useList(Number(useParams()["id"]));
  return <Loaded query={query}>{(list) => <List list={list} />}</Loaded>;
}
