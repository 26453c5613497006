import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Input, Popover, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { type LeadConditions, leadConditions, namedFilter } from "../../../shared/lead-conditions.ts";
import { api } from "../../lib/api.ts";
import { useAct } from "../../ui/use-act.ts";

const filtersKey = ["lead-filters"] as const;

function NamedOption({ name, id }: { name: ReactNode; id: string | number | null | undefined }) {
  const { t } = useTranslation();
  const remove = useAct(() => api.delete(`/lead-filters/${id}`), { stale: [filtersKey] });
  return (
    <Flex justify="space-between">
      {name}
      <Button
        size="small"
        type="text"
        onClick={(event) => {
          event.stopPropagation();
          remove.mutate(undefined);
        }}
      >
        {t("common.delete")}
      </Button>
    </Flex>
  );
}

const namedOption = ({ label, value }: { label?: ReactNode; value?: string | number | null | undefined }) => (
  <NamedOption name={label} id={value} />
);

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
        optionRender={namedOption}
        onChange={(id) => {
          const found = query.data?.find((filter) => filter.id === id);
          if (found) onUse(found.conditions);
        }}
      />
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
