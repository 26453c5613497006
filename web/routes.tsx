import type { ComponentType } from "react";
import type { RouteObject } from "react-router";
import { Home } from "./ui/shell/home.tsx";
import { Shell } from "./ui/shell/shell.tsx";
import { BrokenPage, MissingPage, PageLoading } from "./ui/states.tsx";

type Load = () => Promise<ComponentType>;

/** A page in its own chunk, loaded when it is first opened. */
const page = (path: string, load: Load): RouteObject => ({
  path,
  lazy: { Component: load },
  ErrorBoundary: BrokenPage,
});

export const routes: RouteObject[] = [
  {
    path: "/sign-in",
    lazy: { Component: async () => (await import("./pages/sign-in/sign-in-page.tsx")).SignInPage },
    HydrateFallback: PageLoading,
  },
  {
    path: "/",
    Component: Shell,
    ErrorBoundary: BrokenPage,
    HydrateFallback: PageLoading,
    children: [
      { index: true, Component: Home },
      page("desk", async () => (await import("./pages/desk/index.tsx")).DeskPage),
      page("floor", async () => (await import("./pages/floor/index.tsx")).FloorPage),
      page("profile", async () => (await import("./pages/profile/profile-page.tsx")).ProfilePage),
      { path: "*", Component: MissingPage },
    ],
  },
];
