import { useState } from "react";
import { dayOf } from "./zone.ts";

/** The day on the company's clock when the page was opened. */
export function useToday(): string {
  const [today] = useState(() => dayOf(new Date()));
  return today;
}
