import { useQuery } from "@tanstack/react-query";
import { AutoComplete, Flex, Input, type InputRef } from "antd";
import { type RefObject, useDeferredValue } from "react";
import { useTranslation } from "react-i18next";
import { deskDirectory } from "../../../shared/call-control.ts";
import type { AgentState } from "../../../shared/desk.ts";
import { AgentStateTag } from "../../features/desk/agent-state-tag.tsx";
import { useDesk } from "../../features/desk/desk-context.ts";
import { ariaKeys } from "../../features/desk/shortcuts.ts";
import { api } from "../../lib/api.ts";
import { isBusy } from "./is-busy.ts";

/** A name, or the beginning of an extension; longer digits are a telephone number. */
const mayBeColleague = (text: string) => /^\d{1,8}$/.test(text) || /\p{L}/u.test(text);

interface Props {
  value: string;
  onChange: (value: string) => void;
  inputRef: RefObject<InputRef | null>;
  enabled: boolean;
}

/** A number, or colleagues by name or extension: who is free is called when chosen, who is busy is waited for. */
export function DialField({ value, onChange, inputRef, enabled }: Props) {
  const { t } = useTranslation();
  const { run } = useDesk();
  const search = useDeferredValue(value.trim());
  const query = useQuery({
    queryKey: ["desk-directory", search],
    enabled: enabled && mayBeColleague(search),
    queryFn: ({ signal }) => api.get("/desk/directory", deskDirectory, { search }, signal),
    refetchInterval: 2_000,
  });
  const found = mayBeColleague(search) ? (query.data?.agents ?? []) : [];
  const call = async (userId: number) => {
    const busy = isBusy(found.find((one) => one.userId === userId)?.state);
    const done = busy
      ? await run("call/call-back", { userId, on: true })
      : await run("call/colleague", { userId });
    if (done) onChange("");
  };
  return (
    <AutoComplete
      value={value}
      onChange={onChange}
      defaultActiveFirstOption={false}
      style={{ flex: 1 }}
      options={found.map(({ userId, name, extension, state }) => ({
        // Chosen, it stands in the field for a moment.
        value: [name, extension].filter(Boolean).join(" "),
        key: userId,
        userId,
        label: (
          <Flex justify="space-between" gap={8} wrap>
            <span>
              {name} <span className="num">{extension}</span>
            </span>
            <AgentStateTag
              state={state as AgentState}
              reason={isBusy(state) ? t("control.callBack") : undefined}
            />
          </Flex>
        ),
      }))}
      onSelect={(_, { userId }) => void call(userId)}
    >
      <Input
        ref={inputRef}
        placeholder={t("desk.dialPlaceholder")}
        aria-label={t("desk.dialPlaceholder")}
        aria-keyshortcuts={ariaKeys("dial")}
        autoComplete="off"
        maxLength={30}
        allowClear
      />
    </AutoComplete>
  );
}
