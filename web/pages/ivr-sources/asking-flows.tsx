import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** Flows that ask it, by name. */
export function AskingFlows({ flows }: { flows: readonly { id: number; name: string }[] }) {
  const { t } = useTranslation();
  if (flows.length === 0) return t("ivrSources.unused");
  return flows.map(({ id, name }) => (
    <div key={id}>
      <Link to={`/ivr/${id}`}>{name}</Link>
    </div>
  ));
}
