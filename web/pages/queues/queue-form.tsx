import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Col, Collapse, Flex, Form, Input, InputNumber, Row, Select } from "antd";
import { useTranslation } from "react-i18next";
import {
  overflowTarget,
  type QueueDetail,
  queueInput,
  type QueueInput,
  queueStrategies,
} from "../../../shared/queues.ts";
import { NumberItem, SwitchItem } from "../../ui/form/items.tsx";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { fits } from "../../ui/form/rules.ts";
import { useAct } from "../../ui/use-act.ts";
import { LevelList } from "./level-list.tsx";
import { queuesKey, saveQueue, useQueues, useSkills, useUserOptions } from "./queue-api.ts";
import { TargetInput } from "./target-input.tsx";
import { HandledAs } from "./handled-as.tsx";
import { WaitingFields } from "./waiting-fields.tsx";

/** After how long which levels are asked for less. */
function RelaxList() {
  const { t } = useTranslation();
  return (
    <Form.List name="relax">
      {(fields, { add, remove }) => (
        <Form.Item label={t("queues.relax")} extra={t("queues.relaxHelp")}>
          <Flex vertical gap={8}>
            {fields.map(({ key, name }) => (
              <Flex key={key} gap={8} align="center">
                <Form.Item name={[name, "afterSeconds"]} noStyle rules={[{ required: true }]}>
                  <InputNumber min={1} precision={0} aria-label={t("queues.relaxAfter")} suffix="s" />
                </Form.Item>
                <span>{t("queues.relaxBy")}</span>
                <Form.Item name={[name, "levels"]} noStyle rules={[{ required: true }]}>
                  <InputNumber min={1} max={10} precision={0} aria-label={t("queues.relaxLevels")} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t("common.remove")}
                  onClick={() => remove(name)}
                />
              </Flex>
            ))}
            <Button
              type="dashed"
              icon={<PlusOutlined />}
              onClick={() => add({ afterSeconds: 30, levels: 1 })}
            >
              {t("queues.addRelax")}
            </Button>
          </Flex>
        </Form.Item>
      )}
    </Form.List>
  );
}

function Skills() {
  const { t } = useTranslation();
  const skills = useSkills();
  const options = (skills.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <Form.Item name="skills" label={t("queues.needs")} extra={t("queues.needsHelp")}>
        <LevelList
          of="skillId"
          level="level"
          options={options}
          max={10}
          first={5}
          label={t("queues.needs")}
          levelLabel={t("queues.level")}
        />
      </Form.Item>
      <RelaxList />
    </>
  );
}

function Answer() {
  const { t } = useTranslation();
  return (
    <Row gutter={16}>
      <Col xs={24} sm={12}>
        <Form.Item
          name="answer"
          label={t("queues.answerLabel")}
          dependencies={["strategy"]}
          extra={t("queues.answerHelp")}
        >
          <Select
            options={(["auto", "ring"] as const).map((value) => ({
              value,
              label: t(`queues.answer.${value}`),
            }))}
          />
        </Form.Item>
      </Col>
      <Col xs={24} sm={12}>
        <NumberItem
          name="ringSeconds"
          label={t("queues.ringSeconds")}
          extra={t("queues.ringSecondsHelp")}
          min={5}
          max={120}
          suffix="s"
        />
      </Col>
    </Row>
  );
}

function Limits({ id }: { id: number | null }) {
  const { t } = useTranslation();
  const queues = useQueues();
  const users = useUserOptions();
  const others = (queues.data?.items ?? [])
    .filter((queue) => queue.id !== id)
    .map((queue) => ({ value: queue.id, label: queue.name }));
  return (
    <>
      <Row gutter={16}>
        <Col xs={24} sm={8}>
          <NumberItem
            name="maxWaitSeconds"
            label={t("queues.maxWait")}
            min={1}
            placeholder={t("queues.noLimit")}
            suffix="s"
          />
        </Col>
        <Col xs={24} sm={8}>
          <NumberItem
            name="maxLength"
            label={t("queues.maxLength")}
            min={1}
            placeholder={t("queues.noLimit")}
          />
        </Col>
        <Col xs={24} sm={8}>
          <SwitchItem name="overflowWhenEmpty" label={t("queues.overflowWhenEmpty")} />
        </Col>
      </Row>
      <Form.Item
        name="overflow"
        label={t("queues.overflow")}
        extra={t("queues.overflowHelp")}
        rules={[fits(overflowTarget, t("queues.numberRule"))]}
      >
        <TargetInput
          types={["hang-up", "queue", "voicemail", "number"]}
          label={t("queues.overflow")}
          queues={others}
          users={users}
        />
      </Form.Item>
    </>
  );
}

