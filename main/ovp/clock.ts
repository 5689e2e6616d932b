/** Time as an argument, so that tests need not wait for it. */
export interface Clock {
  /** milliseconds since 1970 */
  now(): number;
  /** resolves after so long, or at once when the signal aborts: who waits looks at the signal afterwards */
  sleep(millis: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: (millis, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, millis);
      signal.addEventListener('abort', wake);
    }),
};
