import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Flex } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DispositionNode } from "../../../shared/campaigns.ts";
import { dispositionPath } from "../../../shared/service-summary.ts";
import { DispositionSearch } from "./disposition-search.tsx";
import { findDispositions } from "./find-dispositions.ts";
import { useShortcuts } from "../../features/desk/use-keys.ts";

interface Props {
  tree: DispositionNode[];
  value: number | null;
  onChange: (id: number | null) => void;
}

/** So many need no search. */
const fewLeaves = 9;

/**
 * One level of the tree at a time; its entries carry the number that chooses them, 0 goes back up. Words find leaves of
 * every level.
 */
export function DispositionPicker({ tree, value, onChange }: Props) {
  const { t } = useTranslation();
  const chosen = dispositionPath(tree, value);
  const [trail, setTrail] = useState<DispositionNode[]>(() => chosen.slice(0, -1));
  const [text, setText] = useState("");
  const level = trail.at(-1)?.children ?? tree;
  const hasSearch = findDispositions(tree, "").length > fewLeaves;
  const found = text.trim() === "" ? null : findDispositions(tree, text).slice(0, 30);
  const take = (path: DispositionNode[] | undefined) => {
    const leaf = path?.at(-1);
    if (!path || !leaf) return;
    setTrail(path.slice(0, -1));
    setText("");
    onChange(leaf.id ?? null);
  };
  const up = () => setTrail((before) => before.slice(0, -1));
  const pick = (node: DispositionNode) => {
    if (node.children.length > 0) setTrail((before) => [...before, node]);
    else onChange(node.id === value ? null : (node.id ?? null));
  };
  useShortcuts({ dispositionUp: up, disposition: level.map((node) => () => pick(node)) });
  return (
    <Flex vertical gap={6}>
      {hasSearch && <DispositionSearch text={text} onChange={setText} onChoose={() => take(found?.[0])} />}
      {found && (
        <div className="desk-dispositions" role="radiogroup" aria-label={t("desk.found")}>
          {found.map((path) => {
            const leaf = path.at(-1)!;
            return (
              <Button
                key={leaf.id ?? leaf.label}
                role="radio"
                aria-checked={leaf.id === value}
                onClick={() => take(path)}
              >
                <span className="desk-disposition-label">{path.map((node) => node.label).join(" / ")}</span>
              </Button>
            );
          })}
          {found.length === 0 && <span role="status">{t("desk.noneFound")}</span>}
        </div>
      )}
      {!found && trail.length > 0 && (
        <Button type="link" size="small" icon={<LeftOutlined />} onClick={up} className="desk-disposition-up">
          {trail.map((node) => node.label).join(" / ")} <kbd>0</kbd>
        </Button>
      )}
      <div
        className="desk-dispositions"
        role="radiogroup"
        aria-label={t("desk.disposition")}
        hidden={found !== null}
      >
        {level.map((node, index) => {
          const on = chosen.some((one) => one.id === node.id);
          const branch = node.children.length > 0;
          return (
            <Button
              key={node.id ?? node.label}
              type={on ? "primary" : "default"}
              role={branch ? "button" : "radio"}
              {...(branch ? {} : { "aria-checked": on })}
              onClick={() => pick(node)}
            >
              {index < 9 && <kbd aria-hidden>{index + 1}</kbd>}
              <span className="desk-disposition-label">{node.label}</span>
              {branch && <RightOutlined aria-hidden />}
            </Button>
          );
        })}
      </div>
      {chosen.length > 1 && (
        <span className="desk-chosen" role="status">
          {chosen.map((node) => node.label).join(" / ")}
        </span>
      )}
    </Flex>
  );
}
