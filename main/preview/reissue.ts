import { randomBytes } from 'node:crypto';
import type { OpenedToken } from '../../shared/edge/open-token.ts';
import type { RenewalPlan } from '../../shared/edge/renewal.ts';
import { applyMend } from '../../shared/evaluate/apply-mend.ts';
import type { Mend } from '../../shared/evaluate/mend.ts';
import { cloneToken } from '../../shared/issue/clone-token.ts';
import type { Draft } from '../../shared/issue/draft.ts';
import type { JsonObject } from '../../shared/json.ts';

/** A draft of the same token, without what the key that signs now brings along: kid and algorithm. */
function draftOf({ envelope, claims }: OpenedToken): Draft {
  const cloned = cloneToken(envelope, claims);
  const { kid: _kid, alg: _alg, ...form } = cloned.envelope;
  return { ...cloned, envelope: form };
}

/** The same token with other times, and an id of its own where it has one. */
export function renewDraft(token: OpenedToken, { issuedAt, expires }: RenewalPlan): Draft {
  const draft = draftOf(token);
  const { cti } = draft.claims;
  return {
    ...draft,
    claims: { ...draft.claims, exp: expires, iat: issuedAt, ...(cti !== undefined && { cti: createId() }) },
  };
}

const createId = (): JsonObject => ({ hex: randomBytes(16).toString('hex') });

/** A draft of the same token with its mend; `undefined` mends nothing, and makes it anew under another key. */
export function mendDraft(token: OpenedToken, mend: Mend | undefined): Draft {
  const cloned = draftOf(token);
  const changed = applyMend(cloned.claims, mend?.changes ?? []);
  const usedUp = mend?.decisions.some(({ claim }) => claim === 'catreplay') === true;
  return {
    ...cloned,
    claims: usedUp ? { ...changed, cti: createId() } : changed,
  };
}
