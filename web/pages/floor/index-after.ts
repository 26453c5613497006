const page = 10;

/** Where the mark goes by this key, from `at` (-1: nowhere) among `count`; undefined: the key does not move it. */
export function indexAfter(key: string, at: number, count: number): number | undefined {
  const to = (index: number) => Math.min(count - 1, Math.max(0, index));
  switch (key) {
    case "ArrowDown":
    case "ArrowRight":
      return to(at + 1);
    case "ArrowUp":
    case "ArrowLeft":
      return to(at - 1);
    case "PageDown":
      return to(at + page);
    case "PageUp":
      return to(at - page);
    case "Home":
      return to(0);
    case "End":
      return to(count - 1);
    default:
      return undefined;
  }
}
