import { encodeBase64url } from '../bytes/base64.ts';
import type { JsonProblem } from '../claims/claim.ts';
import type { CandidateKey, CryptoPort } from '../cose/crypto-port.ts';
import { type SignError, signEnvelope } from '../cose/sign.ts';
import { err, ok, type Result } from '../result.ts';
import type { Draft } from './draft.ts';
import type { IssueNote } from './issue-note.ts';
import { prepareToken } from './prepare-token.ts';
import type { Target } from './target.ts';

export interface IssuedToken {
  readonly bytes: Uint8Array;
  /** base64url without padding */
  readonly text: string;
  /** what was left out, changed, or is worth knowing */
  readonly notes: readonly IssueNote[];
}

/** Why no token was made. */
export type IssueError =
  /** claims JSON that cannot be read, each problem with its path */
  | { readonly code: 'ERR_ISSUE_CLAIMS'; readonly problems: readonly JsonProblem[] }
  /** the target takes no such token; `notes` hold the reasons as `refused`, and everything else there was to say */
  | { readonly code: 'ERR_ISSUE_REFUSED'; readonly notes: readonly IssueNote[] }
  /** the key cannot serve */
  | { readonly code: 'ERR_ISSUE_KEY'; readonly cause: SignError; readonly notes: readonly IssueNote[] };

/** Makes one token of a draft for a target. */
export function issueToken(
  draft: Draft,
  target: Target,
  key: CandidateKey['material'],
  crypto: CryptoPort,
): Result<IssuedToken, IssueError> {
  const prepared = prepareToken(draft, target);
  if (!prepared.ok) return err({ code: 'ERR_ISSUE_CLAIMS', problems: prepared.error });
  const { bytes: claims, form, notes } = prepared.value;
  if (isRefused(notes)) return err({ code: 'ERR_ISSUE_REFUSED', notes });
  const signed = signEnvelope({ ...form, claims }, key, crypto);
  if (!signed.ok) return err({ code: 'ERR_ISSUE_KEY', cause: signed.error, notes });
  const all = [...notes, ...sizeNotes(signed.value.length, target)];
  if (isRefused(all)) return err({ code: 'ERR_ISSUE_REFUSED', notes: all });
  return ok({ bytes: signed.value, text: encodeBase64url(signed.value), notes: all });
}

export const isRefused = (notes: readonly IssueNote[]): boolean => notes.some(({ kind }) => kind === 'refused');

/** What a token of `length` bytes meets: sources do not say whether the text or what it stands for is counted. */
export function sizeNotes(length: number, { maxBytes: { limit, kind, why } }: Target): readonly IssueNote[] {
  const characters = Math.ceil((length * 4) / 3);
  if (length > limit) return [{ kind, code: 'too-long', message: `The token has ${length} bytes. ${why}` }];
  if (characters > limit)
    return [
      {
        kind: 'hint',
        code: 'long-text',
        message: `The token has ${length} bytes and ${characters} characters: too long if characters are counted. ${why}`,
      },
    ];
  return [];
}
