const files = import.meta.glob<Record<string, unknown>>("./*.json", { eager: true, import: "default" });

/** The files of this language that only offices' pages need, by their names. */
export const words: Record<string, unknown> = Object.fromEntries(
  Object.entries(files).map(([path, content]) => [path.slice(2, -".json".length), content]),
);
