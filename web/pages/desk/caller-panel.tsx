import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { Button, Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { CallerStory } from "../../../shared/caller-story.ts";
import type { DeskCall, DeskLead, DeskState } from "../../../shared/desk.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { TimeSince } from "../../features/desk/timer.tsx";

/** Of a call that rings: where they wait, and for how long. */
export function Arriving({ arriving }: { arriving: NonNullable<DeskState["arriving"]> }) {
  const { t } = useTranslation();
  return (
    <div className="desk-arriving" role="status">
      <strong>{t("caller.rings")}</strong>
      {arriving.queue && (
        <span>
          {t("caller.waitsIn", { name: arriving.queue.name })} <TimeSince at={arriving.queue.since} />
        </span>
      )}
    </div>
  );
}

/** Several people have the number: who is on the line is for the agent to say. */
export function Candidates({ lead, call }: { lead: DeskLead; call: DeskCall | null }) {
  const { t } = useTranslation();
  const { run, busy } = useDesk();
  if (lead.candidates.length === 0) return null;
  const isOwn = call?.role === "owner" && call.direction === "inbound" && call.state !== "closed";
  return (
    <section className="desk-candidates" aria-label={t("caller.several", { count: lead.candidates.length })}>
      <Typography.Text>{t("caller.several", { count: lead.candidates.length })}</Typography.Text>
      <Flex gap={6} wrap>
        {lead.candidates.map(({ leadId, customerId, name, listName }) => {
          const isChosen = name === lead.name;
          const words = listName ? `${name} · ${listName}` : name;
          return isOwn ? (
            <Button
              key={name}
              size="small"
              type={isChosen ? "primary" : "default"}
              aria-pressed={isChosen}
              disabled={busy === "caller"}
              onClick={() => !isChosen && void run("caller", { leadId, customerId })}
            >
              {words}
            </Button>
          ) : (
            <Tag key={name}>{words}</Tag>
          );
        })}
      </Flex>
    </section>
  );
}

function Facts({ facts }: { facts: CallerStory["facts"] }) {
  const { t } = useTranslation();
  if (facts.length === 0) return null;
  return (
    <ul className="desk-facts" aria-label={t("caller.facts")}>
      {facts.map(({ what, how, ok, tries }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- one more is appended
        <li key={index} data-verified={ok}>
          {ok ? <CheckCircleFilled aria-hidden /> : <CloseCircleFilled aria-hidden />}
          <span>
            <strong>
              {t(ok ? "caller.verified" : "caller.notVerified", { what: t(`caller.fact.${what}`) })}
            </strong>{" "}
            <Typography.Text type="secondary">
              {t(`caller.how.${how}`)} · {t("caller.tries", { count: tries })}
            </Typography.Text>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Path({ path, earlier }: Pick<CallerStory, "path" | "earlier">) {
  const { t } = useTranslation();
  if (path.length === 0) return null;
  return (
    <>
      <h3 className="desk-heading">{t("caller.path")}</h3>
      <ol className="desk-path">
        {earlier > 0 && <li>{t("caller.earlier", { count: earlier })}</li>}
        {path.map(({ block, kind, keys, label }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a step is its place
          <li key={index}>
            <span>{block || t(`caller.kind.${kind}`)}</span>
            {keys !== "" && <Tag className="num">{label ? t("caller.pressed", { keys, label }) : keys}</Tag>}
          </li>
        ))}
      </ol>
    </>
  );
}

/** What a flow learnt of the caller before an agent had them. */
export function Story({ story }: { story: CallerStory }) {
  return (
    <div className="desk-story">
      <Facts facts={story.facts} />
      {story.shown.length > 0 && (
        <dl className="desk-fields">
          {story.shown.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <Path path={story.path} earlier={story.earlier} />
    </div>
  );
}
