import { useSyncExternalStore } from "react";
import { embedWish } from "./embedded.ts";
import { readSetting, writeSetting } from "./storage.ts";

export const themeChoices = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const system = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;
const listeners = new Set<() => void>();
let choice: ThemeChoice =
  embedWish("theme", themeChoices) ?? themeChoices.find((c) => c === readSetting("theme")) ?? "system";

function isDark(): boolean {
  return choice === "dark" || (choice === "system" && system?.matches === true);
}

function announce(): void {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  for (const listener of listeners) listener();
}

system?.addEventListener("change", announce);
if (typeof document !== "undefined") announce();

export function setThemeChoice(next: ThemeChoice): void {
  choice = next;
  writeSetting("theme", next);
  announce();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export const useDark = () => useSyncExternalStore(subscribe, isDark);
export const useThemeChoice = () => useSyncExternalStore(subscribe, () => choice);
