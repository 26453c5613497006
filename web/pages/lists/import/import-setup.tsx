import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { App, Button, Card, Flex, Form, Radio, Select, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import {
  type ColumnMapping,
  delimiters,
  duplicateActions,
  encodings,
  type ImportOptions,
  importPreview,
  type ImportPreview,
  importRow,
  type ImportRow,
  type PreviewOptions,
} from "../../../../shared/imports.ts";
import { api } from "../../../lib/api.ts";
import { CountrySelect } from "../../../ui/form/country-select.tsx";
import { Loaded } from "../../../ui/states.tsx";
import { useAct } from "../../../ui/use-act.ts";
import { importsKey, useLists } from "../list-api.ts";
import { ColumnsTable } from "./columns-table.tsx";
import { mappingProblems, toMapping } from "./mapping.ts";

interface ReadingProps {
  preview: ImportPreview;
  onChange: (options: PreviewOptions) => void;
}

/** How the file is read; a change reads the beginning anew. */
function Reading({ preview, onChange }: ReadingProps) {
  const { t } = useTranslation();
  const { encoding, delimiter, hasHeader, country } = preview;
  return (
    <Flex wrap gap="4px 24px">
      <Form.Item label={t("imports.country")} style={{ minWidth: 240 }}>
        <CountrySelect value={country} onChange={(next) => onChange({ country: next })} />
      </Form.Item>
      {preview.format === "csv" && (
        <>
          <Form.Item label={t("imports.encoding")} style={{ width: 150 }}>
            <Select
              value={encoding}
              options={encodings.map((value) => ({ value, label: t(`imports.encodings.${value}`) }))}
              onChange={(next) => onChange({ encoding: next })}
            />
          </Form.Item>
          <Form.Item label={t("imports.delimiter")} style={{ width: 150 }}>
            <Select
              value={delimiters.find((one) => one === delimiter) ?? ","}
              options={delimiters.map((value, index) => ({
                value,
                label: t(`imports.delimiters.${["comma", "semicolon", "tab", "bar"][index]}`),
              }))}
              onChange={(next) => onChange({ delimiter: next })}
            />
          </Form.Item>
        </>
      )}
      <Form.Item label={t("imports.hasHeader")}>
        <Switch checked={hasHeader} onChange={(next) => onChange({ hasHeader: next })} />
      </Form.Item>
    </Flex>
  );
}

interface DuplicatesProps {
  listId: number;
  value: ImportOptions["duplicates"];
  onChange: (value: ImportOptions["duplicates"]) => void;
}

function Duplicates({ listId, value, onChange }: DuplicatesProps) {
  const { t } = useTranslation();
  const lists = useLists({ pageSize: 500 });
  return (
    <Flex wrap gap="4px 24px">
      <Form.Item label={t("imports.duplicateAction")}>
        <Radio.Group
          optionType="button"
          value={value.action}
          options={duplicateActions.map((action) => ({
            value: action,
            label: t(`imports.duplicateActions.${action}`),
          }))}
          onChange={(event) =>
            onChange({ ...value, action: event.target.value as (typeof duplicateActions)[number] })
          }
        />
      </Form.Item>
      <Form.Item
        label={t("imports.otherLists")}
        extra={t("imports.otherListsHelp")}
        style={{ minWidth: 300 }}
      >
        <Select
          mode="multiple"
          value={value.otherListIds}
          placeholder={t("imports.otherListsNone")}
          showSearch={{ optionFilterProp: "label" }}
          options={(lists.data?.items ?? [])
            .filter((list) => list.id !== listId)
            .map((list) => ({ value: list.id, label: list.name }))}
          onChange={(otherListIds: number[]) =>
            onChange({ ...value, otherListIds, scope: otherListIds.length > 0 ? "lists" : "list" })
          }
        />
      </Form.Item>
    </Flex>
  );
}

function Setup({
  row,
  preview,
  onRead,
}: {
  row: ImportRow;
  preview: ImportPreview;
  onRead: ReadingProps["onChange"];
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [columns, setColumns] = useState<ColumnMapping[]>(() => preview.columns.map(toMapping));
  const [duplicates, setDuplicates] = useState<ImportOptions["duplicates"]>({
    scope: "list",
    otherListIds: [],
    action: "skip",
  });
  const start = useAct((options: ImportOptions) => api.post(`/imports/${row.id}/start`, importRow, options), {
    stale: [importsKey],
  });
  const submit = () => {
    const [problem] = mappingProblems(columns);
    if (problem) {
      void message.warning(t(`imports.problem.${problem}`));
      return;
    }
    const { encoding, hasHeader, country } = preview;
    const delimiter = delimiters.find((one) => one === preview.delimiter) ?? ",";
    start.mutate({ encoding, delimiter, hasHeader, country, columns, duplicates });
  };
  return (
    <Flex vertical gap={16}>
      <Card title={t("imports.reading")}>
        <Form layout="vertical" component={false}>
          <Reading preview={preview} onChange={onRead} />
        </Form>
        <ColumnsTable preview={preview} columns={columns} onChange={setColumns} />
      </Card>
      <Card title={t("imports.duplicates")}>
        <Form layout="vertical" component={false}>
          <Duplicates listId={row.listId} value={duplicates} onChange={setDuplicates} />
        </Form>
      </Card>
      <Flex gap={8} justify="flex-end">
        <Button onClick={() => void navigate(`/lists/${row.listId}`)}>{t("common.cancel")}</Button>
        <Button type="primary" loading={start.isPending} onClick={submit}>
          {t("imports.start")}
        </Button>
      </Flex>
    </Flex>
  );
}

/** The second step: how to read the file, what its columns are, what repeats. */
export function ImportSetup({ row }: { row: ImportRow }) {
  const [options, setOptions] = useState<PreviewOptions>({});
  const query = useQuery({
    queryKey: ["import-preview", row.id, options],
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => api.post(`/imports/${row.id}/preview`, importPreview, options),
  });
  return (
    <Loaded query={query}>
      {(preview) => (
        <Setup
          key={`${preview.columns.length} ${preview.delimiter} ${preview.encoding} ${preview.hasHeader}`}
          row={row}
          preview={preview}
          onRead={(change) => setOptions({ ...options, ...change })}
        />
      )}
    </Loaded>
  );
}
