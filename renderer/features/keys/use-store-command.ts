import type { SecretStores } from '../../../shared/contract/secrets.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { useSession } from '../../platform/session.ts';
import { useCall } from '../../shell/use-call.ts';

/** One command that answers the stores as they are afterwards. */
export function useStoreCommand() {
  const { stores, secrets, keys } = useSession();
  const call = useCall();
  const run = async (command: () => Promise<Result<SecretStores, AppError>>): Promise<boolean> => {
    const next = await call.run(command);
    if (next === undefined) return false;
    stores.set(next);
    await Promise.all([secrets.reload(), keys.reload()]);
    return true;
  };
  return { ...call, run };
}
