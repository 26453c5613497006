import { createContext } from "react";
import type { ExitOf } from "./document.ts";

/** What is done at a block or a line itself; null: the drawing is only looked at. */
export const CanvasActs = createContext<{
  /** The line goes. */
  cut: (way: ExitOf) => void;
  /** A block between the exit and where it leads is wished for. */
  insert: (way: ExitOf) => void;
  copy: () => void;
  remove: () => void;
} | null>(null);
