import { Alert, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { type PackProblem, rulePack } from "../../../shared/rule-packs.ts";
import { api, ApiError } from "../../lib/api.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { packsKey } from "./compliance-api.ts";

const saved = z.object({ id: z.string(), version: z.string() });

/** What is wrong with the text, or nothing. */
function misread(text: string): string | undefined {
  try {
    const read = rulePack.safeParse(JSON.parse(text));
    return read.success ? undefined : z.prettifyError(read.error);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Adds a version of the company's own pack, as JSON. */
export function OwnPack({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [problems, setProblems] = useState<string[]>([]);
  const save = useAct(
    async ({ text }: { text: string }) => {
      const wrong = misread(text);
      setProblems(wrong === undefined ? [] : wrong.split("\n"));
      if (wrong !== undefined) return null;
      try {
        return await api.post("/rule-packs", saved, JSON.parse(text));
      } catch (error) {
        const found = error instanceof ApiError ? error.detail["problems"] : undefined;
        if (Array.isArray(found))
          setProblems(
            (found as PackProblem[]).map(({ kind, region, value }) =>
              `${region} ${t(`rulePacks.problem.${kind}`, { value: value ?? "" })}`.trim(),
            ),
          );
        throw error;
      }
    },
    { stale: [packsKey], onDone: (result) => result && onClose() },
  );
  return (
    <ModalForm<{ text: string }>
      title={t("rulePacks.addOwn")}
      width={760}
      isPending={save.isPending}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      {problems.length > 0 && (
        <Alert
          type="error"
          showIcon
          role="alert"
          style={{ marginBottom: 12 }}
          title={t("errors.rule-pack-contradiction")}
          description={problems.map((problem) => (
            <div key={problem}>{problem}</div>
          ))}
        />
      )}
      <Form.Item name="text" label="JSON" extra={t("rulePacks.addOwnHelp")} rules={[{ required: true }]}>
        <Input.TextArea
          className="mono"
          autoFocus
          autoSize={{ minRows: 10, maxRows: 24 }}
          spellCheck={false}
        />
      </Form.Item>
    </ModalForm>
  );
}
