import { CheckCircleOutlined, WarningOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { blockOf, type IvrDocument, type IvrProblem } from "../../../shared/ivr/flow.ts";
import { blockName, exitName } from "./kinds.tsx";

interface Props {
  document: IvrDocument;
  problems: readonly IvrProblem[];
  onChoose: (blockId: string) => void;
}

/** What keeps the draft from being published; a press leads to the block. */
export function Problems({ document, problems, onChoose }: Props) {
  const { t } = useTranslation();
  if (problems.length === 0)
    return (
      <p className="ivr-fine">
        <CheckCircleOutlined /> {t("ivr.noProblems")}
      </p>
    );
  return (
    <section className="ivr-problems" aria-label={t("ivr.problems", { count: problems.length })}>
      <h3>
        <WarningOutlined /> {t("ivr.problems", { count: problems.length })}
      </h3>
      <ul>
        {problems.map(({ problem, blockId, about }) => {
          const block = blockOf(document, blockId ?? "");
          const exit = block && (problem === "open-exit" || problem === "unknown-block");
          const text = t(`ivr.problem.${problem}`, { about: exit ? exitName(t, block, about) : about });
          return (
            <li key={`${problem} ${blockId} ${about}`}>
              {block ? (
                <button type="button" onClick={() => onChoose(block.id)}>
                  <strong>{blockName(t, block)}</strong> {text}
                </button>
              ) : (
                text
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
