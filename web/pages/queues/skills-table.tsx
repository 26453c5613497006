import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Form, Input, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type SkillDetail, skillInput, type SkillInput } from "../../../shared/queues.ts";
import { api } from "../../lib/api.ts";
import { formatNumber } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { DeleteButton } from "../../ui/delete-button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { LevelList } from "./level-list.tsx";
import { queuesKey, saveSkill, skillsKey, useSkills, useUserOptions } from "./queue-api.ts";

const stale = [skillsKey, queuesKey];

function SkillForm({ skill, onClose }: { skill: SkillDetail | null; onClose: () => void }) {
  const { t } = useTranslation();
  const users = useUserOptions();
  const save = useAct((fields: SkillInput) => saveSkill(skill?.id ?? null, skillInput.parse(fields)), {
    stale,
    said: t("common.saved"),
    onDone: onClose,
  });
  return (
    <ModalForm<SkillInput>
      title={skill?.name ?? t("queues.addSkill")}
      initialValues={skill ?? { name: "", agents: [] }}
      isPending={save.isPending}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("queues.skill")} rules={[{ required: true, max: 60 }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item name="agents" label={t("queues.skilled")} extra={t("queues.skilledHelp")}>
        <LevelList
          of="userId"
          level="level"
          options={users}
          max={10}
          first={5}
          label={t("queues.skilled")}
          levelLabel={t("queues.level")}
        />
      </Form.Item>
    </ModalForm>
  );
}

/** What agents can do, and how well. */
export function SkillsTable() {
  const { t } = useTranslation();
  const query = useSkills();
  const may = useCan("queues.manage");
  const [editing, setEditing] = useState<SkillDetail | "new" | null>(null);
  const remove = useAct((id: number) => api.delete(`/skills/${id}`), { stale });
  const columns: TableColumnsType<SkillDetail> = [
    {
      title: t("queues.skill"),
      render: (_, skill) =>
        may ? (
          <Button type="link" style={{ padding: 0, height: "auto" }} onClick={() => setEditing(skill)}>
            {skill.name}
          </Button>
        ) : (
          skill.name
        ),
    },
    { title: t("queues.skilled"), align: "right", render: (_, { agents }) => formatNumber(agents.length) },
    {
      title: <span className="visually-hidden">{t("common.delete")}</span>,
      hidden: !may,
      render: (_, { id, name }) => (
        <DeleteButton
          name={name}
          title={t("queues.deleteTitle", { name })}
          help={t("queues.deleteSkillHelp")}
          onDelete={() => remove.mutateAsync(id)}
        />
      ),
    },
  ];
  return (
    <Flex vertical gap={12}>
      {may && (
        <Flex>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>
            {t("queues.addSkill")}
          </Button>
        </Flex>
      )}
      <DataTable
        label={t("queues.skills")}
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState text={t("queues.noSkills")} />}
      />
      {editing && <SkillForm skill={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </Flex>
  );
}
