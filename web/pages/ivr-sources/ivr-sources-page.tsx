import { useTranslation } from "react-i18next";
import { Page } from "../../ui/page.tsx";
import { Trail } from "../../ui/trail.tsx";
import { Databases } from "./databases.tsx";
import { Hosts } from "./hosts.tsx";

/** What IVR flows may ask: databases that are bound, hosts inside that are allowed. */
export function IvrSourcesPage() {
  const { t } = useTranslation();
  return (
    <Page
      trail={<Trail to="/ivr">{t("navigation.ivr")}</Trail>}
      title={t("navigation.ivr-sources")}
      help={t("ivrSources.help")}
    >
      <section>
        <h2>{t("ivrSources.databases")}</h2>
        <Databases />
      </section>
      <section>
        <h2>{t("ivrSources.hosts")}</h2>
        <p>{t("ivrSources.hostsHelp")}</p>
        <Hosts />
      </section>
    </Page>
  );
}
