/** log of k! by Stirling's series; exact to 1e-9 from 10 on. */
function logFactorial(k: number): number {
  let sum = 0;
  let n = k;
  for (; n < 10; n++) sum -= Math.log(n + 1);
  return sum + n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3);
}

/** P(X ≤ k) of a binomial. */
function atMost(k: number, n: number, p: number): number {
  const [logP, logQ] = [Math.log(p), Math.log1p(-p)];
  let sum = 0;
  for (let i = 0; i <= k; i++)
    sum += Math.exp(logFactorial(n) - logFactorial(i) - logFactorial(n - i) + i * logP + (n - i) * logQ);
  return sum;
}

/**
 * The one-sided 95 % upper bound of a share of which `k` of `n` were seen, by Clopper and Pearson (Biometrika 26, 1934):
 * the share at which so few would be seen in one case of twenty. 1 when nothing was seen of it.
 */
export function upperBound(k: number, n: number, miss = 0.05): number {
  if (n === 0 || k >= n) return 1;
  let [low, high] = [k / n, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (atMost(k, n, middle) > miss) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The two-sided 95 % interval of a share of which `k` of `n` were seen, by Clopper and Pearson: never narrower than it
 * says, which few calls need. [0, 1] of nothing.
 */
export function exactInterval(k: number, n: number): [number, number] {
  if (n === 0) return [0, 1];
  return [1 - upperBound(n - k, n, 0.025), upperBound(k, n, 0.025)];
}
