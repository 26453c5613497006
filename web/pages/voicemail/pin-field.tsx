import { Button, Flex, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { boxPin, type BoxRow } from "../../../shared/voicemail.ts";
import { useAct } from "../../ui/use-act.ts";
import { setPin, voicemailKey } from "./voicemail-api.ts";

/** What opens the box by telephone from outside; it is never shown again. */
export function PinField({ box }: { box: BoxRow }) {
  const { t } = useTranslation();
  const [pin, choose] = useState("");
  const save = useAct((to: string | null) => setPin({ boxId: box.id, pin: to }), {
    stale: [voicemailKey],
    said: t("common.saved"),
    onDone: () => choose(""),
  });
  const number = box.number ?? t("voicemail.noNumber");
  return (
    <Form.Item label={t("voicemail.pin")} extra={t("voicemail.pinHelp", { number })}>
      <Flex gap={8} wrap>
        <Input
          aria-label={t("voicemail.pin")}
          style={{ width: 180 }}
          type="password"
          autoComplete="new-password"
          inputMode="numeric"
          maxLength={12}
          value={pin}
          placeholder={box.hasPin ? "••••" : t("voicemail.noPin")}
          onChange={(event) => choose(event.target.value.replaceAll(/\D/g, ""))}
        />
        <Button
          disabled={!boxPin.shape.pin.safeParse(pin).success}
          loading={save.isPending}
          onClick={() => save.mutate(pin)}
        >
          {t("voicemail.setPin")}
        </Button>
        {box.hasPin && (
          <Button loading={save.isPending} onClick={() => save.mutate(null)}>
            {t("voicemail.removePin")}
          </Button>
        )}
      </Flex>
    </Form.Item>
  );
}
