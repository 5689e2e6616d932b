import { useEffect, useRef, useState } from 'react';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';

export interface Call {
  readonly isBusy: boolean;
  readonly error: AppError | undefined;
  /** Runs one command of main; a second one while it runs is not started. `undefined`: it failed, and `error` says why. */
  readonly run: <T>(command: () => Promise<Result<T, AppError>>) => Promise<T | undefined>;
  readonly clear: () => void;
}

/** One command at a time, with what the screen says of it. */
export function useCall(): Call {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | undefined>(undefined);
  const running = useRef(false);
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return {
    isBusy,
    error,
    clear: () => setError(undefined),
    run: async (command) => {
      if (running.current) return undefined;
      running.current = true;
      setBusy(true);
      setError(undefined);
      const answer = await command();
      running.current = false;
      if (isHere.current) {
        setBusy(false);
        // a call that its owner cancelled is no fault
        if (!answer.ok && answer.error.code !== 'ERR_OVP_CANCELLED') setError(answer.error);
      }
      return answer.ok ? answer.value : undefined;
    },
  };
}
