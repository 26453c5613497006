import { DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Form, Input, Tree, type TreeDataNode } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type OrgUnit, orgUnit, type OrgUnitInput } from "../../../shared/users.ts";
import { api } from "../../lib/api.ts";
import { useCan } from "../../lib/session.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { orgUnitsKey, useOrgUnits, usersKey } from "./user-api.ts";
import { useDanger } from "../../ui/use-danger.ts";

/** What is being written: a new unit below `parentId`, or a changed one. */
type Draft = { id: number | null } & OrgUnitInput;

function UnitForm({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useAct(
    ({ name }: { name: string }) => {
      const input = { parentId: draft.parentId, name };
      return draft.id === null
        ? api.post("/org-units", orgUnit, input)
        : api.put(`/org-units/${draft.id}`, orgUnit, input);
    },
    { stale: [orgUnitsKey], onDone: onClose },
  );
  return (
    <ModalForm<{ name: string }>
      title={t(draft.id === null ? "users.addUnit" : "users.editUnit")}
      isPending={save.isPending}
      initialValues={{ name: draft.name }}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("users.unit")} rules={[{ required: true, max: 100 }]}>
        <Input autoFocus />
      </Form.Item>
    </ModalForm>
  );
}

interface RowProps {
  unit: OrgUnit;
  onEdit: (draft: Draft) => void;
}

function UnitRow({ unit, onEdit }: RowProps) {
  const { t } = useTranslation();
  const danger = useDanger();
  const remove = useAct(() => api.delete(`/org-units/${unit.id}`), { stale: [orgUnitsKey, usersKey] });
  const ask = () =>
    danger({
      title: t("users.deleteUnitQuestion", { name: unit.name }),
      okText: t("common.delete"),
      onOk: () => remove.mutateAsync(undefined),
    });
  return (
    <Flex gap={4} align="center">
      <span style={{ minWidth: 160 }}>{unit.name}</span>
      <Button
        type="text"
        size="small"
        icon={<PlusOutlined />}
        aria-label={t("users.addUnitBelow", { name: unit.name })}
        onClick={() => onEdit({ id: null, parentId: unit.id, name: "" })}
      />
      <Button
        type="text"
        size="small"
        icon={<EditOutlined />}
        aria-label={`${t("common.edit")}: ${unit.name}`}
        onClick={() => onEdit({ ...unit })}
      />
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        aria-label={`${t("common.delete")}: ${unit.name}`}
        onClick={ask}
      />
    </Flex>
  );
}

/** The organisation as a tree; whose records a person sees is measured on it. */
export function OrgUnits() {
  const { t } = useTranslation();
  const may = useCan("users.manage");
  const query = useOrgUnits();
  const [draft, setDraft] = useState<Draft | null>(null);
  const nodesBelow = (units: OrgUnit[], parentId: number | null): TreeDataNode[] =>
    units
      .filter((unit) => unit.parentId === parentId)
      .map((unit) => ({
        key: unit.id,
        title: may ? <UnitRow unit={unit} onEdit={setDraft} /> : unit.name,
        children: nodesBelow(units, unit.id),
      }));
  return (
    <Card>
      <Loaded query={query}>
        {(units) => (
          <Flex vertical gap={12}>
            {units.length === 0 ? (
              <EmptyState text={t("users.noUnits")} />
            ) : (
              <Tree
                defaultExpandAll
                selectable={false}
                blockNode
                showLine
                treeData={nodesBelow(units, null)}
              />
            )}
            {may && (
              <div>
                <Button
                  icon={<PlusOutlined />}
                  onClick={() => setDraft({ id: null, parentId: null, name: "" })}
                >
                  {t("users.addUnit")}
                </Button>
              </div>
            )}
          </Flex>
        )}
      </Loaded>
      {draft && <UnitForm draft={draft} onClose={() => setDraft(null)} />}
    </Card>
  );
}
