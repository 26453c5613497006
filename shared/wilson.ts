/** Wilson's score interval of a share (95 %): from, to, between 0 and 1; [0, 1] of nothing. */
export function wilson(part: number, whole: number, z = 1.959964): [number, number] {
  if (whole === 0) return [0, 1];
  const share = part / whole;
  const width = 1 + (z * z) / whole;
  const middle = (share + (z * z) / (2 * whole)) / width;
  const half = (z / width) * Math.sqrt((share * (1 - share)) / whole + (z * z) / (4 * whole * whole));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
