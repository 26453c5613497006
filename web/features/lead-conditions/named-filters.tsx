import { DeleteOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Input, Popover, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { type LeadConditions, leadConditions, namedFilter } from "../../../shared/lead-conditions.ts";
import { api } from "../../lib/api.ts";
import { useDanger } from "../../ui/use-danger.ts";
import { useAct } from "../../ui/use-act.ts";

const filtersKey = ["lead-filters"] as const;

/** Forgets filters, each by a button of its own. */
function FilterList({ filters }: { filters: readonly { id: number; name: string }[] }) {
  const { t } = useTranslation();
  const danger = useDanger();
  const remove = useAct((id: number) => api.delete(`/lead-filters/${id}`), { stale: [filtersKey] });
  return (
    <Flex vertical gap={4} style={{ minWidth: 220, maxHeight: 320, overflowY: "auto" }}>
      {filters.map(({ id, name }) => (
        <Flex key={id} justify="space-between" align="center" gap={12}>
          <span style={{ overflowWrap: "anywhere" }}>{name}</span>
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t("conditions.forgetNamed", { name })}
            onClick={() =>
              danger({
                title: t("conditions.forgetQuestion", { name }),
                okText: t("common.delete"),
                onOk: () => remove.mutateAsync(id),
              })
            }
          />
        </Flex>
      ))}
    </Flex>
  );
}

interface Props {
  conditions: LeadConditions;
  onUse: (conditions: LeadConditions) => void;
}

/** Filters under a name: use one, keep this one, forget one. */
export function NamedFilters({ conditions, onUse }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [open, setOpen] = useState(false);
  const query = useQuery({
    queryKey: filtersKey,
    queryFn: ({ signal }) => api.get("/lead-filters", z.array(namedFilter), {}, signal),
  });
  const save = useAct(() => api.post("/lead-filters", namedFilter, { name: name.trim(), conditions }), {
    stale: [filtersKey],
    said: t("common.saved"),
    onDone: () => setOpen(false),
  });
  const fits = leadConditions.safeParse(conditions).success && conditions.of.length > 0;
  return (
    <Flex wrap gap={8}>
      <Select<number | null>
        value={null}
        loading={query.isPending}
        placeholder={t("conditions.useNamed")}
        aria-label={t("conditions.useNamed")}
        style={{ width: 220 }}
        notFoundContent={t("conditions.noneNamed")}
        options={(query.data ?? []).map((filter) => ({ value: filter.id, label: filter.name }))}
        onChange={(id) => {
          const found = query.data?.find((filter) => filter.id === id);
          if (found) onUse(found.conditions);
        }}
      />
      {query.data && query.data.length > 0 && (
        <Popover trigger="click" content={<FilterList filters={query.data} />}>
          <Button icon={<DeleteOutlined />} aria-label={t("conditions.manageNamed")} />
        </Popover>
      )}
      <Popover
        trigger="click"
        open={open}
        onOpenChange={setOpen}
        content={
          <Flex gap={8}>
            <Input
              value={name}
              maxLength={100}
              autoFocus
              aria-label={t("conditions.filterName")}
              placeholder={t("conditions.filterName")}
              onChange={(event) => setName(event.target.value)}
            />
            <Button
              type="primary"
              disabled={name.trim() === ""}
              loading={save.isPending}
              onClick={() => save.mutate(undefined)}
            >
              {t("common.save")}
            </Button>
          </Flex>
        }
      >
        <Button disabled={!fits}>{t("conditions.keepNamed")}</Button>
      </Popover>
    </Flex>
  );
}
