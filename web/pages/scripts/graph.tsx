import { Background, Controls, type Edge, MarkerType, type Node, ReactFlow } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { Card } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ScriptDocument, ScriptProblem } from "../../../shared/scripts.ts";
import { useDark } from "../../lib/theme.ts";
import { allQuestions } from "./document.ts";
import { layout, nodeWidth, waysOf } from "./graph-layout.ts";

interface Props {
  document: ScriptDocument;
  problems: readonly ScriptProblem[];
  onOpen: (pageId: string) => void;
}

/** The script as a graph: pages and the ways between them. Enter or a click opens a page. */
export function ScriptGraph({ document, problems, onOpen }: Props) {
  const { t } = useTranslation();
  const dark = useDark();
  const nodes = useMemo(
    () =>
      layout(document).map(({ id, x, y }): Node => {
        const page = document.pages.find((one) => one.id === id)!;
        const faults = problems.filter((problem) => problem.pageId === id).length;
        const tone = faults > 0 ? "fault" : id === document.start ? "start" : page.end ? "end" : "plain";
        return {
          id,
          position: { x, y },
          width: nodeWidth,
          type: id === document.start ? "input" : page.end ? "output" : "default",
          className: `script-node script-node-${tone}`,
          ariaLabel: t("scripts.openPage", { title: page.title }),
          data: {
            label: (
              <>
                <strong>{page.title || t("scripts.untitled")}</strong>
                <small>
                  {page.end
                    ? t(page.end.complete ? "scripts.endComplete" : "scripts.endEarly")
                    : t("scripts.questionCount", { count: page.questions.length })}
                </small>
              </>
            ),
          },
        };
      }),
    [document, problems, t],
  );
  const edges = useMemo(() => {
    const questions = allQuestions(document);
    return waysOf(document).map(({ from, to, jump }): Edge => {
      const test =
        jump === null
          ? undefined
          : document.pages.find((page) => page.id === from)?.jumps[jump]?.when.tests[0];
      const asked = questions.find((one) => one.key === test?.key);
      const value = asked?.options.find((option) => option.key === test?.value)?.label ?? test?.value ?? "";
      const words = test ? `${t(`answerRules.op.${test.op}`)} ${value}`.trim() : undefined;
      return {
        id: `${from} ${to} ${jump}`,
        source: from,
        target: to,
        markerEnd: { type: MarkerType.ArrowClosed },
        ...(words === undefined ? { style: { strokeDasharray: "4 3" } } : { label: words }),
      };
    });
  }, [document, t]);
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <div className="script-graph">
        <ReactFlow
          nodes={nodes}
          edges={edges}
          colorMode={dark ? "dark" : "light"}
          fitView
          minZoom={0.2}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          aria-label={t("scripts.tab.graph")}
          onNodeClick={(_, node) => onOpen(node.id)}
          onSelectionChange={({ nodes: [chosen] }) => chosen && onOpen(chosen.id)}
          ariaLabelConfig={{
            "controls.ariaLabel": t("scripts.zoom.controls"),
            "controls.zoomIn.ariaLabel": t("scripts.zoom.in"),
            "controls.zoomOut.ariaLabel": t("scripts.zoom.out"),
            "controls.fitView.ariaLabel": t("scripts.zoom.fit"),
            "node.a11yDescription.default": t("scripts.zoom.node"),
          }}
        >
          <Background />
          <Controls showInteractive={false} />
        </ReactFlow>
      </div>
    </Card>
  );
}
