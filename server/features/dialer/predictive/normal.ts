/** The normal and the log-normal distribution. */

export const normalDensity = (x: number): number => Math.exp((-x * x) / 2) * 0.3989422804014327;

/** P(X ≤ x); Abramowitz and Stegun 26.2.17, error below 7.5e-8. */
export function normalCdf(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const upper = normalDensity(x) * poly;
  return x >= 0 ? 1 - upper : upper;
}

/** Mean and standard deviation of the logarithm. */
export interface LogNormal {
  mu: number;
  sigma: number;
}

/** The log-normal of this mean and coefficient of variation. */
export function logNormal(mean: number, cv: number): LogNormal {
  const sigma2 = Math.log(1 + cv * cv);
  return { mu: Math.log(mean) - sigma2 / 2, sigma: Math.sqrt(sigma2) };
}

/** P(T ≤ t). */
export const logNormalCdf = (t: number, { mu, sigma }: LogNormal): number =>
  t <= 0 ? 0 : normalCdf((Math.log(t) - mu) / sigma);
