import { decodeHex, encodeHex } from '../bytes/hex.ts';
import { decode } from '../cbor/decode.ts';
import { encode } from '../cbor/encode.ts';
import type { CborMap, CborNode, CborValue } from '../cbor/node.ts';
import type { JsonProblem } from '../claims/claim.ts';
import { findAlgorithm } from '../cose/algorithms.ts';
import type { EnvelopeForm } from '../cose/sign.ts';
import { err, ok, type Result } from '../result.ts';
import { type Draft, kidBytes } from './draft.ts';
import { type FittedClaim, fitClaim, fitKept } from './fit-claim.ts';
import type { IssueNote } from './issue-note.ts';
import type { TagHabit, Target } from './target.ts';

/** A draft fitted to a target: everything but the signature. */
export interface PreparedToken {
  /** as it will be written; the draft itself keeps what is left out here */
  readonly claims: CborMap<CborValue>;
  /** deterministic encoding of the claims */
  readonly bytes: Uint8Array;
  readonly form: EnvelopeForm;
  readonly notes: readonly IssueNote[];
}

/** Fits a draft to a target. Claims JSON that cannot be read is the error, each problem with its path in it. */
export function prepareToken(draft: Draft, target: Target): Result<PreparedToken, readonly JsonProblem[]> {
  const fitted = fitDraft(draft, target);
  if (!fitted.ok) return fitted;
  const { claims: list, form, notes } = fitted.value;
  const claims: CborMap<CborValue> = { kind: 'map', entries: list.map(({ key, value }) => ({ key, value })) };
  const all = [...notes, ...noticeSet(list, target)];
  return ok({ claims, bytes: encode(claims), form, notes: all });
}

/** A draft's claims and envelope as the target wants them, each by itself. */
export interface FittedDraft {
  readonly claims: readonly FittedClaim[];
  readonly form: EnvelopeForm;
  readonly notes: readonly IssueNote[];
}

export function fitDraft(draft: Draft, target: Target): Result<FittedDraft, readonly JsonProblem[]> {
  const notes: IssueNote[] = [];
  const problems: JsonProblem[] = [];
  const claims: FittedClaim[] = [];
  for (const [member, json] of Object.entries(draft.claims)) {
    const claim = fitClaim(member, json, target, notes);
    if (!claim.ok) problems.push(...claim.error);
    else if (claim.value !== undefined) claims.push(claim.value);
  }
  for (const [index, { label, value }] of draft.kept.entries()) {
    const entry = readKept(label, value);
    const claim = entry && fitKept(entry, target, notes);
    if (entry === undefined) problems.push({ path: ['kept', index], message: 'Must be hex of two encoded items' });
    else if (claim !== undefined) claims.push(claim);
  }
  if (problems.length > 0) return err(problems);
  refuseRepeats(claims, notes);
  return ok({ claims, form: chooseForm(draft, target, notes), notes });
}

/** What a target misses among the claims, or does not take side by side. */
export function noticeSet(claims: readonly { readonly name: string }[], target: Target): readonly IssueNote[] {
  if (target.wants.length === 0 && target.together === undefined) return [];
  const has = (claim: string): boolean => claims.some(({ name }) => name === claim);
  const missing = target.wants.filter(({ claim }) => !has(claim));
  const together = target.together?.(has);
  return together === undefined ? missing : [...missing, together];
}

function readKept(label: string, value: string): { key: CborNode; bytes: Uint8Array; value: Uint8Array } | undefined {
  const [key, item] = [decodeHex(label), decodeHex(value)];
  if (!key.ok || !item.ok || !isOneItem(key.value) || !isOneItem(item.value)) return undefined;
  return { key: decode(key.value).root, bytes: key.value, value: item.value };
}

const isOneItem = (bytes: Uint8Array): boolean => !decode(bytes).issues.some(({ severity }) => severity === 'error');

/** RFC 8949 §5.6: a map with a repeated key is not valid, and recipients choose differently. */
export const repeatedClaim = (claim: string): IssueNote => ({
  kind: 'refused',
  code: 'repeated-claim',
  message: `${claim} stands twice. Keep one.`,
  claim,
});

function refuseRepeats(claims: readonly FittedClaim[], notes: IssueNote[]): void {
  const seen = new Set<string>();
  for (const { name, key } of claims) {
    const identity = encodeHex(encode(key));
    if (seen.has(identity)) notes.push(repeatedClaim(name));
    seen.add(identity);
  }
}

function chooseForm({ envelope }: Draft, target: Target, notes: IssueNote[]): EnvelopeForm {
  const name = envelope.alg ?? target.algorithms[0] ?? 'HS256';
  const row = findAlgorithm(name);
  if (!target.algorithms.includes(name))
    notes.push({
      kind: 'refused',
      code: 'algorithm',
      message: `${target.name} takes ${target.algorithms.join(', ')}, not ${name}.`,
    });
  const tags: number[] = [];
  if (chooseTag(envelope.cwtTag, target.cwtTag, notes)) tags.push(CWT_TAG);
  if (chooseTag(envelope.coseTag, target.coseTag, notes) && row !== undefined) tags.push(COSE_TAGS[row.class]);
  const payloadForm = envelope.payloadForm ?? 'bytes';
  const { refused, why } = target.hexText;
  if (payloadForm === 'hex-text' && (refused === 'always' || tags.includes(CWT_TAG)))
    notes.push({ kind: 'refused', code: 'hex-text-payload', message: why });
  const kid = kidBytes(envelope.kid);
  if (envelope.kid !== undefined && kid === undefined)
    notes.push({ kind: 'refused', code: 'kid-hex', message: 'The kid is not hexadecimal.' });
  if (envelope.kid === undefined && target.withoutKid !== undefined) notes.push(target.withoutKid);
  const form: EnvelopeForm = { alg: name, tags, kidIn: envelope.kidIn ?? 'unprotected', payloadForm };
  return kid === undefined ? form : { ...form, kid };
}

const CWT_TAG = 61;
const COSE_TAGS = { mac: 17, sign: 18, encrypt: 16 } as const;

function chooseTag(choice: boolean | undefined, habit: TagHabit, notes: IssueNote[]): boolean {
  const written = choice ?? habit.written;
  if (written !== habit.written && habit.otherwise !== undefined) notes.push(habit.otherwise);
  return written;
}
