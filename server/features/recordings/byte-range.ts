/** Inclusive bounds, as in `Content-Range`. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * One range of a `Range` header over `size` bytes (RFC 9110 §14.2): `bytes=0-499`, `bytes=500-`, `bytes=-500`.
 * "all": no range, several, or another unit, which a server may answer in full. "unsatisfiable": 416.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | "all" | "unsatisfiable" {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return "all";
  if (match[1] === "") {
    const length = Math.min(Number(match[2]), size);
    return length === 0 ? "unsatisfiable" : { first: size - length, last: size - 1 };
  }
  const first = Number(match[1]);
  const last = match[2] === "" ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (match[2] !== "" && Number(match[2]) < first) return "all";
  return first >= size ? "unsatisfiable" : { first, last };
}
