import { createBrowserRouter, createMemoryRouter, RouterProvider } from "react-router";
import { isEmbedded } from "./lib/embedded.ts";
import { routes } from "./routes.tsx";
import { Providers } from "./ui/providers.tsx";

/** The pages, or within another page the desk alone. */
export async function openRouter() {
  if (!isEmbedded) return createBrowserRouter(routes);
  const { embeddedRoutes } = await import("./pages/embedded/embedded-shell.tsx");
  return createMemoryRouter(embeddedRoutes, { initialEntries: ["/desk"] });
}

export function App({ router }: { router: Awaited<ReturnType<typeof openRouter>> }) {
  return (
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  );
}
