import { createBrowserRouter, RouterProvider } from "react-router";
import { routes } from "./routes.tsx";
import { Providers } from "./ui/providers.tsx";

const router = createBrowserRouter(routes);

export function App() {
  return (
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  );
}
