/** Blocks that send callers to people. */
import { Segmented } from "antd";
import { useState } from "react";
import type { FormProps } from "./context.ts";
import { ChoiceField, Field, SecondsField, TextField } from "./field.tsx";

export const QueueForm = ({ block, put, context, t }: FormProps<"queue">) => (
  <>
    <ChoiceField<number | null>
      label={t("ivr.kind.queue")}
      value={block.queueId}
      options={[{ value: null, label: t("ivr.anybody") }, ...context.targets.queues]}
      onChange={(queueId) => put({ queueId })}
    />
    <SecondsField
      label={t("ivr.longestWait")}
      help={t("ivr.longestWaitHelp")}
      value={block.waitMs}
      min={5000}
      max={1_800_000}
      onChange={(waitMs) => put({ waitMs })}
    />
  </>
);

export const AgentForm = ({ block, put, context, t }: FormProps<"agent">) => (
  <ChoiceField<number | null>
    label={t("ivr.person")}
    value={block.userId}
    options={context.targets.agents}
    placeholder={t("ivr.notChosen")}
    onChange={(userId) => put({ userId })}
  />
);

/** A person's box, or one that several people look after. */
export function VoicemailForm({ block, put, context, t }: FormProps<"voicemail">) {
  const [isShared, setShared] = useState(block.boxId !== null);
  return (
    <>
      <Field label={t("ivr.mailbox")}>
        <Segmented
          value={isShared}
          aria-label={t("ivr.mailbox")}
          options={[
            { value: false, label: t("ivr.ownBox") },
            { value: true, label: t("ivr.sharedBox") },
          ]}
          onChange={(next) => {
            setShared(next);
            put({ userId: null, boxId: null });
          }}
        />
      </Field>
      {isShared ? (
        <ChoiceField<number | null>
          label={t("ivr.sharedBox")}
          help={context.targets.boxes.length === 0 ? t("ivr.noBoxes") : undefined}
          value={block.boxId}
          options={context.targets.boxes}
          placeholder={t("ivr.notChosen")}
          onChange={(boxId) => put({ boxId, userId: null })}
        />
      ) : (
        <ChoiceField<number | null>
          label={t("ivr.person")}
          value={block.userId}
          options={context.targets.agents}
          placeholder={t("ivr.notChosen")}
          onChange={(userId) => put({ userId, boxId: null })}
        />
      )}
    </>
  );
}

export const NumberForm = ({ block, put, t }: FormProps<"number">) => (
  <TextField
    label={t("ivr.phone")}
    help={t("ivr.phoneHelp")}
    value={block.phone}
    maxLength={60}
    placeholder="+8675512345678"
    onChange={(phone) => put({ phone })}
  />
);
