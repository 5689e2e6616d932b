import type { KeyRecord } from '../../shared/contract/keys.ts';
import type { TokenSlot, TraceRow } from '../../shared/contract/preview.ts';
import type { Refusal } from '../../shared/contract/preview-why.ts';
import type { CandidateKey, CryptoPort, Integrity } from '../../shared/cose/crypto-port.ts';
import { verify } from '../../shared/cose/verify.ts';
import { innermost, type JudgedCopy } from '../../shared/edge/judge-request.ts';
import { type Mend, suggestMend } from '../../shared/evaluate/mend.ts';
import type { ClaimVerdict } from '../../shared/evaluate/verdict.ts';
import { value as literal, type RichText, rich, time } from '../../shared/explain/rich-text.ts';
import { timeState } from '../../shared/inspect/time-state.ts';
import { type KeyId, millis, seconds } from '../../shared/units.ts';
import { verifierOf } from '../edge/edge.ts';
import { refOf } from '../keys/key-ring.ts';
import type { RowFacts } from './player-requests.ts';

/** What surrounds a row: the other rows, the keys, the slots. */
export interface RowSurroundings {
  readonly rows: readonly TraceRow[];
  readonly keys: readonly KeyRecord[];
  /** of every key, whether the edge knows it or not */
  readonly candidates: readonly CandidateKey[];
  readonly slotOf: (token: string) => TokenSlot | null;
  /** a slot that holds a token, when the player has none */
  readonly spare: TokenSlot | undefined;
  readonly crypto: CryptoPort;
}

/** Tells why a request got its answer: every fact of the panel, from what the edge knew when it answered. */
export function explainRow(row: TraceRow, facts: RowFacts, around: RowSurroundings): Refusal {
  const { answer, stage } = facts;
  const { judged, copies, choice } = answer.judgement;
  const { settings } = stage;
  const key = signerOf(judged, around);
  const mend = mendOf(judged, stage.settings.enforce ? row.cause : undefined, facts);
  const verdict = refusedVerdict(judged);
  const at = row.at + settings.clockOffset;
  return {
    row,
    cause: row.cause ?? null,
    sentence: sentenceOf(row, facts, key, verdict),
    integrity: describeIntegrity(judged?.token?.integrity, key),
    time: describeTime(judged),
    claims: (judged?.claims ?? []).map(describeClaim),
    ...diffOf(verdict),
    copies: copies.map(({ channel, name, text }, index) => ({
      ...{ channel, name, slot: around.slotOf(text), judged: choice.used.includes(index) },
      reason: choice.reasons[index] ?? [],
    })),
    said: { status: answer.status, words: answer.said ?? '', size: row.size },
    clocks: { here: row.at, edge: millis(at) },
    before: describeBefore(row, around.rows),
    ...(answer.renewed !== undefined && { renewed: describeRenewed(answer.renewed, facts) }),
    ...(mend !== undefined && { mend: describeMend(mend) }),
    fix: fixOf(row, facts, mend, key, around),
  };
}

/** The key that made a token, among all there are: the edge may know only one of them. */
function signerOf(
  judged: JudgedCopy | undefined,
  { keys, candidates, crypto }: RowSurroundings,
): KeyRecord | undefined {
  const token = judged?.token;
  if (token === undefined) return undefined;
  const integrity = token.integrity.state === 'verified' ? token.integrity : verify(token.envelope, candidates, crypto);
  return integrity.state === 'verified' ? keys.find((record) => refOf(record) === integrity.ref) : undefined;
}

function describeIntegrity(integrity: Integrity | undefined, key: KeyRecord | undefined): Refusal['integrity'] {
  const by = key === undefined ? {} : { key: describeKey(key) };
  if (integrity === undefined) return { state: 'no-token', reason: 'There was no token to check.' };
  if (integrity.state === 'verified')
    return {
      ...{ state: 'verified', reason: '', ...by },
      ...(integrity.kidMatches !== undefined && { kidMatches: integrity.kidMatches }),
    };
  return { state: integrity.state, reason: integrity.reason, ...by };
}

