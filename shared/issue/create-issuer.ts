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
import { fitDraft, noticeSet } from './prepare-token.ts';
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
  const template = claims.map(encodeEntry).sort(byKey);

  return ok({
    notes,
    issue(changes = {}) {
      const own: IssueNote[] = [];
      const entries = applyChanges(template, changes, target, own);
      if (!entries.ok) return err({ code: 'ERR_ISSUE_CLAIMS', problems: entries.error });
      own.push(...noticeSet(entries.value, target));
      if (isRefused(own)) return err({ code: 'ERR_ISSUE_REFUSED', notes: own });
      const bytes = signer.value(joinEntries(entries.value));
      own.push(...sizeNotes(bytes.length, target));
      return isRefused(own) ? err({ code: 'ERR_ISSUE_REFUSED', notes: own }) : ok({ bytes, notes: own });
    },
  });
}

/** A claim's entry in the claims map, encoded. */
interface EncodedEntry {
  readonly name: string;
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

const encodeEntry = ({ name, key, value }: FittedClaim): EncodedEntry => ({
  name,
  key: encode(key),
  value: encode(value),
});

/** RFC 8949 §4.2.1. */
const byKey = (a: EncodedEntry, b: EncodedEntry): number =>
  compareRanges(a.key, 0, a.key.length, b.key, 0, b.key.length);

function applyChanges(
  template: readonly EncodedEntry[],
  changes: JsonObject,
  target: Target,
  notes: IssueNote[],
): Result<readonly EncodedEntry[], readonly JsonProblem[]> {
  const entries = [...template];
  const problems: JsonProblem[] = [];
  for (const [member, json] of Object.entries(changes)) {
    const claim = fitClaim(member, json, target, notes);
    if (!claim.ok) {
      problems.push(...claim.error);
      continue;
    }
    if (claim.value === undefined) continue;
    const entry = encodeEntry(claim.value);
    const at = entries.findIndex((one) => byKey(one, entry) >= 0);
    const found = entries[at];
    if (found === undefined) entries.push(entry);
    else entries.splice(at, byKey(found, entry) === 0 ? 1 : 0, entry);
  }
  return problems.length > 0 ? err(problems) : ok(entries);
}

/** Initial byte of a map. */
const MAP = 0xa0;

function joinEntries(entries: readonly EncodedEntry[]): Uint8Array {
  let length = headLength(entries.length);
  for (const { key, value } of entries) length += key.length + value.length;
  const bytes = new Uint8Array(length);
  let at = writeHead(bytes, 0, MAP, entries.length);
  for (const { key, value } of entries) {
    // keys are short: a loop is quicker than a call
    for (let i = 0; i < key.length; i++) bytes[at++] = key[i] ?? 0;
    bytes.set(value, at);
    at += value.length;
  }
  return bytes;
}
