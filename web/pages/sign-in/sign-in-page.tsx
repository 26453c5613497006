import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import type { Me } from "../../../shared/auth.ts";
import { meKey, useMe } from "../../lib/session.ts";
import { liveFeed } from "../../lib/use-live.ts";
import { NarrowPage } from "../../ui/shell/narrow-page.tsx";
import { SignInForm } from "../../ui/shell/sign-in-form.tsx";

/** Only paths of this site: `//host` would lead away. */
const safePath = (next: string | null) => (next && /^\/(?![/\\])/.test(next) ? next : "/");

export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [params] = useSearchParams();
  const next = safePath(params.get("next"));
  const query = useMe();
  if (query.data) return <Navigate to={next} replace />;
  const enter = (person: Me) => {
    client.clear();
    client.setQueryData(meKey, person);
    liveFeed.restart();
    void navigate(next, { replace: true });
  };
  return (
    <NarrowPage title={t("common.signIn")}>
      <SignInForm onDone={enter} />
    </NarrowPage>
  );
}
