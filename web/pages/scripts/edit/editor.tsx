import { Alert, Button, Checkbox, ConfigProvider, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { scriptPageOf } from "../../../../shared/script-machine.ts";
import type { ScriptDocument, ScriptProblem } from "../../../../shared/scripts.ts";
import { putPage } from "../document.ts";
import { Outline } from "./outline.tsx";
import { PageEditor } from "./page-editor.tsx";
import { WaysEditor } from "./ways-editor.tsx";

interface Props {
  document: ScriptDocument;
  problems: readonly ScriptProblem[];
  pageId: string;
  may: boolean;
  onChoose: (pageId: string) => void;
  onChange: (document: ScriptDocument) => void;
}

/** What keeps the script from being published, each with the way to it. */
function Problems({ document, problems, onChoose }: Pick<Props, "document" | "problems" | "onChoose">) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  const shown = problems.slice(0, 12);
  return (
    <Alert
      type="warning"
      showIcon
      title={t("scripts.faults", { count: problems.length })}
      description={
        <ul className="script-problems">
          {shown.map(({ problem, pageId, about }) => {
            const page = pageId === null ? undefined : scriptPageOf(document, pageId);
            const title = page?.title || (pageId === null ? "" : t("scripts.untitled"));
            return (
              <li key={`${pageId} ${problem} ${about}`}>
                {pageId !== null && (
                  <Button type="link" size="small" onClick={() => onChoose(pageId)}>
                    {title}
                  </Button>
                )}
                {t(`scripts.problem.${problem}`, { about })}
              </li>
            );
          })}
        </ul>
      }
    />
  );
}

/** Outline, page, and where it goes on: side by side where there is room. */
export function Editor({ document, problems, pageId, may, onChoose, onChange }: Props) {
  const { t } = useTranslation();
  const page = scriptPageOf(document, pageId) ?? document.pages[0];
  return (
    <Flex vertical gap={12}>
      <Problems document={document} problems={problems} onChoose={onChoose} />
      <ConfigProvider componentDisabled={!may}>
        <div className="script-editor">
          <div className="script-editor-outline">
            <Outline
              document={document}
              problems={problems}
              chosen={page}
              may={may}
              onChoose={onChoose}
              onChange={onChange}
            />
            <Checkbox
              checked={document.freeJump}
              onChange={(event) => onChange({ ...document, freeJump: event.target.checked })}
            >
              {t("scripts.freeJump")}
            </Checkbox>
          </div>
          {page && (
            <>
              <PageEditor key={page.id} document={document} page={page} onChange={onChange} />
              <WaysEditor
                key={`ways ${page.id}`}
                document={document}
                page={page}
                onChange={(next) => onChange(putPage(document, next))}
              />
            </>
          )}
        </div>
      </ConfigProvider>
    </Flex>
  );
}
