/** Autocorrelations at lags 0..`lags`, by the biased estimator (Box & Jenkins); all 0 beyond lag 0 for a constant series. */
export function autocorrelation(x: readonly number[], lags: number): readonly number[] {
  const centre = x.reduce((sum, value) => sum + value, 0) / x.length;
  const y = x.map((value) => value - centre);
  const at = (lag: number): number => y.reduce((sum, value, i) => sum + value * (y[i + lag] ?? 0), 0);
  const variance = at(0);
  // Rounding of the mean leaves something of a constant.
  const isConstant = variance <= x.length * (1e-12 * centre) ** 2;
  return Array.from({ length: lags + 1 }, (_, lag) => (lag === 0 ? 1 : isConstant ? 0 : at(lag) / variance));
}
