import { concatBytes } from '../bytes/concat-bytes.ts';
import { compareRanges } from '../cbor/compare-ranges.ts';
import { encode } from '../cbor/encode.ts';
import type { JsonProblem } from '../claims/claim.ts';
import { headLength, writeHead } from '../cose/byte-writer.ts';
import type { CandidateKey, CryptoPort } from '../cose/crypto-port.ts';
import { createSigner } from '../cose/sign.ts';
import type { JsonObject } from '../json.ts';
import { err, ok, type Result } from '../result.ts';
import type { Draft } from './draft.ts';
import { type FittedClaim, fitClaim } from './fit-claim.ts';
import type { IssueNote } from './issue-note.ts';
import { type IssueError, isRefused, sizeNotes } from './issue-token.ts';
import { fitDraft, noticeSet, repeatedClaim } from './prepare-token.ts';
import type { Target } from './target.ts';

/** Makes many tokens of one draft, target and key. */
export interface Issuer {
  /**
   * One token; `changes` is claims JSON whose members take the place of the draft's, or join them. The notes are those
   * that this token adds to the issuer's own.
   */
  issue(changes?: JsonObject): Result<{ readonly bytes: Uint8Array; readonly notes: readonly IssueNote[] }, IssueError>;
  /** what there is to say about the draft, for every token */
  readonly notes: readonly IssueNote[];
}

/** Fits the draft and writes its headers and claims once, so that each token costs its own claims and one computation. */
export function createIssuer(
  draft: Draft,
  target: Target,
  key: CandidateKey['material'],
  crypto: CryptoPort,
): Result<Issuer, IssueError> {
  const fitted = fitDraft(draft, target);
  if (!fitted.ok) return err({ code: 'ERR_ISSUE_CLAIMS', problems: fitted.error });
  const { claims, form, notes } = fitted.value;
  if (isRefused(notes)) return err({ code: 'ERR_ISSUE_REFUSED', notes });
  const signer = createSigner(form, key, crypto);
  if (!signer.ok) return err({ code: 'ERR_ISSUE_KEY', cause: signer.error, notes });
  const template = claims.map((claim) => ({ ...claim, key: encode(claim.key), value: encode(claim.value) }));
  let plan: Plan | undefined;

  return ok({
    notes,
    issue(changes = {}) {
      const changed = fitChanges(changes, target);
      if (!changed.ok) return err({ code: 'ERR_ISSUE_CLAIMS', problems: changed.error });
      // rows of one list change the same members, so the plan of the last token mostly serves
      if (plan === undefined || !isPlanFor(plan, changed.value)) plan = makePlan(template, changed.value, target);
      const own = plan.notes.length === 0 ? changed.value.notes : [...changed.value.notes, ...plan.notes];
      if (isRefused(own)) return err({ code: 'ERR_ISSUE_REFUSED', notes: own });
      const bytes = signer.value(fillPlan(plan, changed.value.values));
      const all = [...own, ...sizeNotes(bytes.length, target)];
      return isRefused(all) ? err({ code: 'ERR_ISSUE_REFUSED', notes: all }) : ok({ bytes, notes: all });
    },
  });
}

/** The claims of one token that are its own, fitted. */
interface Changes {
  readonly members: readonly string[];
  readonly claims: readonly FittedClaim[];
  /** encoded, in the order of the claims */
  readonly values: readonly Uint8Array[];
  readonly notes: readonly IssueNote[];
}

function fitChanges(changes: JsonObject, target: Target): Result<Changes, readonly JsonProblem[]> {
  const members: string[] = [];
  const claims: FittedClaim[] = [];
  const values: Uint8Array[] = [];
  const notes: IssueNote[] = [];
  let problems: readonly JsonProblem[] = [];
  for (const member of Object.keys(changes)) {
    const claim = fitClaim(member, changes[member] ?? null, target, notes);
    if (!claim.ok) problems = [...problems, ...claim.error];
    else if (claim.value !== undefined) {
      members.push(member);
      claims.push(claim.value);
      values.push(encode(claim.value.value));
    }
  }
  return problems.length > 0 ? err(problems) : ok({ members, claims, values, notes });
}

/** How a claims map is put together when these members change: fixed bytes, and places for the values. */
interface Plan {
  readonly members: readonly string[];
  /** bytes as they are, or which of the values comes here */
  readonly pieces: readonly (Uint8Array | number)[];
  /** of the fixed bytes together */
  readonly length: number;
  /** what there is to say about all the claims together */
  readonly notes: readonly IssueNote[];
}

function isPlanFor(plan: Plan, { members }: Changes): boolean {
  if (plan.members.length !== members.length) return false;
  for (let i = 0; i < members.length; i++) if (plan.members[i] !== members[i]) return false;
  return true;
}

interface Entry {
  readonly name: string;
  readonly key: Uint8Array;
  readonly value: Uint8Array | number;
}

function makePlan(template: readonly Entry[], changes: Changes, target: Target): Plan {
  const own: Entry[] = changes.claims.map(({ name, key }, index) => ({ name, key: encode(key), value: index }));
  const entries = [...template.filter((entry) => !own.some((one) => byKey(one, entry) === 0)), ...own].sort(byKey);
  const head = new Uint8Array(headLength(entries.length));
  writeHead(head, 0, MAP, entries.length);

  const pieces: (Uint8Array | number)[] = [];
  let fixed: Uint8Array = head;
  for (const { key, value } of entries) {
    fixed = concatBytes(fixed, key);
    if (typeof value === 'number') {
      pieces.push(fixed, value);
      fixed = new Uint8Array(0);
    } else fixed = concatBytes(fixed, value);
  }
  pieces.push(fixed);
  const length = pieces.reduce<number>((sum, piece) => sum + (typeof piece === 'number' ? 0 : piece.length), 0);
  const notes = [...noticeRepeats(entries), ...noticeSet(entries, target)];
  return { members: changes.members, pieces, length, notes };
}

function noticeRepeats(sorted: readonly Entry[]): readonly IssueNote[] {
  return sorted
    .filter((entry, i) => i > 0 && byKey(sorted[i - 1] ?? entry, entry) === 0)
    .map(({ name }) => repeatedClaim(name));
}

/** RFC 8949 §4.2.1. */
const byKey = (a: Entry, b: Entry): number => compareRanges(a.key, 0, a.key.length, b.key, 0, b.key.length);

/** Initial byte of a map. */
const MAP = 0xa0;

function fillPlan({ pieces, length }: Plan, values: readonly Uint8Array[]): Uint8Array {
  let total = length;
  for (const value of values) total += value.length;
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    const part = typeof piece === 'number' ? values[piece] : piece;
    if (part === undefined) continue;
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
