import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown, Flex, Input, Select, Tag, theme, Typography } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import {
  flowActs,
  type FlowKey,
  flowKeys,
  type FlowStep,
  type MenuStep,
} from "../../../../shared/message-flow.ts";
import { swapped } from "../../../lib/swapped.ts";
import { type Leaf, StepFields } from "./step-fields.tsx";

const fresh: Record<FlowStep["do"], FlowStep> = {
  say: { do: "say", prompt: null },
  menu: {
    do: "menu",
    prompt: null,
    waitMs: 5000,
    repeats: 1,
    keys: [{ key: "1", label: "", steps: [] }],
    wrongPrompt: null,
    noKey: [],
    wrongKey: [],
  },
  transfer: { do: "transfer", prompt: "one-moment", waitMs: 20_000, otherwise: [] },
  "opt-out": { do: "opt-out", scope: "global", prompt: "opted-out" },
  callback: { do: "callback", afterMinutes: 60, prompt: "callback-noted" },
  disposition: { do: "disposition", dispositionId: null },
  repeat: { do: "repeat" },
  "hang-up": { do: "hang-up" },
};
const ends = new Set<FlowStep["do"]>(["menu", "transfer", "repeat", "hang-up"]);
const deepest = 4;

interface Props {
  steps: FlowStep[];
  onChange: (steps: FlowStep[]) => void;
  leaves: readonly Leaf[];
  /** Menus around this list. */
  depth?: number;
  /** One of them can be asked again from here. */
  inside?: boolean;
  /** The key that means "no more calls" everywhere. */
  taken?: FlowKey | undefined;
  /** What this list is, for those who do not see it. */
  label: string;
}

function Branch({ title, children }: { title: ReactNode; children: ReactNode }) {
  const { token } = theme.useToken();
  return (
    <div style={{ marginLeft: 12, paddingLeft: 14, borderLeft: `2px solid ${token.colorBorder}` }}>
      <div style={{ marginBottom: 6 }}>{title}</div>
      {children}
    </div>
  );
}

function KeyBranches({
  menu,
  onChange,
  leaves,
  depth,
  inside,
  taken,
}: Required<Pick<Props, "leaves" | "depth" | "inside">> & {
  menu: MenuStep;
  onChange: (menu: MenuStep) => void;
  taken: FlowKey | undefined;
}) {
  const { t } = useTranslation();
  const used = new Set([...menu.keys.map(({ key }) => key), taken]);
  const free = flowKeys.filter((key) => !used.has(key));
  const next = free.at(0);
  const below = { leaves, depth: depth + 1, taken };
  const replace = (index: number, change: Partial<MenuStep["keys"][number]>) =>
    onChange({ ...menu, keys: menu.keys.map((old, i) => (i === index ? { ...old, ...change } : old)) });
  return (
    <Flex vertical gap={10}>
      {menu.keys.map((branch, index) => (
        <Branch
          key={branch.key}
          title={
            <Flex wrap gap={8} align="center">
              <Select
                aria-label={t("broadcast.key")}
                value={branch.key}
                options={[branch.key, ...free].map((value) => ({
                  value,
                  label: t("broadcast.onKey", { key: value }),
                }))}
                style={{ width: 110 }}
                onChange={(key) => replace(index, { key })}
              />
              <Input
                aria-label={t("broadcast.meaning", { key: branch.key })}
                placeholder={t("broadcast.meaning", { key: branch.key })}
                value={branch.label}
                maxLength={60}
                style={{ flex: "1 1 140px", maxWidth: 260 }}
                onChange={(event) => replace(index, { label: event.target.value })}
              />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={`${t("common.delete")}: ${t("broadcast.onKey", { key: branch.key })}`}
                onClick={() => onChange({ ...menu, keys: menu.keys.toSpliced(index, 1) })}
              />
            </Flex>
          }
        >
          <StepsEditor
            {...below}
            inside
            label={t("broadcast.onKey", { key: branch.key })}
            steps={branch.steps}
            onChange={(steps) => replace(index, { steps })}
          />
        </Branch>
      ))}
      {next !== undefined && (
        <div>
          <Button
            size="small"
            type="dashed"
            icon={<PlusOutlined />}
            onClick={() => onChange({ ...menu, keys: [...menu.keys, { key: next, label: "", steps: [] }] })}
          >
            {t("broadcast.addKey")}
          </Button>
        </div>
      )}
      {(["noKey", "wrongKey"] as const).map((exit) => (
        <Branch key={exit} title={<Typography.Text>{t(`broadcast.exit.${exit}`)}</Typography.Text>}>
          <StepsEditor
            {...below}
            inside={inside}
            label={t(`broadcast.exit.${exit}`)}
            steps={menu[exit]}
            onChange={(steps) => onChange({ ...menu, [exit]: steps })}
          />
        </Branch>
      ))}
    </Flex>
  );
}

