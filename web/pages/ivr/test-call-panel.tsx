import { CloseOutlined, PhoneOutlined } from "@ant-design/icons";
import { Button, Space } from "antd";
import { useTranslation } from "react-i18next";
import { exitsOf } from "../../../shared/ivr/blocks.ts";
import { blockOf, type IvrDocument } from "../../../shared/ivr/flow.ts";
import type { IvrTestCall } from "../../../shared/ivr/test-call.ts";
import { blockName, exitName } from "./kinds.tsx";
import type { useTestCall } from "./use-test-call.ts";

const keypad = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

function useStateWords(document: IvrDocument, test: IvrTestCall): string {
  const { t, i18n } = useTranslation();
  if (test.state === "over") {
    if (test.ended) return t(`ivr.test.ended.${test.ended}`);
    return i18n.exists(`cause.${test.cause}`) ? t(`cause.${test.cause}`) : t("ivr.test.ended.left");
  }
  const block = blockOf(document, test.at.findLast(({ flowId }) => flowId === test.flowId)?.blockId ?? "");
  if (test.state === "ringing" || !block) return t("ivr.test.ringing");
  return t(test.state === "away" ? "ivr.test.away" : "ivr.test.at", { block: blockName(t, block) });
}

/** A test while it goes on, over the drawing: where the caller is, keys to press, what the flow knows. */
export function TestCallPanel({
  document,
  test,
  call,
}: {
  document: IvrDocument;
  test: IvrTestCall;
  call: ReturnType<typeof useTestCall>;
}) {
  const { t } = useTranslation();
  const words = useStateWords(document, test);
  const isOver = test.state === "over";
  const last = test.at.at(-1);
  const block = test.state === "away" && last?.flowId === test.flowId && blockOf(document, last.blockId);
  const known = Object.entries(test.variables).filter(([, value]) => value !== "");
  return (
    <section className="ivr-test" aria-label={t("ivr.test.title")}>
      <header>
        <strong role="status">{words}</strong>
        {isOver ? (
          <Button
            size="small"
            type="text"
            icon={<CloseOutlined />}
            aria-label={t("common.close")}
            onClick={call.close}
          />
        ) : (
          <Button
            size="small"
            danger
            type="primary"
            icon={<PhoneOutlined rotate={225} />}
            onClick={() => call.stop.mutate(undefined)}
          >
            {t("ivr.test.hangUp")}
          </Button>
        )}
      </header>
      {block && (
        <Space wrap size={4} role="group" aria-label={t("ivr.test.goOn")}>
          <span>{t("ivr.test.goOn")}</span>
          {exitsOf(block).map((exit) => (
            <Button key={exit} size="small" onClick={() => call.back.mutate(exit)}>
              {exitName(t, block, exit)}
            </Button>
          ))}
        </Space>
      )}
      {test.state === "running" && (
        <div className="ivr-keypad" role="group" aria-label={t("ivr.test.keys")}>
          {keypad.map((key) => (
            <Button key={key} size="small" onClick={() => call.keys.mutate(key)}>
              {key}
            </Button>
          ))}
        </div>
      )}
      {test.faults.length > 0 && (
        <ul className="ivr-test-faults">
          {test.faults.map(({ blockId, why }, index) => {
            const failed = blockOf(document, blockId);
            // oxlint-disable-next-line react/no-array-index-key -- a log: lines are only added
            return <li key={index}>{`${failed ? blockName(t, failed) : blockId}: ${why}`}</li>;
          })}
        </ul>
      )}
      {known.length > 0 && (
        <dl className="ivr-test-known">
          {known.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
