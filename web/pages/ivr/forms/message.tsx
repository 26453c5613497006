import { Button, Dropdown, Input, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { messageChannels } from "../../../../shared/ivr/blocks-outside.ts";
import type { FormContext, FormProps } from "./context.ts";
import { Field, TextField } from "./field.tsx";

interface Words {
  zh: string;
  en: string;
}

/** Words that are read, in each language of the flow, with variables. */
function WordsField({
  label,
  lines,
  value,
  context,
  onChange,
}: {
  label: string;
  lines: number;
  value: Words;
  context: FormContext;
  onChange: (value: Words) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className="ivr-list">
      <legend>{label}</legend>
      {context.languages.map((language) => {
        const name = `${label}: ${t(`ivr.language.${language}`)}`;
        const put = (text: string) => onChange({ ...value, [language]: text });
        return (
          <div key={language} className="ivr-text">
            <Input.TextArea
              value={value[language]}
              maxLength={2000}
              autoSize={{ minRows: lines, maxRows: 10 }}
              aria-label={name}
              placeholder={t(`ivr.language.${language}`)}
              onChange={(event) => put(event.target.value)}
            />
            <Dropdown
              trigger={["click"]}
              menu={{
                items: context.variables.map((key) => ({ key, label: key })),
                onClick: ({ key }) => put(`${value[language]}{{${key}}}`),
              }}
            >
              <Button size="small" type="text" aria-label={`${t("ivr.insertVariable")}: ${name}`}>
                {"{ }"}
              </Button>
            </Dropdown>
          </div>
        );
      })}
    </fieldset>
  );
}

export function MessageForm({ block, put, context, t }: FormProps<"message">) {
  const isMail = block.channel === "email";
  return (
    <>
      <Field label={t("ivr.channel")}>
        <Segmented
          value={block.channel}
          aria-label={t("ivr.channel")}
          options={messageChannels.map((value) => ({ value, label: t(`ivr.channels.${value}`) }))}
          onChange={(channel) => put({ channel })}
        />
      </Field>
      <TextField
        label={t(isMail ? "ivr.toAddress" : "ivr.toNumber")}
        help={t(isMail ? "ivr.toAddressHelp" : "ivr.toNumberHelp")}
        value={block.to}
        maxLength={200}
        placeholder={t("ivr.theCaller")}
        onChange={(to) => put({ to })}
      />
      {isMail && (
        <WordsField
          label={t("ivr.subject")}
          lines={1}
          value={block.subject}
          context={context}
          onChange={(subject) => put({ subject })}
        />
      )}
      <WordsField
        label={t("ivr.messageText")}
        lines={4}
        value={block.text}
        context={context}
        onChange={(text) => put({ text })}
      />
    </>
  );
}
