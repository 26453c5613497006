import { embeddedDeskPath } from "../../shared/embed.ts";

/** This page stands in another system's page, or in a window that one opened. */
export const isEmbedded = typeof location !== "undefined" && location.pathname === embeddedDeskPath;

/** What the page around this one wishes, if it is one of the choices. */
export function embedWish<T extends string>(name: string, choices: readonly T[]): T | undefined {
  if (!isEmbedded) return undefined;
  const wished = new URLSearchParams(location.search).get(name);
  return choices.find((choice) => choice === wished);
}
