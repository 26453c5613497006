import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useLiveItem } from "../../../lib/use-live.ts";
import { Page } from "../../../ui/page.tsx";
import { Loaded } from "../../../ui/states.tsx";
import { Trail } from "../../../ui/trail.tsx";
import { useImport } from "../list-api.ts";
import { ImportProgress } from "./import-progress.tsx";
import { ImportSetup } from "./import-setup.tsx";
import { ImportSteps } from "./import-steps.tsx";

/** An import from its columns to its end; the address holds it, so a reload goes on where it was. */
export function ImportPage() {
  const { t } = useTranslation();
  const { id, importId } = useParams();
  const query = useImport(Number(importId));
  const live = useLiveItem("imports", importId ?? null);
  return (
    <Loaded query={query}>
      {(loaded) => {
        const row = live && loaded.state === "running" ? live : loaded;
        return (
          <Page
            trail={<Trail to={`/lists/${id}`}>{row.listName}</Trail>}
            title={t("imports.title")}
            name={row.fileName}
            help={row.fileName}
          >
            {row.format !== "leads" && <ImportSteps current={row.state === "uploaded" ? 1 : 2} />}
            {row.state === "uploaded" ? <ImportSetup row={row} /> : <ImportProgress row={row} />}
          </Page>
        );
      }}
    </Loaded>
  );
}
