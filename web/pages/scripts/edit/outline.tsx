import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CopyOutlined,
  DeleteOutlined,
  FlagOutlined,
  PlusOutlined,
} from "@ant-design/icons";
import { Badge, Button, Card, Flex, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { ScriptDocument, ScriptPage, ScriptProblem } from "../../../../shared/scripts.ts";
import { swapped } from "../../../lib/swapped.ts";
import { addPage, copyPage, removePage } from "../document.ts";

interface Props {
  document: ScriptDocument;
  problems: readonly ScriptProblem[];
  chosen: ScriptPage | undefined;
  may: boolean;
  onChoose: (pageId: string) => void;
  onChange: (document: ScriptDocument) => void;
}

/** The pages in their order; the chosen one is moved, copied, removed. */
export function Outline({ document, problems, chosen, may, onChoose, onChange }: Props) {
  const { t } = useTranslation();
  const { pages, start } = document;
  const at = chosen ? pages.indexOf(chosen) : -1;
  const made = ({ document: next, id }: { document: ScriptDocument; id: string }) => {
    onChange(next);
    onChoose(id);
  };
  const remove = () => {
    if (!chosen) return;
    onChange(removePage(document, chosen.id));
    onChoose((pages[at + 1] ?? pages[at - 1])?.id ?? "");
  };
  const move = (step: -1 | 1) => onChange({ ...document, pages: swapped(pages, at, at + step) });
  return (
    <Card
      title={t("scripts.pages")}
      size="small"
      className="script-outline"
      styles={{ body: { padding: 8 } }}
    >
      <nav aria-label={t("scripts.pages")}>
        {pages.map((page, index) => {
          const faults = problems.filter((problem) => problem.pageId === page.id).length;
          return (
            <button
              key={page.id}
              type="button"
              className="script-outline-page"
              aria-current={page === chosen ? "page" : undefined}
              onClick={() => onChoose(page.id)}
            >
              <span className="num">{index + 1}</span>
              <span className="script-outline-title">{page.title || t("scripts.untitled")}</span>
              {page.id === start && <Tag variant="filled">{t("scripts.start")}</Tag>}
              {page.end && <FlagOutlined aria-label={t("scripts.lastPage")} />}
              {faults > 0 && (
                <Badge count={faults} size="small" title={t("scripts.faults", { count: faults })} />
              )}
            </button>
          );
        })}
      </nav>
      {may && (
        <Flex gap={2} wrap align="center" style={{ marginTop: 8 }}>
          <Button
            type="dashed"
            size="small"
            icon={<PlusOutlined />}
            onClick={() =>
              made(addPage(document, t("scripts.newPage", { number: pages.length + 1 }), chosen?.id))
            }
          >
            {t("scripts.addPage")}
          </Button>
          <span style={{ flex: 1 }} />
          <Button
            type="text"
            size="small"
            icon={<ArrowUpOutlined />}
            aria-label={t("common.up")}
            disabled={at <= 0}
            onClick={() => move(-1)}
          />
          <Button
            type="text"
            size="small"
            icon={<ArrowDownOutlined />}
            aria-label={t("common.down")}
            disabled={at === -1 || at === pages.length - 1}
            onClick={() => move(1)}
          />
          <Button
            type="text"
            size="small"
            icon={<CopyOutlined />}
            aria-label={t("common.copy")}
            disabled={!chosen}
            onClick={() => chosen && made(copyPage(document, chosen))}
          />
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t("common.delete")}
            disabled={pages.length < 2 || !chosen}
            onClick={remove}
          />
        </Flex>
      )}
    </Card>
  );
}