const describeKey = ({ id, name, environment, kid }: KeyRecord) => ({
  ...{ id, name, environment },
  ...(kid !== undefined && { kid }),
});

function describeTime(judged: JudgedCopy | undefined): Refusal['time'] {
  if (judged?.token === undefined) return { state: 'no-token' };
  const { state, expires, notBefore } = timeState(judged.token.claims, judged.recipient.now);
  return { state, ...(expires !== undefined && { expires }), ...(notBefore !== undefined && { notBefore }) };
}

function describeClaim(verdict: ClaimVerdict): Refusal['claims'][number] {
  const inner = verdict.verdict === 'fail' ? innermost(verdict) : verdict;
  const claim = inner.path.slice(0, 2).join('.');
  return { name: verdict.name, verdict: verdict.verdict, reason: inner.reason, claim };
}

/** Of several claims that refuse, one that is not about time: a fresh token alone would be refused again. */
export function refusedVerdict(judged: JudgedCopy | undefined): ClaimVerdict | undefined {
  const refused = (judged?.claims ?? []).filter(({ verdict }) => verdict === 'fail');
  return refused.find(({ name }) => name !== 'exp' && name !== 'nbf') ?? refused[0];
}

function diffOf(verdict: ClaimVerdict | undefined): Pick<Refusal, 'diff'> {
  const inner = verdict && innermost(verdict);
  if (inner?.expected === undefined || inner.actual === undefined) return {};
  const { expected, actual, at } = inner;
  return { diff: { claim: inner.path.join('.'), expected, actual, ...(at !== undefined && { at }) } };
}

function describeBefore(row: TraceRow, rows: readonly TraceRow[]): Refusal['before'] {
  const passed = rows.filter(
    ({ id, verdict, copy }) => id < row.id && verdict === 'pass' && copy?.slot === row.copy?.slot,
  );
  const last = passed.at(-1)?.id;
  return { passed: passed.length, ...(last !== undefined && { last }) };
}

/** What about the token would have to change; its integrity is no matter of its claims. */
export function mendOf(
  judged: JudgedCopy | undefined,
  cause: TraceRow['cause'],
  { stage }: Pick<RowFacts, 'stage'>,
): Mend | undefined {
  const claims = judged?.token?.claims;
  if (judged === undefined || claims === undefined || (cause !== 'claims' && cause !== 'time')) return undefined;
  return suggestMend(claims, judged.claims, judged.facts, judged.recipient, verifierOf(stage.settings));
}

/** Flowplayer and hls.js take up nothing but a redirect; shaka and dash.js would read a header. */
function describeRenewed(
  { by, token }: NonNullable<RowFacts['answer']['renewed']>,
  { answer, stage }: RowFacts,
): NonNullable<Refusal['renewed']> {
  const expires = stage.tokens.open(token)?.expires;
  const who = answer.by === 'edge' ? 'The edge' : 'The origin';
  const until = expires === undefined ? [] : rich`, which holds until ${time(seconds(expires))}`;
  return {
    by,
    ...(expires !== undefined && { expires: seconds(expires) }),
    sentence:
      by === 'redirect'
        ? rich`${who} redirected to the same file with a fresh token${until}. The player follows, for what it asks for from there.`
        : rich`${who} sent a fresh token along in a ${by}${until}. The player goes on with the one it has.`,
  };
}

const describeMend = ({ sentence, changes, decisions, sufficient }: Mend): NonNullable<Refusal['mend']> => ({
  ...{ sentence, sufficient },
  changes: changes.map(({ claim, before, after, sentence: said }) => ({
    ...{ claim, sentence: said },
    ...(before !== undefined && { before: JSON.stringify(before) }),
    ...(after !== undefined && { after: JSON.stringify(after) }),
  })),
  decisions: decisions.map(({ claim, reason }) => ({ claim, reason })),
});

