import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  DeleteOutlined,
  DownOutlined,
  PlusOutlined,
  RightOutlined,
} from "@ant-design/icons";
import { Button, Checkbox, Flex, Input, Select, theme } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type DispositionNode, dispositionEffects } from "../../../../shared/campaigns.ts";
import { doesFor } from "../../../../shared/disposition-does.ts";
import { swapped } from "../../../lib/swapped.ts";
import { DoesEditor } from "./does-editor.tsx";

const deepest = 3;
const fresh = (): DispositionNode => ({ label: "", effect: "done", success: false, children: [] });

interface LevelProps {
  nodes: DispositionNode[];
  depth: number;
  onChange: (nodes: DispositionNode[]) => void;
}

function Level({ nodes, depth, onChange }: LevelProps) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const replace = (index: number, node: DispositionNode) =>
    onChange(nodes.map((old, i) => (i === index ? node : old)));
  return (
    <Flex
      vertical
      gap={6}
      style={
        depth > 0
          ? {
              marginInlineStart: 14,
              paddingInlineStart: 14,
              borderInlineStart: `2px solid ${token.colorBorderSecondary}`,
            }
          : {}
      }
    >
      {nodes.map((node, index) => {
        const name = node.label || t("campaigns.disposition");
        const isLeaf = node.children.length === 0;
        const key = String(node.id ?? `new-${index}`);
        const isOpen = isLeaf && (opened.has(key) || Object.keys(node.does ?? {}).length > 0);
        return (
          // oxlint-disable-next-line react/no-array-index-key -- a new node has no id; its place is its identity
          <Flex key={node.id ?? `new-${index}`} vertical gap={6}>
            <Flex wrap gap={8} align="center">
              <Input
                value={node.label}
                maxLength={80}
                aria-label={t("campaigns.disposition")}
                placeholder={t("campaigns.disposition")}
                status={node.label.trim() === "" ? "warning" : ""}
                style={{ flex: "1 1 180px", maxWidth: 320 }}
                onChange={(event) => replace(index, { ...node, label: event.target.value })}
              />
              <Select
                value={node.effect}
                aria-label={t("campaigns.effectOf", { name })}
                style={{ width: 170 }}
                disabled={node.children.length > 0}
                options={dispositionEffects.map((value) => ({
                  value,
                  label: t(`does.effect.${value}`),
                }))}
                onChange={(effect) => replace(index, { ...node, effect, does: doesFor(effect, node.does) })}
              />
              <Checkbox
                checked={node.success}
                onChange={(event) => replace(index, { ...node, success: event.target.checked })}
              >
                {t("campaigns.success")}
              </Checkbox>
              <Checkbox
                checked={node.success || node.rightParty === true}
                disabled={node.success}
                onChange={(event) => replace(index, { ...node, rightParty: event.target.checked })}
              >
                {t("campaigns.rightParty")}
              </Checkbox>
              <Flex>
                <Button
                  type="text"
                  icon={isOpen ? <DownOutlined /> : <RightOutlined />}
                  disabled={!isLeaf}
                  aria-expanded={isOpen}
                  aria-label={t("does.moreOf", { name })}
                  onClick={() =>
                    setOpened(new Set(isOpen ? [...opened].filter((k) => k !== key) : [...opened, key]))
                  }
                >
                  {t("common.more")}
                </Button>
                <Button
                  type="text"
                  icon={<PlusOutlined />}
                  title={t("campaigns.addBelow")}
                  aria-label={`${t("campaigns.addBelow")}: ${name}`}
                  disabled={depth + 1 >= deepest}
                  onClick={() => replace(index, { ...node, children: [...node.children, fresh()] })}
                />
                <Button
                  type="text"
                  icon={<ArrowUpOutlined />}
                  aria-label={`${t("common.up")}: ${name}`}
                  disabled={index === 0}
                  onClick={() => onChange(swapped(nodes, index, index - 1))}
                />
                <Button
                  type="text"
                  icon={<ArrowDownOutlined />}
                  aria-label={`${t("common.down")}: ${name}`}
                  disabled={index === nodes.length - 1}
                  onClick={() => onChange(swapped(nodes, index, index + 1))}
                />
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={`${t("common.delete")}: ${name}`}
                  onClick={() => onChange(nodes.filter((_, i) => i !== index))}
                />
              </Flex>
            </Flex>
            {isOpen && <DoesEditor node={node} onChange={(does) => replace(index, { ...node, does })} />}
            {node.children.length > 0 && (
              <Level
                nodes={node.children}
                depth={depth + 1}
                onChange={(children) => replace(index, { ...node, children })}
              />
            )}
          </Flex>
        );
      })}
    </Flex>
  );
}

interface Props {
  id?: string;
  value?: DispositionNode[];
  onChange?: (value: DispositionNode[]) => void;
}

/** The tree of results an agent chooses from, at most three levels; agents choose leaves. */
export function DispositionEditor({ value = [], onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={10}>
      <Level nodes={value} depth={0} onChange={(nodes) => onChange?.(nodes)} />
      <div>
        <Button type="dashed" icon={<PlusOutlined />} onClick={() => onChange?.([...value, fresh()])}>
          {t("campaigns.addDisposition")}
        </Button>
      </div>
    </Flex>
  );
}