/** A list of steps with the branches inside them; where it ends without a last word, we hang up. */
export function StepsEditor({ steps, onChange, leaves, depth = 0, inside = false, taken, label }: Props) {
  const { t } = useTranslation();
  const last = steps.at(-1);
  const isOpen = last === undefined || !ends.has(last.do);
  const acts = flowActs.filter((act) => (act !== "repeat" || inside) && (act !== "menu" || depth < deepest));
  const name = (step: FlowStep, index: number) => `${index + 1}. ${t(`broadcast.act.${step.do}`)}`;
  return (
    <Flex vertical gap={10} role="group" aria-label={label}>
      {steps.map((step, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a step is its place
        <Flex vertical gap={8} key={index}>
          <Flex wrap gap={8} align="start">
            <Tag style={{ minWidth: 96, marginTop: 5 }}>{name(step, index)}</Tag>
            <StepFields step={step} leaves={leaves} onChange={(next) => onChange(steps.with(index, next))} />
            <Flex style={{ marginLeft: "auto" }}>
              <Button
                type="text"
                icon={<ArrowUpOutlined />}
                aria-label={`${t("common.up")}: ${name(step, index)}`}
                disabled={index === 0 || ends.has(step.do)}
                onClick={() => onChange(swapped(steps, index, index - 1))}
              />
              <Button
                type="text"
                icon={<ArrowDownOutlined />}
                aria-label={`${t("common.down")}: ${name(step, index)}`}
                disabled={
                  index === steps.length - 1 ||
                  steps.slice(index + 1, index + 2).some((below) => ends.has(below.do))
                }
                onClick={() => onChange(swapped(steps, index, index + 1))}
              />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={`${t("common.delete")}: ${name(step, index)}`}
                onClick={() => onChange(steps.toSpliced(index, 1))}
              />
            </Flex>
          </Flex>
          {step.do === "menu" && (
            <KeyBranches
              menu={step}
              leaves={leaves}
              depth={depth}
              inside={inside}
              taken={taken}
              onChange={(menu) => onChange(steps.with(index, menu))}
            />
          )}
          {step.do === "transfer" && (
            <Branch title={<Typography.Text>{t("broadcast.exit.otherwise")}</Typography.Text>}>
              <StepsEditor
                leaves={leaves}
                depth={depth}
                taken={taken}
                label={t("broadcast.exit.otherwise")}
                steps={step.otherwise}
                onChange={(otherwise) => onChange(steps.with(index, { ...step, otherwise }))}
              />
            </Branch>
          )}
        </Flex>
      ))}
      {isOpen && (
        <Flex gap={10} align="center">
          <Dropdown
            trigger={["click"]}
            menu={{
              items: acts.map((act) => ({ key: act, label: t(`broadcast.act.${act}`) })),
              onClick: ({ key }) => onChange([...steps, fresh[key as FlowStep["do"]]]),
            }}
          >
            <Button
              size="small"
              type="dashed"
              icon={<PlusOutlined />}
              aria-label={`${t("broadcast.addStep")}: ${label}`}
            >
              {t("broadcast.addStep")}
            </Button>
          </Dropdown>
          <Typography.Text type="secondary">{t("broadcast.thenHangUp")}</Typography.Text>
        </Flex>
      )}
    </Flex>
  );
}
