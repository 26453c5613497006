import { Flex, Input, Select } from "antd";
import { flowKeys } from "../../../../shared/message-flow.ts";
import { freeKey } from "../../scripts/document.ts";
import type { FormProps } from "./context.ts";
import { ListField, SecondsField } from "./field.tsx";
import { QuestionFields } from "./speaking.tsx";
import { SaidField, SpeechField } from "./speech-field.tsx";

/** What callers may say, in each language, and the key that stands for it where nobody understands speech. */
export function SpeechChoiceForm(props: FormProps<"speech-choice">) {
  const { block, put, context, t } = props;
  return (
    <>
      <SaidField block={block} put={put} context={context} t={t} />
      <ListField
        label={t("ivr.choices")}
        help={t("ivr.choicesHelp")}
        add={t("ivr.addChoice")}
        items={block.choices}
        most={12}
        make={() => ({
          key: freeKey(
            "choice",
            block.choices.map(({ key }) => key),
          ),
          label: "",
          digit: null,
          phrases: { zh: [], en: [] },
        })}
        onChange={(choices) => put({ choices })}
      >
        {(choice, set, index) => (
          <>
            <Flex gap={6}>
              <Input
                value={choice.label}
                maxLength={60}
                aria-label={t("ivr.choiceName", { number: index + 1 })}
                placeholder={t("ivr.choiceName", { number: index + 1 })}
                onChange={(event) => set({ ...choice, label: event.target.value })}
              />
              <Select
                value={choice.digit}
                allowClear
                aria-label={t("ivr.choiceKey", { number: index + 1 })}
                placeholder={t("ivr.key")}
                style={{ width: 84 }}
                options={flowKeys.map((value) => ({ value, label: value }))}
                onChange={(digit: typeof choice.digit | undefined) =>
                  set({ ...choice, digit: digit ?? null })
                }
              />
            </Flex>
            {context.languages.map((language) => (
              <Select
                key={language}
                mode="tags"
                open={false}
                suffixIcon={null}
                value={choice.phrases[language]}
                tokenSeparators={[",", "，", "、", ";"]}
                aria-label={`${t("ivr.phrases", { number: index + 1 })}: ${t(`ivr.language.${language}`)}`}
                placeholder={t("ivr.phrasesHint", { language: t(`ivr.language.${language}`) })}
                onChange={(said: string[]) =>
                  set({ ...choice, phrases: { ...choice.phrases, [language]: said } })
                }
              />
            ))}
          </>
        )}
      </ListField>
      <SpeechField
        label={t("ivr.keysSpeech")}
        help={t("ivr.keysSpeechHelp")}
        value={block.keysSpeech}
        context={context}
        onChange={(keysSpeech) => put({ keysSpeech })}
      />
      <QuestionFields {...props} />
      <SecondsField
        label={t("ivr.longestSpeech")}
        value={block.longestMs}
        min={2000}
        max={30_000}
        onChange={(longestMs) => put({ longestMs })}
      />
    </>
  );
}
