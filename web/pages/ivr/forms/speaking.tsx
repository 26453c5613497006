import { Flex, Input, Select } from "antd";
import { digitChecks } from "../../../../shared/ivr/check-digits.ts";
import { flowKeys } from "../../../../shared/message-flow.ts";
import { newRule, RuleEditor } from "../../../features/answer-rules/rule-editor.tsx";
import type { FormProps } from "./context.ts";
import { ChoiceField, ListField, NumberField, SecondsField, SwitchField, TextField } from "./field.tsx";
import { SaidField, SpeechField } from "./speech-field.tsx";

const silent = { promptId: null, zh: "", en: "" };

export function GreetingForm({ block, put, context, t }: FormProps<"greeting">) {
  return (
    <>
      <SaidField block={block} put={put} context={context} t={t} />
      <ListField
        label={t("ivr.variants")}
        add={t("ivr.addVariant")}
        items={block.variants}
        most={20}
        make={() => ({ when: newRule(context.subjects), speech: silent })}
        onChange={(variants) => put({ variants })}
      >
        {(variant, set) => (
          <>
            <RuleEditor
              rule={variant.when}
              subjects={context.subjects}
              onChange={(when) => set({ ...variant, when })}
            />
            <SpeechField
              label={t("ivr.speech")}
              value={variant.speech}
              context={context}
              onChange={(speech) => set({ ...variant, speech })}
            />
          </>
        )}
      </ListField>
      <BargeIn value={block.bargeIn} put={put} t={t} />
    </>
  );
}

export function PromptBlockForm({ block, put, context, t }: FormProps<"prompt">) {
  return (
    <>
      <SaidField block={block} put={put} context={context} t={t} />
      <BargeIn value={block.bargeIn} put={put} t={t} />
    </>
  );
}

const BargeIn = ({
  value,
  put,
  t,
}: { value: boolean; put: (change: { bargeIn: boolean }) => void } & Pick<FormProps<"prompt">, "t">) => (
  <SwitchField
    label={t("ivr.bargeIn")}
    help={t("ivr.bargeInHelp")}
    value={value}
    onChange={(bargeIn) => put({ bargeIn })}
  />
);

/** What every question has: words for a wrong answer, patience, tries. */
export function QuestionFields({
  block,
  put,
  context,
  t,
}: FormProps<"menu" | "speech-choice" | "collect" | "satisfaction" | "verify">) {
  return (
    <>
      <SpeechField
        label={t("ivr.wrong")}
        value={block.wrong}
        context={context}
        onChange={(wrong) => put({ wrong })}
      />
      <div className="ivr-pair">
        <SecondsField
          label={t("ivr.wait")}
          value={block.waitMs}
          min={1000}
          max={60_000}
          onChange={(waitMs) => put({ waitMs })}
        />
        <NumberField
          label={t("ivr.tries")}
          value={block.tries}
          min={1}
          max={5}
          onChange={(tries) => put({ tries })}
        />
      </div>
    </>
  );
}

export function MenuForm(props: FormProps<"menu">) {
  const { block, put, context, t } = props;
  const free = () => flowKeys.find((key) => !block.keys.some((one) => one.key === key)) ?? "1";
  return (
    <>
      <SaidField block={block} put={put} context={context} t={t} />
      <ListField
        label={t("ivr.keys")}
        add={t("ivr.addKey")}
        items={block.keys}
        most={12}
        make={() => ({ key: free(), label: "" })}
        onChange={(keys) => put({ keys })}
      >
        {(key, set, index) => (
          <Flex gap={6}>
            <Select
              value={key.key}
              aria-label={t("ivr.keyOf", { number: index + 1 })}
              style={{ width: 68 }}
              options={flowKeys.map((value) => ({ value, label: value }))}
              onChange={(value) => set({ ...key, key: value })}
            />
            <Input
              value={key.label}
              maxLength={60}
              aria-label={t("ivr.keyLabel", { number: index + 1 })}
              placeholder={t("ivr.meaning")}
              onChange={(event) => set({ ...key, label: event.target.value })}
            />
          </Flex>
        )}
      </ListField>
      <QuestionFields {...props} />
    </>
  );
}

/** What is keyed, and what of it is right. */
export function DigitFields({ block, put, t }: FormProps<"collect" | "verify">) {
  return (
    <>
      <TextField
        label={t("ivr.variable")}
        name="variable"
        rule={t("ivr.nameRule")}
        value={block.variable}
        maxLength={40}
        code
        onChange={(variable) => put({ variable })}
      />
      <div className="ivr-pair">
        <NumberField
          label={t("ivr.fewest")}
          value={block.min}
          min={1}
          max={32}
          onChange={(min) => put({ min })}
        />
        <NumberField
          label={t("ivr.most")}
          value={block.max}
          min={1}
          max={32}
          onChange={(max) => put({ max })}
        />
        <ChoiceField<"#" | "*" | null>
          label={t("ivr.endKey")}
          value={block.endKey}
          options={[
            { value: "#", label: "#" },
            { value: "*", label: "*" },
            { value: null, label: t("common.none") },
          ]}
          onChange={(endKey) => put({ endKey })}
        />
        <SecondsField
          label={t("ivr.between")}
          value={block.betweenMs}
          min={1000}
          max={20_000}
          onChange={(betweenMs) => put({ betweenMs })}
        />
      </div>
      <ChoiceField
        label={t("ivr.check")}
        value={block.check}
        options={digitChecks.map((value) => ({ value, label: t(`ivr.checks.${value}`) }))}
        onChange={(check) => put({ check })}
      />
      <SwitchField
        label={t("ivr.secret")}
        help={t("ivr.secretHelp")}
        value={block.secret}
        onChange={(secret) => put({ secret })}
      />
    </>
  );
}

export function CollectForm(props: FormProps<"collect">) {
  const { block, put, context, t } = props;
  return (
    <>
      <SaidField block={block} put={put} context={context} t={t} />
      <DigitFields {...props} />
      <QuestionFields {...props} />
    </>
  );
}

export function RecordForm({ block, put, context, t }: FormProps<"record">) {
  return (
    <>
      <SaidField block={block} put={put} context={context} t={t} />
      <div className="ivr-pair">
        <SecondsField
          label={t("ivr.longest")}
          value={block.maxMs}
          min={1000}
          max={300_000}
          onChange={(maxMs) => put({ maxMs })}
        />
        <ChoiceField
          label={t("ivr.endKey")}
          value={block.endKey}
          options={(["#", "*"] as const).map((value) => ({ value, label: value }))}
          onChange={(endKey) => put({ endKey })}
        />
      </div>
    </>
  );
}

export function SatisfactionForm(props: FormProps<"satisfaction">) {
  const { block, put, context, t } = props;
  return (
    <>
      <SaidField block={block} put={put} context={context} t={t} />
      <NumberField
        label={t("ivr.scale")}
        help={t("ivr.scaleHelp")}
        value={block.scale}
        min={2}
        max={9}
        onChange={(scale) => put({ scale })}
      />
      <QuestionFields {...props} />
    </>
  );
}