function Order() {
  const { t } = useTranslation();
  return (
    <Row gutter={16}>
      <Col xs={24} sm={8}>
        <NumberItem
          name="priority"
          label={t("queues.priority")}
          extra={t("queues.priorityHelp")}
          min={0}
          max={9}
        />
      </Col>
      <Col xs={24} sm={8}>
        <NumberItem
          name="senioritySeconds"
          label={t("queues.seniority")}
          extra={t("queues.seniorityHelp")}
          min={1}
          max={3600}
          suffix="s"
        />
      </Col>
      <Col xs={24} sm={8}>
        <NumberItem
          name="familiarSeconds"
          label={t("queues.familiar")}
          extra={t("queues.familiarHelp")}
          min={0}
          max={600}
          placeholder={t("queues.familiarOff")}
          suffix="s"
        />
      </Col>
    </Row>
  );
}

/** A queue: who serves it, in which order, its limits, and where those go whom it does not serve. */
export function QueueForm({ queue, onClose }: { queue: QueueDetail | null; onClose: () => void }) {
  const { t } = useTranslation();
  const users = useUserOptions();
  const save = useAct(
    (fields: QueueInput) =>
      saveQueue(
        queue?.id ?? null,
        queueInput.parse({
          ...fields,
          campaignId: fields.campaignId ?? null,
          familiarSeconds: fields.familiarSeconds ?? null,
          maxLength: fields.maxLength ?? null,
          maxWaitSeconds: fields.maxWaitSeconds ?? null,
        }),
      ),
    { stale: [queuesKey], said: t("common.saved"), onDone: onClose },
  );
  const initial = queue ?? { ...queueInput.parse({ name: "-" }), name: "" };
  return (
    <ModalForm<QueueInput>
      title={queue?.name ?? t("queues.addQueue")}
      width={760}
      initialValues={initial}
      isPending={save.isPending}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <Row gutter={16}>
        <Col xs={24} sm={12}>
          <Form.Item name="name" label={t("queues.name")} rules={[{ required: true, max: 100 }]}>
            <Input autoFocus />
          </Form.Item>
        </Col>
        <Col xs={24} sm={12}>
          <Form.Item name="strategy" label={t("queues.strategyLabel")}>
            <Select
              options={queueStrategies.map((value) => ({ value, label: t(`queues.strategy.${value}`) }))}
            />
          </Form.Item>
        </Col>
      </Row>
      <Form.Item name="members" label={t("queues.members")} extra={t("queues.membersHelp")}>
        <LevelList
          of="userId"
          level="rank"
          options={users}
          max={9}
          first={1}
          label={t("queues.members")}
          levelLabel={t("queues.rank")}
        />
      </Form.Item>
      <HandledAs />
      <Answer />
      <Limits id={queue?.id ?? null} />
      <Row gutter={16}>
        <Col xs={12}>
          <NumberItem name="servicePercent" label={t("queues.servicePercent")} min={1} max={100} suffix="%" />
        </Col>
        <Col xs={12}>
          <NumberItem name="serviceSeconds" label={t("queues.serviceSeconds")} min={1} suffix="s" />
        </Col>
      </Row>
      <Collapse
        items={[
          {
            key: "waiting",
            label: t("waiting.title"),
            forceRender: true,
            children: <WaitingFields id={queue?.id ?? null} />,
          },
          { key: "order", label: t("queues.orderTitle"), forceRender: true, children: <Order /> },
          { key: "skills", label: t("queues.skillsTitle"), forceRender: true, children: <Skills /> },
        ]}
      />
    </ModalForm>
  );
}
