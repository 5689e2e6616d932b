import type { CandidateKey, CryptoPort } from '../../shared/cose/crypto-port.ts';
import { keepOpened, type OpenedTokens } from '../../shared/edge/open-token.ts';

/** Tokens stay opened as long as the same keys are there to try. */
export function rememberOpened(crypto: CryptoPort): (candidates: readonly CandidateKey[]) => OpenedTokens {
  let known: { readonly candidates: readonly CandidateKey[]; readonly tokens: OpenedTokens } | undefined;
  return (candidates) => {
    const same =
      known?.candidates.length === candidates.length &&
      known.candidates.every((candidate, index) => candidate === candidates[index]);
    if (!same || known === undefined) known = { candidates, tokens: keepOpened(candidates, crypto) };
    return known.tokens;
  };
}
