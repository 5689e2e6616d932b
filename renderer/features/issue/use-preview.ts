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
import { orderOf } from './describe-draft.ts';
import { type IssueState, localZone, useIssue } from './model.ts';
import { algorithmOf, canSign, type Signer, signerOrder } from './signer.ts';
import { type OvpKeys, useOvpKeys } from './use-ovp-keys.ts';

/** The draft as it stands: where it is for, who makes it, and what it will become. */
export interface Preview {
  readonly target: Target;
  /** keys that can sign here now, in the order of the Keys screen */
  readonly keys: readonly KeyRecord[];
  /** workspaces that can be asked, and the keys of the chosen one */
  readonly ovp: OvpKeys;
  readonly way: IssueState['way'];
  readonly signer: Signer | undefined;
  readonly result: Result<DraftPreview, readonly JsonProblem[]>;
  /** what is to be made, as text: a token that was made for another order is not this draft's */
  readonly order: string;
  readonly problems: readonly JsonProblem[];
  /** nothing was said yet, so nothing that is missing is wrong yet */
  readonly isUntouched: boolean;
}

export function usePreview(): Preview {
  const { keys } = useSession();
  const all = useLive(keys).value;
  const draft = useIssue((state) => state.draft);
  const targetId = useIssue((state) => state.target);
  const keyId = useIssue((state) => state.keyId);
  // the OVP makes tokens for Flowplayer only
  const way = useIssue((state) => (state.target === 'flowplayer-ovp' ? state.way : 'offline'));
  const now = useClock((clock) => clock.now);
  const usable = useMemo(() => (all ?? []).filter(canSign), [all]);
  const isUntouched = useIssue(({ start, draft: { claims, kept } }) =>
    start.kind === 'template'
      ? start.made === undefined && Object.keys(claims).length === 0
      : start.kind === 'blank' && Object.keys(claims).length + kept.length === 0,
  );
  const ovp = useOvpKeys();
  const key = usable.find((candidate) => candidate.id === keyId) ?? usable[0];
  const signer = useMemo(
    (): Signer | undefined => (way === 'ovp' ? ovp.signer : key && { kind: 'key', key }),
    [way, ovp.signer, key],
  );
  const target = findTarget(targetId) ?? TARGETS[0];
  if (target === undefined) throw new Error('there is no target');
  const made = useMemo(() => withSigner(draft, signer), [draft, signer]);
  const result = useMemo(
    () => previewDraft(made, target, { now, zone: localZone() }, proofLength(signer)),
    [made, signer, target, now],
  );
  const order = useMemo(() => orderOf(draft, targetId, signerOrder(signer)), [draft, targetId, signer]);
  const problems = result.ok ? NONE : result.error;
  return { target, keys: usable, ovp, way, signer, result, order, problems, isUntouched };
}

const NONE: readonly JsonProblem[] = [];

/** The draft with what its signer decides. */
export function withSigner(draft: Draft, signer: Signer | undefined): Draft {
  if (signer === undefined) return draft;
  if (signer.kind === 'ovp') return withKeyDefaults(draft, { ...signer.key, kid: signer.kid, alg: 'HS256' });
  return withKeyDefaults(draft, { ...signer.key, alg: algorithmOf(signer.key) });
}

/** An RSA signature is as long as the modulus. */
const proofLength = (signer: Signer | undefined): number =>
  signer?.kind === 'key' && signer.key.family === 'rsa' ? signer.key.size / 8 : 256;

/** The problems of one claim, their paths counted from its value. */
export const problemsOf = (problems: readonly JsonProblem[], claim: string): readonly JsonProblem[] =>
  problems.filter(({ path }) => path[0] === claim).map(({ path, message }) => ({ path: path.slice(1), message }));

/** Of the problems at a value, those inside a member, their paths counted from it. */
export const problemsUnder = problemsOf as (
  problems: readonly JsonProblem[],
  member: string | number,
) => readonly JsonProblem[];
