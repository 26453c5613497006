import { Checkbox, Flex, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { RetryRule } from "../../../../shared/after-call.ts";
import type { DispositionNode } from "../../../../shared/campaigns.ts";
import type { DispositionDoes } from "../../../../shared/disposition-does.ts";
import { DurationInput } from "../../../ui/duration-input.tsx";
import { useLists } from "../../lists/list-api.ts";
import { RetryDetails, RetryWhen } from "./retry-row.tsx";

interface Props {
  node: DispositionNode;
  onChange: (does: DispositionDoes) => void;
}
interface PartProps {
  name: string;
  does: DispositionDoes;
  put: (change: DispositionDoes) => void;
}

const dayMs = 86_400_000;
const firstRule: RetryRule = { delayMs: dayMs, tries: 3 };
const firstForbidden = { scope: "everywhere", numbers: "called", days: null } as const;

/** When a lead with this result is called again: by its own rule, or by the outcome's. */
function Retry({ name, does: { retry }, put }: PartProps) {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={6}>
      <Checkbox
        checked={retry !== undefined}
        onChange={(event) => put({ retry: event.target.checked ? firstRule : undefined })}
      >
        {t("does.ownRetry")}
      </Checkbox>
      {retry && (
        <div style={{ paddingInlineStart: 24 }}>
          <RetryWhen name={name} rule={retry} onChange={(rule) => put({ retry: rule })} />
          <RetryDetails name={name} rule={retry} onChange={(rule) => put({ retry: rule })} />
        </div>
      )}
    </Flex>
  );
}

function Callback({ name, does: { callback }, put }: PartProps) {
  const { t } = useTranslation();
  return (
    <Flex wrap gap={8} align="center">
      <Checkbox
        checked={callback !== undefined}
        onChange={(event) =>
          put({ callback: event.target.checked ? { afterMs: dayMs, mine: true } : undefined })
        }
      >
        {t("does.proposes")}
      </Checkbox>
      {callback && (
        <>
          <DurationInput
            units={["minute", "hour", "day"]}
            min={60_000}
            value={callback.afterMs}
            aria-label={t("does.proposesOf", { name })}
            onChange={(afterMs) =>
              put({ callback: { ...callback, afterMs: Math.max(60_000, afterMs ?? dayMs) } })
            }
          />
          <Select
            value={callback.mine}
            popupMatchSelectWidth={false}
            aria-label={t("does.whoseOf", { name })}
            options={[
              { value: true, label: t("desk.callback.mine") },
              { value: false, label: t("desk.callback.team") },
            ]}
            onChange={(mine) => put({ callback: { ...callback, mine } })}
          />
        </>
      )}
    </Flex>
  );
}

function DoNotCall({ name, does, put }: PartProps) {
  const { t } = useTranslation();
  const value = does.doNotCall ?? firstForbidden;
  const set = (change: Partial<typeof value>) => put({ doNotCall: { ...value, ...change } });
  return (
    <Flex wrap gap={8} align="center">
      <Select
        value={value.scope}
        popupMatchSelectWidth={false}
        aria-label={t("does.scopeOf", { name })}
        options={(["everywhere", "campaign"] as const).map((scope) => ({
          value: scope,
          label: t(`does.scope.${scope}`),
        }))}
        onChange={(scope) => set({ scope })}
      />
      <Select
        value={value.numbers}
        popupMatchSelectWidth={false}
        aria-label={t("does.numbersOf", { name })}
        options={(["called", "all"] as const).map((numbers) => ({
          value: numbers,
          label: t(`does.numbers.${numbers}`),
        }))}
        onChange={(numbers) => set({ numbers })}
      />
      <InputNumber<number>
        min={1}
        max={3650}
        value={value.days}
        placeholder={t("does.forEver")}
        suffix={t("retry.days")}
        style={{ width: 130 }}
        aria-label={t("does.daysOf", { name })}
        onChange={(days) => set({ days })}
      />
    </Flex>
  );
}

function Ticket({ name, does: { ticket }, put }: PartProps) {
  const { t } = useTranslation();
  return (
    <Flex wrap gap={8} align="center">
      <Checkbox
        checked={ticket !== undefined}
        onChange={(event) =>
          put({ ticket: event.target.checked ? { title: name, category: "" } : undefined })
        }
      >
        {t("does.ticket")}
      </Checkbox>
      {ticket && (
        <>
          <Input
            value={ticket.title}
            maxLength={200}
            status={ticket.title.trim() === "" ? "warning" : ""}
            placeholder={t("does.ticketTitle")}
            aria-label={t("does.ticketTitleOf", { name })}
            style={{ flex: "1 1 160px", maxWidth: 260 }}
            onChange={(event) => put({ ticket: { ...ticket, title: event.target.value } })}
          />
          <Input
            value={ticket.category}
            maxLength={100}
            placeholder={t("does.ticketCategory")}
            aria-label={t("does.ticketCategoryOf", { name })}
            style={{ flex: "1 1 120px", maxWidth: 180 }}
            onChange={(event) => put({ ticket: { ...ticket, category: event.target.value } })}
          />
        </>
      )}
    </Flex>
  );
}

/** What one result does besides its effect. */
export function DoesEditor({ node, onChange }: Props) {
  const { t } = useTranslation();
  const lists = useLists({ pageSize: 500 });
  const does = node.does ?? {};
  const name = node.label || t("campaigns.disposition");
  const put = (change: DispositionDoes) => onChange({ ...does, ...change });
  const part = { name, does, put };
  return (
    <Flex vertical gap={8} style={{ paddingInlineStart: 12, paddingBlockEnd: 8 }}>
      {node.effect === "retry" && <Retry {...part} />}
      {node.effect === "callback" && <Callback {...part} />}
      {node.effect === "do-not-call" && <DoNotCall {...part} />}
      <Flex wrap gap={8} align="center">
        {t("does.list")}
        <Select
          value={does.listId ?? null}
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          loading={lists.isPending}
          style={{ minWidth: 180 }}
          placeholder={t("does.noList")}
          aria-label={t("does.listOf", { name })}
          options={(lists.data?.items ?? []).map((list) => ({ value: list.id, label: list.name }))}
          onChange={(listId: number | null | undefined) => put({ listId: listId ?? undefined })}
        />
      </Flex>
      <Ticket {...part} />
    </Flex>
  );
}
