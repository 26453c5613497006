/** Which random number of a lead; each takes two. */
export const fields = {
  answer: 1,
  ring: 3,
  talk: 5,
  wrap: 7,
  end: 9,
  endTime: 11,
  classifier: 13,
  refusal: 15,
  leadClass: 17,
} as const;

const mix = (h: number, value: number) => {
  let x = Math.imul(h ^ value, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
};

/** Uniform in [0, 1), the same for the same arguments (MurmurHash3's finalisation over each). */
export function uniform(seed: number, lead: number, attempt: number, field: number): number {
  let h = mix(0x9e3779b9, seed);
  h = mix(h, lead);
  h = mix(h, attempt);
  h = mix(h, field);
  return mix(h, 0x27d4eb2f) / 2 ** 32;
}
