import { useTranslation } from "react-i18next";
import { Page } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { SpeechForm } from "./speech-form.tsx";
import { useSpeech } from "./speech-api.ts";

/** Who speaks texts, and who writes down what was said. */
export function SpeechPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("navigation.speech")} help={t("speech.help")}>
      <Loaded query={useSpeech()}>{(state) => <SpeechForm state={state} />}</Loaded>
    </Page>
  );
}
