/** Blocks that ask a service, a database or a script, and what of the answer is kept. */
import { Segmented, Select } from "antd";
import { verifiedFacts } from "../../../../shared/ivr/blocks-outside.ts";
import type { FormProps } from "./context.ts";
import { ChoiceField, Field, ListField, SecondsField, TextField } from "./field.tsx";
import { DigitFields, QuestionFields } from "./speaking.tsx";
import { SaidField, SpeechField } from "./speech-field.tsx";

function SavesField({ block, put, t }: FormProps<"http" | "sql" | "verify">) {
  return (
    <ListField
      label={t("ivr.saves")}
      add={t("ivr.addValue")}
      items={block.saves}
      most={20}
      make={() => ({ variable: "value", from: "value" })}
      onChange={(saves) => put({ saves })}
    >
      {(one, set, index) => (
        <div className="ivr-pair">
          <TextField
            label={t("ivr.from")}
            name={`saves.${index}.from`}
            value={one.from}
            maxLength={100}
            code
            onChange={(from) => set({ ...one, from })}
          />
          <TextField
            label={t("ivr.variable")}
            name={`saves.${index}.variable`}
            rule={t("ivr.nameRule")}
            value={one.variable}
            maxLength={40}
            code
            onChange={(variable) => set({ ...one, variable })}
          />
        </div>
      )}
    </ListField>
  );
}

type Http = Pick<FormProps<"http">["block"], "method" | "url" | "headers" | "body" | "timeoutMs">;
type Sql = Pick<FormProps<"sql">["block"], "databaseId" | "query" | "timeoutMs">;

function HttpFields({
  asked,
  at,
  put,
  t,
}: { asked: Http; at: string; put: (change: Partial<Http>) => void } & Pick<FormProps<"http">, "t">) {
  return (
    <>
      <div className="ivr-pair">
        <ChoiceField
          label={t("ivr.method")}
          value={asked.method}
          options={(["GET", "POST", "PUT"] as const).map((value) => ({ value, label: value }))}
          onChange={(method) => put({ method })}
        />
        <SecondsField
          label={t("ivr.timeout")}
          value={asked.timeoutMs}
          min={500}
          max={20_000}
          onChange={(timeoutMs) => put({ timeoutMs })}
        />
      </div>
      <TextField
        label={t("ivr.url")}
        value={asked.url}
        maxLength={1000}
        lines={2}
        code
        placeholder="https://crm.example.com/customers?phone={{caller.number}}"
        onChange={(url) => put({ url })}
      />
      <ListField
        label={t("ivr.headers")}
        add={t("ivr.addHeader")}
        items={asked.headers}
        most={10}
        make={() => ({ name: "Authorization", value: "" })}
        onChange={(headers) => put({ headers })}
      >
        {(one, set, index) => (
          <div className="ivr-pair">
            <TextField
              label={t("common.name")}
              name={`${at}headers.${index}.name`}
              value={one.name}
              maxLength={60}
              code
              onChange={(name) => set({ ...one, name })}
            />
            <TextField
              label={t("ivr.value")}
              value={one.value}
              maxLength={500}
              code
              onChange={(value) => set({ ...one, value })}
            />
          </div>
        )}
      </ListField>
      {asked.method !== "GET" && (
        <TextField
          label={t("ivr.body")}
          value={asked.body}
          maxLength={5000}
          lines={3}
          code
          onChange={(body) => put({ body })}
        />
      )}
    </>
  );
}

function SqlFields({
  asked,
  put,
  context,
  t,
}: { asked: Sql; put: (change: Partial<Sql>) => void } & Pick<FormProps<"sql">, "t" | "context">) {
  return (
    <>
      <ChoiceField<number | null>
        label={t("ivr.database")}
        value={asked.databaseId}
        options={context.targets.databases}
        placeholder={t("ivr.notChosen")}
        help={context.targets.databases.length === 0 ? t("ivr.noDatabases") : undefined}
        onChange={(databaseId) => put({ databaseId })}
      />
      <TextField
        label={t("ivr.query")}
        help={t("ivr.queryHelp")}
        value={asked.query}
        maxLength={5000}
        lines={4}
        code
        placeholder="select balance from accounts where phone = :caller.number"
        onChange={(query) => put({ query })}
      />
      <SecondsField
        label={t("ivr.timeout")}
        value={asked.timeoutMs}
        min={200}
        max={10_000}
        onChange={(timeoutMs) => put({ timeoutMs })}
      />
    </>
  );
}

const Meanwhile = ({ block, put, context, t }: FormProps<"http" | "sql">) => (
  <SpeechField
    label={t("ivr.meanwhile")}
    value={block.speech}
    context={context}
    onChange={(speech) => put({ speech })}
  />
);

export function HttpForm(props: FormProps<"http">) {
  return (
    <>
      <HttpFields asked={props.block} at="" put={props.put} t={props.t} />
      <SavesField {...props} />
      <Meanwhile {...props} />
    </>
  );
}

export function SqlForm(props: FormProps<"sql">) {
  return (
    <>
      <SqlFields asked={props.block} put={props.put} context={props.context} t={props.t} />
      <SavesField {...props} />
      <Meanwhile {...props} />
    </>
  );
}

export function ScriptForm({ block, put, t }: FormProps<"script">) {
  return (
    <>
      <TextField
        label={t("ivr.code")}
        help={t("ivr.codeHelp")}
        value={block.code}
        maxLength={10_000}
        lines={10}
        code
        onChange={(code) => put({ code })}
      />
      <Field label={t("ivr.outcomes")} name="outcomes" rule={t("ivr.nameRule")}>
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          value={block.outcomes}
          tokenSeparators={[",", " "]}
          aria-label={t("ivr.outcomes")}
          onChange={(outcomes: string[]) => put({ outcomes })}
        />
      </Field>
    </>
  );
}

export function VerifyForm(props: FormProps<"verify">) {
  const { block, put, context, t } = props;
  const { by } = block;
  return (
    <>
      <ChoiceField
        label={t("ivr.what")}
        value={block.what}
        options={verifiedFacts.map((value) => ({ value, label: t(`ivr.facts.${value}`) }))}
        onChange={(what) => put({ what })}
      />
      <SaidField block={block} put={put} context={context} t={t} />
      <DigitFields {...props} />
      <Field label={t("ivr.by")}>
        <Segmented
          value={by.kind}
          options={(["http", "sql"] as const).map((value) => ({ value, label: t(`ivr.kind.${value}`) }))}
          onChange={(kind) =>
            put({
              by:
                kind === "http"
                  ? { kind, method: "GET", url: "", headers: [], body: "", timeoutMs: 5000 }
                  : { kind, databaseId: null, query: "", timeoutMs: 3000 },
            })
          }
        />
      </Field>
      {by.kind === "http" ? (
        <HttpFields asked={by} at="by." put={(change) => put({ by: { ...by, ...change } })} t={t} />
      ) : (
        <SqlFields asked={by} put={(change) => put({ by: { ...by, ...change } })} context={context} t={t} />
      )}
      <SavesField {...props} />
      <QuestionFields {...props} />
    </>
  );
}
