import { createBrowserRouter, createMemoryRouter, RouterProvider } from "react-router";
import { isEmbedded } from "./lib/embedded.ts";
import { routes } from "./routes.tsx";
import { Providers } from "./ui/providers.tsx";

const router = isEmbedded
  ? createMemoryRouter((await import("./pages/embedded/embedded-shell.tsx")).embeddedRoutes, {
      initialEntries: ["/desk"],
    })
  : createBrowserRouter(routes);

export function App() {
  return (
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  );
}
