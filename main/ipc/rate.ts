/** At most `limit` calls in any `windowMillis`, counted for each name. */
export function createRate(limit: number, windowMillis: number, now: () => number = () => performance.now()) {
  const calls = new Map<string, number[]>();
  return (name: string): boolean => {
    const since = now() - windowMillis;
    const recent = (calls.get(name) ?? []).filter((at) => at > since);
    calls.set(name, recent);
    if (recent.length >= limit) return false;
    recent.push(now());
    return true;
  };
}
