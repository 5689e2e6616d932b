import { useMemo } from 'react';
import type { JsonProblem } from '../../../shared/claims/claim.ts';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import type { Draft } from '../../../shared/issue/draft.ts';
import { withKeyDefaults } from '../../../shared/issue/key-defaults.ts';
import { type DraftPreview, previewDraft } from '../../../shared/issue/preview-draft.ts';
import type { Target } from '../../../shared/issue/target.ts';
import { findTarget, TARGETS } from '../../../shared/issue/targets.ts';
import type { Result } from '../../../shared/result.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useClock } from '../../shell/clock.ts';
import { localZone, useIssue } from './model.ts';

const ALGORITHM: Readonly<Record<KeyRecord['family'], string>> = { hmac: 'HS256', 'ec-p256': 'ES256', rsa: 'PS256' };
export const algorithmOf = (key: KeyRecord): string => key.alg ?? ALGORITHM[key.family];

/** The draft as it stands: where it is for, who signs it, and what it will become. */
export interface Preview {
  readonly target: Target;
  /** keys that can sign now, in the order of the Keys screen */
  readonly keys: readonly KeyRecord[];
  readonly key: KeyRecord | undefined;
  readonly result: Result<DraftPreview, readonly JsonProblem[]>;
  /** what is to be signed, as text: a token that was made for another order is not this draft's */
  readonly order: string;
  readonly problems: readonly JsonProblem[];
}

const canSign = (key: KeyRecord): boolean => key.part !== 'public' && key.secret === 'ready';

export function usePreview(): Preview {
  const { keys } = useSession();
  const all = useLive(keys).value;
  const draft = useIssue((state) => state.draft);
  const targetId = useIssue((state) => state.target);
  const keyId = useIssue((state) => state.keyId);
  const now = useClock((clock) => clock.now);
  const usable = useMemo(() => (all ?? []).filter(canSign), [all]);
  const key = usable.find((candidate) => candidate.id === keyId) ?? usable[0];
  const target = findTarget(targetId) ?? TARGETS[0];
  if (target === undefined) throw new Error('there is no target');
  const result = useMemo(
    () => previewDraft(withKey(draft, key), target, { now, zone: localZone() }, proofLength(key)),
    [draft, key, target, now],
  );
  const order = useMemo(() => JSON.stringify([draft, targetId, key?.id]), [draft, targetId, key]);
  return { target, keys: usable, key, result, order, problems: result.ok ? NONE : result.error };
}

const NONE: readonly JsonProblem[] = [];

const withKey = (draft: Draft, key: KeyRecord | undefined): Draft =>
  key === undefined ? draft : withKeyDefaults(draft, { ...key, alg: algorithmOf(key) });

/** An RSA signature is as long as the modulus. */
const proofLength = (key: KeyRecord | undefined): number => (key?.family === 'rsa' ? key.size / 8 : 256);

/** The problems of one claim, their paths counted from its value. */
export const problemsOf = (problems: readonly JsonProblem[], claim: string): readonly JsonProblem[] =>
  problems.filter(({ path }) => path[0] === claim).map(({ path, message }) => ({ path: path.slice(1), message }));

/** Of the problems at a value, those inside a member, their paths counted from it. */
export const problemsUnder = problemsOf as (
  problems: readonly JsonProblem[],
  member: string | number,
) => readonly JsonProblem[];
