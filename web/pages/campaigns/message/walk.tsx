import { PlayCircleOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Timeline, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { flowKeys, type MessageFlow } from "../../../../shared/message-flow.ts";
import {
  type MessageEffect,
  type MessageEvent,
  type MessageState,
  messageStep,
  newMessage,
} from "../../../../shared/message-machine.ts";
import type { Leaf } from "./step-fields.tsx";
import { usePromptName } from "./prompt-picker.tsx";

interface Walked {
  state: MessageState;
  effects: MessageEffect[];
}

/** One event, and every prompt after it heard to its end. */
function after(walked: Walked, event: MessageEvent): Walked {
  const step = messageStep(walked.state, event);
  if ("noted" in step) return walked;
  const next = { state: step.state, effects: [...walked.effects, ...step.effects] };
  const { phase, turn } = step.state;
  return phase === "saying" || phase === "asking" ? after(next, { type: "said", turn }) : next;
}

/** A walk through the message as a person would hear it, by the machine that also runs it on calls. */
export function Walk({ flow, leaves }: { flow: MessageFlow; leaves: readonly Leaf[] }) {
  const { t } = useTranslation();
  const nameOf = usePromptName();
  const [walked, setWalked] = useState<Walked | null>(null);
  const feed = (event: MessageEvent) => setWalked((now) => now && after(now, event));
  const start = () => setWalked(after({ state: newMessage(flow), effects: [] }, { type: "begin" }));

  function wordsOf(effect: MessageEffect): string | null {
    switch (effect.type) {
      case "say":
        return t("broadcast.walk.say", { name: nameOf(effect.prompt) });
      case "pressed":
        return t(`broadcast.walk.pressed.${effect.meaning}`, { key: effect.key, label: effect.label });
      case "opt-out":
        return t("broadcast.walk.optOut", { scope: t(`broadcast.scope.${effect.scope}`) });
      case "callback":
        return t("broadcast.walk.callback", { count: effect.afterMinutes });
      case "disposition":
        return t("broadcast.walk.disposition", {
          label: leaves.find(({ id }) => id === effect.dispositionId)?.label ?? "?",
        });
      case "wait":
        return t("broadcast.walk.wait", { count: effect.ms / 1000 });
      case "transfer":
        return t("broadcast.walk.transfer", { count: effect.waitMs / 1000 });
      case "no-key":
        return t("broadcast.walk.noKey");
      case "hang-up":
        return t("broadcast.walk.hangUp");
      case "stop":
        return null;
    }
  }

  const phase = walked?.state.phase;
  const lines = (walked?.effects ?? []).map(wordsOf).filter((line) => line !== null);
  return (
    <Card
      title={t("broadcast.walk.title")}
      extra={
        <Button icon={<PlayCircleOutlined />} disabled={flow.steps.length === 0} onClick={start}>
          {t(walked ? "broadcast.walk.again" : "broadcast.walk.start")}
        </Button>
      }
    >
      {!walked && <Typography.Text type="secondary">{t("broadcast.walk.help")}</Typography.Text>}
      {walked && (
        <Flex vertical gap={12}>
          <div aria-live="polite" aria-label={t("broadcast.walk.title")}>
            <Timeline items={lines.map((content, key) => ({ key, content }))} />
          </div>
          {phase === "waiting" && (
            <Flex vertical gap={8}>
              <Flex wrap gap={6} style={{ maxWidth: 190 }}>
                {flowKeys.map((key) => (
                  <Button
                    key={key}
                    style={{ width: 56 }}
                    aria-label={t("broadcast.walk.press", { key })}
                    onClick={() => feed({ type: "key", key })}
                  >
                    {key}
                  </Button>
                ))}
              </Flex>
              <div>
                <Button onClick={() => feed({ type: "timeout", turn: walked.state.turn })}>
                  {t("broadcast.walk.silence")}
                </Button>
              </div>
            </Flex>
          )}
          {phase === "transferring" && (
            <Flex gap={8} wrap>
              <Button onClick={() => feed({ type: "connected" })}>{t("broadcast.walk.agent")}</Button>
              <Button onClick={() => feed({ type: "no-agent" })}>{t("broadcast.walk.nobody")}</Button>
            </Flex>
          )}
          {phase === "over" && (
            <Typography.Text strong>
              {t(walked.state.ended === "transferred" ? "broadcast.walk.talks" : "broadcast.walk.over")}
            </Typography.Text>
          )}
        </Flex>
      )}
    </Card>
  );
}
