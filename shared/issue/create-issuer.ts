import { concatBytes } from '../bytes/concat-bytes.ts';
import { compareRanges } from '../cbor/compare-ranges.ts';
import { encode } from '../cbor/encode.ts';
import type { JsonProblem } from '../claims/claim.ts';
import { headLength, writeHead } from '../cose/byte-writer.ts';
import type { CandidateKey, CryptoPort } from '../cose/crypto-port.ts';
import { createSigner } from '../cose/sign.ts';
import type { Json, JsonObject } from '../json.ts';
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
  issue(changes?: JsonObject): Result<IssuedBytes, IssueError>;
  /** One member of claims JSON, fitted and encoded: for values that many tokens share. */
  fit(member: string, json: Json): Result<ReadyClaim, readonly JsonProblem[]>;
  /** As `issue`, of claims that are fitted already, each of another member. */
  issueReady(changes: readonly ReadyClaim[]): Result<IssuedBytes, IssueError>;
  /** what there is to say about the draft, for every token */
  readonly notes: readonly IssueNote[];
}

export interface IssuedBytes {
  /** written over by the issuer's next token: copy what is kept */
  readonly bytes: Uint8Array;
  readonly notes: readonly IssueNote[];
}

/** A claim that may take its place in a token as it is. */
export interface ReadyClaim {
  readonly member: string;
  /** absent: the target takes no such claim, as the notes say */
  readonly claim: FittedClaim | undefined;
  /** encoded */
  readonly value: Uint8Array;
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
  const sign = signer.value;
  let plan: Plan | undefined;

  function issueReady(changes: readonly ReadyClaim[]): Result<IssuedBytes, IssueError> {
    // rows of one list change the same members, so the plan of the last token mostly serves
    if (plan === undefined || !isPlanFor(plan, changes)) plan = makePlan(template, changes, target);
    const own = gatherNotes(changes, plan.notes);
    if (isRefused(own)) return err({ code: 'ERR_ISSUE_REFUSED', notes: own });
    const bytes = sign(fillPlan(plan, changes));
    const size = sizeNotes(bytes.length, target);
    const all = size.length === 0 ? own : [...own, ...size];
    return isRefused(all) ? err({ code: 'ERR_ISSUE_REFUSED', notes: all }) : ok({ bytes, notes: all });
  }

  return ok({
    notes,
    issueReady,
    fit: (member, json) => fitMember(member, json, target),
    issue(changes = {}) {
      const ready: ReadyClaim[] = [];
      let problems: readonly JsonProblem[] = [];
      for (const member of Object.keys(changes)) {
        const claim = fitMember(member, changes[member] ?? null, target);
        if (claim.ok) ready.push(claim.value);
        else problems = [...problems, ...claim.error];
      }
      return problems.length > 0 ? err({ code: 'ERR_ISSUE_CLAIMS', problems }) : issueReady(ready);
    },
  });
}

const NOTHING = new Uint8Array(0);

function fitMember(member: string, json: Json, target: Target): Result<ReadyClaim, readonly JsonProblem[]> {
  const notes: IssueNote[] = [];
  const claim = fitClaim(member, json, target, notes);
  if (!claim.ok) return claim;
  const value = claim.value === undefined ? NOTHING : encode(claim.value.value);
  return ok({ member, claim: claim.value, value, notes });
}

function gatherNotes(changes: readonly ReadyClaim[], ofPlan: readonly IssueNote[]): readonly IssueNote[] {
  let notes: readonly IssueNote[] = ofPlan;
  for (const change of changes) if (change.notes.length > 0) notes = [...notes, ...change.notes];
  return notes;
}

/** How a claims map is put together when these members change: fixed bytes, and places for the values. */
interface Plan {
  /** the members that change, '' for one that is left out */
  readonly members: readonly string[];
  /** bytes as they are, or which of the values comes here */
  readonly pieces: readonly (Uint8Array | number)[];
  /** the last token's claims as they were written, and where its values stand in them */
  last: { readonly bytes: Uint8Array; readonly places: readonly Place[] };
  /** what there is to say about all the claims together */
  readonly notes: readonly IssueNote[];
}

function isPlanFor({ members }: Plan, changes: readonly ReadyClaim[]): boolean {
  if (members.length !== changes.length) return false;
  for (let i = 0; i < changes.length; i++) {
    const change = changes[i];
    if (members[i] !== (change?.claim === undefined ? '' : change.member)) return false;
  }
  return true;
}

interface Place {
  /** of the value in the changes */
  readonly index: number;
  readonly at: number;
  readonly length: number;
}

interface Entry {
  readonly name: string;
  readonly key: Uint8Array;
  readonly value: Uint8Array | number;
}

function makePlan(template: readonly Entry[], changes: readonly ReadyClaim[], target: Target): Plan {
  const own = changes.flatMap(({ claim }, index): Entry[] =>
    claim === undefined ? [] : [{ name: claim.name, key: encode(claim.key), value: index }],
  );
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
  const notes = [...noticeRepeats(entries), ...noticeSet(entries, target)];
  const members = changes.map(({ member, claim }) => (claim === undefined ? '' : member));
  return { members, pieces, last: layOut({ pieces }, changes), notes };
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

/** The claims of one token. Where its values are as long as those of the token before, all else stands already. */
function fillPlan(plan: Plan, changes: readonly ReadyClaim[]): Uint8Array {
  const { bytes, places } = plan.last;
  for (const { index, at, length } of places) {
    const value = changes[index]?.value;
    if (value?.length !== length) {
      plan.last = layOut(plan, changes);
      return plan.last.bytes;
    }
    bytes.set(value, at);
  }
  return bytes;
}

function layOut({ pieces }: Pick<Plan, 'pieces'>, changes: readonly ReadyClaim[]): Plan['last'] {
  const parts = pieces.map((piece) => (typeof piece === 'number' ? (changes[piece]?.value ?? NOTHING) : piece));
  const places: Place[] = [];
  let at = 0;
  for (const [i, { length }] of parts.entries()) {
    const index = pieces[i];
    if (typeof index === 'number') places.push({ index, at, length });
    at += length;
  }
  return { bytes: concatBytes(...parts), places };
}
