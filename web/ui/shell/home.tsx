import { Navigate } from "react-router";
import { useSession } from "../../lib/session.ts";
import { navigationFor } from "./navigation.tsx";

/** The first page a person may open: agents land on the desk, managers on the campaigns. */
export function Home() {
  const session = useSession();
  const paths = navigationFor(session).flatMap((group) => group.items.map((item) => item.path));
  const first =
    session.role === "agent" ? paths[0] : (paths.find((path) => path === "campaigns") ?? paths[0]);
  return <Navigate to={`/${first ?? "profile"}`} replace />;
}
