import { Alert, Button, Empty, Flex, Input, Modal, Spin } from "antd";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { deskDirectory } from "../../../shared/call-control.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { api } from "../../lib/api.ts";
import { isBusy } from "./is-busy.ts";
import { type Choice, choicesOf, SendChoice } from "./send-choice.tsx";

type Way = "consult" | "transfer" | "add";

interface Props {
  /** No consultation is under way. */
  consults: boolean;
  onClose: () => void;
}

/** Whom to ask, to bring in, or to send the customer to: colleagues with what they do now, lines, any number. */
export function SendCall({ consults, onClose }: Props) {
  const { t } = useTranslation();
  const { run, busy } = useDesk();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const search = useDeferredValue(typed.trim());
  const query = useQuery({
    queryKey: ["desk-directory", search],
    queryFn: ({ signal }) => api.get("/desk/directory", deskDirectory, { search }, signal),
    refetchInterval: 2_000,
    placeholderData: (before) => before,
  });
  const choices = choicesOf(query.data, search);
  const chosen = choices[Math.min(at, choices.length - 1)];

  const send = async (way: Way, choice: Choice | undefined = chosen) => {
    if (!choice) return;
    const { target } = choice;
    const done =
      way === "transfer" || (target.type !== "agent" && target.type !== "number")
        ? await run("call/transfer", { target })
        : await run(way === "add" ? "call/add" : "call/consult", { target });
    if (done) onClose();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((now) => Math.max(0, Math.min(choices.length - 1, now + step)));
    }
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send(event.ctrlKey ? "transfer" : event.shiftKey || !consults ? "add" : "consult");
  };
  const leaveMessage = async () => {
    if (chosen?.target.type !== "agent") return;
    const { userId } = chosen.target;
    if (await run("call/transfer", { target: { type: "voicemail", userId } })) onClose();
  };
  const callBack = async () => {
    if (chosen?.target.type !== "agent") return;
    if (await run("call/call-back", { userId: chosen.target.userId, on: true })) onClose();
  };
  const isLine = chosen?.target.type === "queue";

  return (
    <Modal open title={t("control.send")} footer={null} onCancel={onClose} width={480}>
      <Flex vertical gap={12}>
        <Input
          autoFocus
          allowClear
          role="combobox"
          aria-expanded
          aria-controls="send-choices"
          aria-activedescendant={chosen && `send-${chosen.key}`}
          aria-label={t("control.search")}
          placeholder={t("control.search")}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
        {query.isError && <Alert type="error" showIcon title={t("control.directoryFailed")} />}
        {query.isPending && <Spin />}
        <ul id="send-choices" role="listbox" aria-label={t("control.targets")} className="desk-choices">
          {choices.map((choice, index) => (
            <SendChoice
              key={choice.key}
              choice={choice}
              chosen={choice === chosen}
              onChoose={() => setAt(index)}
            />
          ))}
        </ul>
        {query.isSuccess && choices.length === 0 && (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("control.nobodyFound")} />
        )}
        <Flex gap={8} wrap>
          <Button
            type="primary"
            aria-keyshortcuts="Enter"
            disabled={!chosen || isLine || !consults || busy === "call/consult"}
            onClick={() => void send("consult")}
          >
            {t("control.consult")}
          </Button>
          <Button
            aria-keyshortcuts="Control+Enter"
            disabled={!chosen || busy === "call/transfer"}
            onClick={() => void send("transfer")}
          >
            {t("control.transfer")}
          </Button>
          <Button
            aria-keyshortcuts="Shift+Enter"
            disabled={!chosen || isLine || busy === "call/add"}
            onClick={() => void send("add")}
          >
            {t("control.add")}
          </Button>
          <Button
            disabled={chosen?.target.type !== "agent" || busy === "call/transfer"}
            onClick={() => void leaveMessage()}
          >
            {t("control.toVoicemail")}
          </Button>
          <Button
            disabled={chosen?.target.type !== "agent" || !isBusy(chosen.state) || busy === "call/call-back"}
            onClick={() => void callBack()}
          >
            {t("control.callBack")}
          </Button>
        </Flex>
      </Flex>
    </Modal>
  );
}
