const files = import.meta.glob<Record<string, unknown>>("./*.json", { eager: true, import: "default" });

/** Every file of this language, by its name. */
export const words: Record<string, unknown> = Object.fromEntries(
  Object.entries(files).map(([path, content]) => [path.slice(2, -".json".length), content]),
);
