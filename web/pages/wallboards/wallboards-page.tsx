import { PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { WallboardInput, WallboardRow } from "../../../shared/wallboards.ts";
import { formatInstant } from "../../lib/format.ts";
import { useCan, useSession } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useOrgUnits } from "../users/user-api.ts";
import { ScreensTable } from "./screens-table.tsx";
import { starterWidgets } from "./starter.ts";
import { UnitSelect } from "./unit-select.tsx";
import { addWallboard, useWallboards, wallboardsKey } from "./wallboard-api.ts";

function NewBoard({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const session = useSession();
  const add = useAct(
    (input: Pick<WallboardInput, "name" | "unitId">) => addWallboard({ ...input, widgets: starterWidgets() }),
    { stale: [wallboardsKey], onDone: ({ id }) => void navigate(`/wallboards/${id}`) },
  );
  return (
    <ModalForm<Pick<WallboardInput, "name" | "unitId">>
      title={t("wallboards.add")}
      initialValues={{ unitId: session.scope === "all" ? null : session.orgUnitId }}
      isPending={add.isPending}
      onSubmit={(input) => add.mutate(input)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("wallboards.name")} rules={[{ required: true, max: 80 }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item name="unitId" label={t("wallboards.unit")}>
        <UnitSelect />
      </Form.Item>
    </ModalForm>
  );
}

/** The boards, and the screens that show them. */
export function WallboardsPage() {
  const { t } = useTranslation();
  const query = useWallboards();
  const units = useOrgUnits().data ?? [];
  const mayManage = useCan("agents.supervise");
  const [isAdding, setAdding] = useState(false);
  const columns: TableColumnsType<WallboardRow> = [
    { title: t("wallboards.name"), render: (_, row) => <Link to={`/wallboards/${row.id}`}>{row.name}</Link> },
    {
      title: t("wallboards.unit"),
      render: (_, { unitId }) =>
        unitId === null ? t("wallboards.everybody") : units.find(({ id }) => id === unitId)?.name,
    },
    { title: t("wallboards.widgets"), align: "right", render: (_, { widgets }) => widgets.length },
    { title: t("wallboards.changedAt"), render: (_, { updatedAt }) => formatInstant(updatedAt) },
  ];
  return (
    <Page
      title={t("navigation.wallboards")}
      help={t("wallboards.help")}
      actions={
        mayManage && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("wallboards.add")}
          </Button>
        )
      }
    >
      <DataTable
        label={t("navigation.wallboards")}
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState text={t("wallboards.none")} />}
      />
      <ScreensTable boards={query.data?.items ?? []} />
      {isAdding && <NewBoard onClose={() => setAdding(false)} />}
    </Page>
  );
}
