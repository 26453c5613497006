import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, type TableColumnsType, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScreenRow, WallboardRow } from "../../../shared/wallboards.ts";
import { formatInstant } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { ShownOnce } from "../../ui/shown-once.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useDanger } from "../../ui/use-danger.ts";
import { ScreenForm } from "./screen-form.tsx";
import { removeScreen, renewLink, screensKey, useScreens } from "./wallboard-api.ts";

const linkOf = (token: string) => `${location.origin}/wall#${token}`;

/** The link, shown this once. */
function LinkShown({ token, onClose }: { token: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ShownOnce
      title={t("wallboards.link")}
      help={t("wallboards.linkOnce")}
      value={linkOf(token)}
      testId="wall-link"
      onClose={onClose}
    />
  );
}

function ScreenActs({
  screen,
  onEdit,
  onLink,
}: {
  screen: ScreenRow;
  onEdit: () => void;
  onLink: (token: string) => void;
}) {
  const { t } = useTranslation();
  const danger = useDanger();
  const { id, name } = screen;
  const stale = [screensKey];
  const renew = useAct(() => renewLink(id), { stale, onDone: ({ token }) => onLink(token) });
  const remove = useAct(() => removeScreen(id), { stale, said: t("wallboards.revokedSaid") });
  return (
    <Flex gap={8} justify="end">
      <Button size="small" onClick={onEdit} aria-label={`${t("common.edit")}: ${name}`}>
        {t("common.edit")}
      </Button>
      <Button
        size="small"
        onClick={() =>
          danger({
            title: t("wallboards.newLink"),
            content: t("wallboards.newLinkHelp"),
            okText: t("wallboards.newLink"),
            onOk: () => renew.mutateAsync(undefined),
          })
        }
      >
        {t("wallboards.newLink")}
      </Button>
      <Button
        size="small"
        danger
        onClick={() =>
          danger({
            title: t("wallboards.revoke", { name }),
            content: t("wallboards.revokeHelp"),
            okText: t("wallboards.revokeOk"),
            onOk: () => remove.mutateAsync(undefined),
          })
        }
      >
        {t("wallboards.revokeOk")}
      </Button>
    </Flex>
  );
}

type Open = { form: ScreenRow | null } | { token: string } | null;

/** The screens on walls, each with a link of its own. */
export function ScreensTable({ boards }: { boards: readonly WallboardRow[] }) {
  const { t } = useTranslation();
  const query = useScreens();
  const mayManage = useCan("agents.supervise");
  const [open, setOpen] = useState<Open>(null);
  const nameOf = (id: number) => boards.find((board) => board.id === id)?.name;
  const columns: TableColumnsType<ScreenRow> = [
    { title: t("wallboards.name"), dataIndex: "name" },
    {
      title: t("wallboards.shownInTurn"),
      render: (_, { boardIds }) =>
        boardIds.map(nameOf).filter(Boolean).join(" · ") || t("wallboards.noBoards"),
    },
    { title: t("wallboards.seen"), render: (_, { seenAt }) => formatInstant(seenAt) },
    ...(mayManage
      ? [
          {
            render: (_: unknown, screen: ScreenRow) => (
              <ScreenActs
                screen={screen}
                onEdit={() => setOpen({ form: screen })}
                onLink={(token) => setOpen({ token })}
              />
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <Flex justify="space-between" align="center" wrap gap={8}>
        <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
          {t("wallboards.screens")}
        </Typography.Title>
        {mayManage && (
          <Button
            icon={<PlusOutlined />}
            disabled={boards.length === 0}
            onClick={() => setOpen({ form: null })}
          >
            {t("wallboards.addScreen")}
          </Button>
        )}
      </Flex>
      <DataTable
        label={t("wallboards.screens")}
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState text={t("wallboards.noScreens")} />}
      />
      {open && "form" in open && (
        <ScreenForm
          screen={open.form}
          boards={boards}
          onClose={() => setOpen(null)}
          onMade={(token) => setOpen({ token })}
        />
      )}
      {open && "token" in open && <LinkShown token={open.token} onClose={() => setOpen(null)} />}
    </>
  );
}
