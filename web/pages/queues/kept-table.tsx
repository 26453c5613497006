import { Flex, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { KeptPlace } from "../../../shared/kept-places.ts";
import { formatInstant, formatNumber } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useKeptPlaces } from "./waiting-api.ts";

/** Who asked to be called back in their turn, and what became of it. */
export function KeptTable() {
  const { t } = useTranslation();
  const [{ page, pageSize }, setPaging] = useState({ page: 1, pageSize: 50 });
  const query = useKeptPlaces({ page, pageSize });
  const columns: TableColumnsType<KeptPlace> = [
    {
      title: t("waiting.caller"),
      render: (_, { name, phone }) => (
        <Flex vertical>
          <span>{name}</span>
          <span className="num">{formatPhone(phone)}</span>
        </Flex>
      ),
    },
    { title: t("queues.name"), dataIndex: "queue" },
    { title: t("waiting.since"), render: (_, { since }) => formatInstant(since) },
    { title: t("waiting.askedAt"), render: (_, { askedAt }) => formatInstant(askedAt) },
    { title: t("waiting.triesMade"), align: "right", render: (_, { tries }) => formatNumber(tries) },
    {
      title: t("waiting.state"),
      render: (_, { state, how }) => (
        <Tag color={how === "reached" ? "success" : state === "closed" ? "default" : "processing"}>
          {how ? t(`waiting.end.${how}`) : t(`waiting.is.${state === "dialling" ? "dialling" : "waiting"}`)}
        </Tag>
      ),
    },
    { title: t("waiting.agent"), render: (_, { agent }) => agent ?? "–" },
  ];
  return (
    <DataTable
      label={t("waiting.keptTitle")}
      query={query}
      columns={columns}
      rowKey={({ id }) => id}
      paging={{ page, pageSize, onChange: (next, size) => setPaging({ page: next, pageSize: size }) }}
      empty={<EmptyState text={t("waiting.noneKept")} />}
    />
  );
}
