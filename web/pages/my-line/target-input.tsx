import { Flex, Input, Select } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { deskColleagues } from "../../../shared/call-control.ts";
import type { ForwardTarget } from "../../../shared/forwarding.ts";
import { api } from "../../lib/api.ts";

interface Props {
  value?: ForwardTarget | null;
  onChange?: (value: ForwardTarget | null) => void;
  label: string;
}

/** Nowhere, one's voicemail, a colleague, or a number. */
export function TargetInput({ value = null, onChange, label }: Props) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ["desk-colleagues"],
    queryFn: ({ signal }) => api.get("/desk/colleagues", deskColleagues, {}, signal),
  });
  const colleagues = query.data?.items ?? [];
  const choose = (type: string) => {
    const [first] = colleagues;
    if (type === "voicemail") onChange?.({ type });
    else if (type === "number") onChange?.({ type, phone: "" });
    else if (type === "agent" && first) onChange?.({ type, userId: first.userId });
    else onChange?.(null);
  };
  return (
    <Flex gap={8} wrap>
      <Select
        value={value?.type ?? "none"}
        aria-label={label}
        style={{ minWidth: 150 }}
        options={["none", "voicemail", "agent", "number"].map((type) => ({
          value: type,
          label: t(`myLine.target.${type}`),
          disabled: type === "agent" && colleagues.length === 0,
        }))}
        onChange={choose}
      />
      {value?.type === "agent" && (
        <Select
          showSearch={{ optionFilterProp: "label" }}
          value={value.userId}
          aria-label={t("myLine.target.agent")}
          style={{ minWidth: 180 }}
          options={colleagues.map(({ userId, name, extension }) => ({
            value: userId,
            label: extension === null ? name : `${name} · ${extension}`,
          }))}
          onChange={(userId: number) => onChange?.({ type: "agent", userId })}
        />
      )}
      {value?.type === "number" && (
        <Input
          value={value.phone}
          aria-label={t("myLine.target.number")}
          inputMode="tel"
          maxLength={30}
          style={{ width: 180 }}
          onChange={(event) => onChange?.({ type: "number", phone: event.target.value })}
        />
      )}
    </Flex>
  );
}
