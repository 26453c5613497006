import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { type SkillDetail, skillInput, type SkillInput } from "../../../shared/queues.ts";
import { api } from "../../lib/api.ts";
import { formatNumber } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
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
  const remove = useAct((id: number) => api.delete(`/skills/${id}`), { stale });
  return (
    <NamedTable<SkillDetail>
      label={t("queues.skills")}
      query={useSkills()}
      may={useCan("queues.manage")}
      words={{
        name: t("queues.skill"),
        add: t("queues.addSkill"),
        none: t("queues.noSkills"),
        deleteHelp: t("queues.deleteSkillHelp"),
      }}
      columns={[
        {
          title: t("queues.skilled"),
          align: "right",
          render: (_, { agents }) => formatNumber(agents.length),
        },
      ]}
      onDelete={(id) => remove.mutateAsync(id)}
      renderForm={(skill, close) => <SkillForm skill={skill} onClose={close} />}
    />
  );
}