function sentenceOf(
  row: TraceRow,
  { answer, stage }: RowFacts,
  key: KeyRecord | undefined,
  verdict: ClaimVerdict | undefined,
): RichText {
  const { judged } = answer.judgement;
  const { cause } = row;
  if (cause === undefined)
    return answer.judgement.decision === 'cannot-tell'
      ? rich`It was let through, though not every claim could be judged.`
      : rich`It was let through.`;
  switch (cause) {
    case 'no-token':
      return rich`The request brought no token, and the edge lets nobody in without one.`;
    case 'lost-token':
      return row.lost === 'absolute'
        ? rich`The playlist names this file by its whole address, so the token in the path was left behind.`
        : row.lost === 'root-relative'
          ? rich`The playlist names this file from the root of the host, so the token in the path was left behind.`
          : rich`The token stayed with the first address and did not travel on to this one.`;
    case 'integrity':
      if (key !== undefined && stage.settings.keyId !== null)
        return rich`The token was made with ${literal(key.name)}, a key that this edge does not know.`;
      return rich`No key of this edge made the token: ${judged?.reason ?? rich`it does not verify`}`;
    case 'unreadable':
      return rich`${judged?.reason ?? rich`The token cannot be read`}.`;
    case 'time':
    case 'claims':
      return verdict === undefined
        ? rich`${judged?.reason ?? rich`The token was refused`}.`
        : rich`${innermost(verdict).reason}.`;
    case 'fault':
      return rich`The edge was told to answer ${String(answer.status)}. The token is not to blame.`;
    case 'origin':
      return rich`The origin answered ${String(answer.status)}. Its reasons are its own; what the token says about this request stands below.`;
    case 'no-answer':
      return rich`${answer.said ?? 'The origin did not answer.'}`;
    case 'missing':
      return rich`The token was let through, and nothing of that name is there.`;
    case 'cors':
      return rich`It was answered with ${String(answer.status)}, but without a CORS header that names the page: the browser hides the answer, and the player sees status ${'0'}.`;
  }
}

function fixOf(
  row: TraceRow,
  { answer, stage }: RowFacts,
  mend: Mend | undefined,
  key: KeyRecord | undefined,
  { spare, keys }: RowSurroundings,
): Refusal['fix'] {
  const { settings } = stage;
  const withKey = (id: KeyId | undefined) => (id === undefined ? {} : { keyId: id });
  const { cause } = row;
  if (cause === 'fault' || cause === 'cors' || (cause === 'time' && settings.fault.kind === 'expire')) {
    const faulty = settings.fault.kind !== 'none';
    if (faulty) return { kind: 'clear-fault', sentence: rich`Switch the fault off` };
    return {
      kind: 'none',
      sentence: rich`The server has to send Access-Control-Allow-Origin, with its refusals as well`,
    };
  }
  if (cause === 'lost-token')
    return { kind: 'addresses', sentence: rich`Name the files of the playlist by relative addresses` };
  if (cause === 'no-token' && spare !== undefined) return { kind: 'use-token', sentence: rich`Use token ${spare}` };
  if (cause === 'integrity' && key !== undefined && settings.keyId !== null)
    return { kind: 'change-key', sentence: rich`Let the edge know ${literal(key.name)}`, keyId: key.id };
  const signer = key ?? (cause === 'integrity' ? keys.find((one) => one.id === settings.keyId) : undefined);
  if (cause === 'integrity' && answer.judgement.judged?.token?.claims !== undefined)
    return {
      kind: 'reissue',
      sentence: rich`Make the same token anew with a key that the edge knows`,
      ...withKey(signer?.id),
    };
  if (mend === undefined) return { kind: 'none', sentence: rich`Nothing about the token would help` };
  const kind = isOurs(mend) ? 'reissue' : 'decide';
  return { kind, sentence: mend.sentence, ...withKey(key?.id) };
}

/** Whether the mend is enough, and takes no decision from anybody: a used-up token only wants an id of its own. */
export const isOurs = ({ sufficient, decisions }: Mend): boolean =>
  sufficient || (decisions.length > 0 && decisions.every(({ claim }) => claim === 'catreplay'));
