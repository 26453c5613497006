import { Button, Drawer, Flex, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type IvrDocument,
  type IvrFlowDetail,
  ivrFlowDetail,
  type IvrVersionRow,
} from "../../../shared/ivr/flow.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { diffOf, isSame } from "./diff.ts";
import { flowsKey, useFlowVersion } from "./flow-api.ts";
import { blockName, exitName } from "./kinds.tsx";

interface Props {
  flow: IvrFlowDetail;
  document: IvrDocument;
  may: boolean;
  onTake: (document: IvrDocument) => void;
  onClose: () => void;
}

/** What was published, what of it differs from the draft, and the way back. */
export function FlowVersions({ flow, document, may, onTake, onClose }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<number | null>(flow.version?.id ?? null);
  const restore = useAct((id: number) => api.post(`/ivr/versions/${id}/restore`, ivrFlowDetail), {
    stale: [flowsKey],
    said: t("ivr.restored"),
  });
  const row = (version: IvrVersionRow) => (
    <li key={version.id}>
      <Flex gap={8} align="center" wrap>
        <strong>{t("ivr.versionNumber", { number: version.number })}</strong>
        {version.id === flow.version?.id && (
          <Tag variant="filled" color="success">
            {t("ivr.inForce")}
          </Tag>
        )}
        <small>
          {formatInstant(version.publishedAt)} {version.publishedBy}
        </small>
      </Flex>
      {version.note && <p>{version.note}</p>}
      <Flex gap={8} wrap>
        <Button
          size="small"
          aria-expanded={shown === version.id}
          onClick={() => setShown(shown === version.id ? null : version.id)}
        >
          {t("ivr.compare")}
        </Button>
        {may && version.id !== flow.version?.id && (
          <Button size="small" loading={restore.isPending} onClick={() => restore.mutate(version.id)}>
            {t("ivr.restore")}
          </Button>
        )}
      </Flex>
      {shown === version.id && (
        <Difference id={version.id} document={document} onTake={may ? onTake : undefined} />
      )}
    </li>
  );
  return (
    <Drawer open size={460} title={t("ivr.versions")} onClose={onClose} rootClassName="ivr-versions">
      {flow.versions.length === 0 ? (
        <EmptyState text={t("ivr.noVersions")} />
      ) : (
        <ol className="ivr-version-list">{flow.versions.map(row)}</ol>
      )}
    </Drawer>
  );
}

function Difference({
  id,
  document,
  onTake,
}: {
  id: number;
  document: IvrDocument;
  onTake: ((document: IvrDocument) => void) | undefined;
}) {
  const { t } = useTranslation();
  const query = useFlowVersion(id);
  return (
    <Loaded query={query}>
      {(version) => {
        const diff = diffOf(version.document, document);
        if (isSame(diff)) return <p className="ivr-note">{t("ivr.sameAsDraft")}</p>;
        return (
          <>
            <ul className="ivr-diff" aria-label={t("ivr.differs")}>
              {diff.whole.map((part) => (
                <li key={part}>{t("ivr.diff.whole", { what: t(`ivr.part.${part}`) })}</li>
              ))}
              {diff.added.map((block) => (
                <li key={block.id} className="ivr-added">
                  {t("ivr.diff.added", { name: blockName(t, block) })}
                </li>
              ))}
              {diff.removed.map((block) => (
                <li key={block.id} className="ivr-removed">
                  {t("ivr.diff.removed", { name: blockName(t, block) })}
                </li>
              ))}
              {diff.changed.map(({ block, what, exits }) => (
                <li key={block.id}>
                  {t("ivr.diff.changed", { name: blockName(t, block) })}
                  {what.length > 0 && ` ${t("ivr.diff.fields", { count: what.length })}`}
                  {exits.length > 0 &&
                    ` ${t("ivr.diff.exits", { exits: exits.map((exit) => exitName(t, block, exit)).join(", ") })}`}
                </li>
              ))}
            </ul>
            {onTake && (
              <Button size="small" onClick={() => onTake(version.document)}>
                {t("ivr.takeAsDraft")}
              </Button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
