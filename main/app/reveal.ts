import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { KeyRevealed } from '../../shared/contract/keys.ts';
import type { SecretStoreKind } from '../../shared/contract/secrets.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { KeyId } from '../../shared/units.ts';
import { Secret, type SecretBytes } from '../secrets/secret.ts';
import { formatSecret, type SecretText } from './secret-text.ts';

export const REVEAL_SECONDS = 20;

/** What is about to be shown, without showing it. */
export interface Revealable {
  readonly name: string;
  readonly environment: string;
  /** `held`: it is in memory and nowhere else yet */
  readonly store: SecretStoreKind | 'held';
  secret(): Promise<Result<SecretBytes, AppError>>;
}

export interface RevealPorts {
  find(id: KeyId): Promise<Result<Revealable, AppError>>;
  checkPassphrase(passphrase: Secret<string>): Promise<Result<void, AppError>>;
  /** a dialog that the window's page cannot answer */
  confirm(question: { readonly message: string; readonly detail: string; readonly yes: string }): Promise<boolean>;
  show(what: Pick<Revealable, 'name' | 'environment'>, secret: SecretText): Promise<void>;
  copy(text: string): Promise<{ readonly clearedAfterSeconds?: number }>;
}

/** Shows a secret to its owner past the window's page, which never has it: neither the question nor the answer is its own. */
export async function revealSecret(
  { id, how, passphrase }: ParsedInput<'keys.reveal'>,
  ports: RevealPorts,
): Promise<Result<KeyRevealed, AppError>> {
  const found = await ports.find(id);
  if (!found.ok) return found;
  const { name, environment, store, secret } = found.value;
  if (store === 'vault') {
    if (passphrase === undefined) return err(createError('ERR_VAULT_PASSPHRASE', { message: WANTED }));
    const right = await ports.checkPassphrase(new Secret(passphrase));
    if (!right.ok) return right;
  }
  const what = `“${name}” (${environment})`;
  const isYes = await ports.confirm(
    how === 'window'
      ? {
          message: `Show the secret of ${what}?`,
          detail: `It is shown for ${REVEAL_SECONDS} seconds in a window of its own. Whoever sees it can make tokens.`,
          yes: 'Show it',
        }
      : {
          message: `Copy the secret of ${what}?`,
          detail: 'Every program can read the clipboard until it is cleared. Whoever has the secret can make tokens.',
          yes: 'Copy it',
        },
  );
  if (!isYes) return ok({ outcome: 'declined', seconds: 0 });
  const content = await secret();
  if (!content.ok) return content;
  const shown = formatSecret(content.value.reveal());
  if (how === 'window') {
    await ports.show({ name, environment }, shown);
    return ok({ outcome: 'shown', seconds: REVEAL_SECONDS });
  }
  try {
    const { clearedAfterSeconds = 0 } = await ports.copy(shown.text);
    return ok({ outcome: 'copied', seconds: clearedAfterSeconds });
  } catch {
    return err(createError('ERR_CLIPBOARD'));
  }
}

const WANTED = 'A key of the vault is shown only to whoever gives its passphrase again.';
