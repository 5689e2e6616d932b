import { createHash, createPublicKey, KeyObject, randomUUID } from 'node:crypto';
import { encodeBase64url } from '../../shared/bytes/base64.ts';
import { encodeHex } from '../../shared/bytes/hex.ts';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { IssueLogEntry, NegativeTokenView, SignedToken } from '../../shared/contract/issue.ts';
import type { CryptoPort } from '../../shared/cose/crypto-port.ts';
import { openEnvelope } from '../../shared/cose/open.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { toPlainText } from '../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../shared/explain/time-style.ts';
import type { Draft } from '../../shared/issue/draft.ts';
import { type IssuedToken, issueToken } from '../../shared/issue/issue-token.ts';
import { withKeyDefaults } from '../../shared/issue/key-defaults.ts';
import { createNegativePack } from '../../shared/issue/negative-pack.ts';
import { prepareToken } from '../../shared/issue/prepare-token.ts';
import { resolveTimes } from '../../shared/issue/relative-times.ts';
import type { Target, TargetId } from '../../shared/issue/target.ts';
import { findTarget } from '../../shared/issue/targets.ts';
import { isZone } from '../../shared/issue/time-zone.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { millis, type Seconds, seconds } from '../../shared/units.ts';
import type { Keys } from '../keys/keys.ts';
import { issueError } from './issue-error.ts';
import type { IssueLog } from './issue-log.ts';
import { openSigningKey, type SigningKey } from './signing-key.ts';

type Request = ParsedInput<'issue.negativePack'>;
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Makes tokens of the window's drafts. It encodes what it signs itself, so a broken window is no signing oracle. */
export interface Issuing {
  sign(request: ParsedInput<'issue.sign'>): Promise<Result<SignedToken, AppError>>;
  /** writes down a token that was made as a draft; nothing happens to one that is in the log, or that nobody knows */
  handOver(id: string): Promise<void>;
  negativePack(
    request: Request,
  ): Promise<Result<{ readonly right: SignedToken; readonly negatives: Mutable<NegativeTokenView>[] }, AppError>>;
}

export interface IssuingOptions {
  readonly keys: Pick<Keys, 'list' | 'secret' | 'noteUse'>;
  readonly log: IssueLog;
  readonly crypto: CryptoPort;
  readonly now?: () => number;
}

/** A person hands over what stands on the screen, or what stood there a moment ago. */
const MOST_DRAFTS = 50;

export function createIssuing({ keys, log, crypto, now = Date.now }: IssuingOptions): Issuing {
  async function open(request: Request): Promise<Result<Opened, AppError>> {
    const target = findTarget(request.target);
    if (target === undefined || !isZone(request.zone)) return err(createError('ERR_IPC_INPUT'));
    const key = await openSigningKey(keys, request.keyId, request.confirmName);
    if (!key.ok) return key;
    const at = seconds(Math.floor(now() / 1000));
    const claims = resolveTimes(request.draft.claims, { now: at, zone: request.zone });
    if (!claims.ok) return err(createError('ERR_ISSUE_CLAIMS', { problems: claims.error }));
    const { record, candidate } = key.value;
    const alg = candidate.alg ?? record.alg;
    const kid = record.kid ?? candidate.kid;
    const draft = withKeyDefaults(
      { ...request.draft, claims: claims.value },
      { ...record, ...(alg !== undefined && { alg }), ...(kid !== undefined && { kid }) },
    );
    const issued = issueToken(draft, target, candidate.material, crypto);
    return issued.ok ? ok({ draft, target, key: key.value, at, issued: issued.value }) : err(issueError(issued.error));
  }

  const describe = (
    { key: { record }, target, issued }: Opened,
    kind: 'single' | 'pack',
    count: number,
  ): IssueLogEntry => ({
    ...{ ...describeToken(issued.bytes), ...ownersView(record, target.id) },
    ...{ at: millis(now()), kind, count },
  });
  const remember = async ({ key: { record } }: Opened, entry: IssueLogEntry) => {
    await keys.noteUse(record.id);
    // the token exists whether or not it can be remembered
    await log.add(entry);
  };
  const answer = ({ key, issued }: Opened, { id }: IssueLogEntry): SignedToken => ({
    id,
    token: issued.text,
    size: issued.bytes.length,
    notes: issued.notes.map((note) => ({ ...note })),
    signedAt: millis(now()),
    readAs: key.candidate.encoding,
  });
  /** what was made while somebody typed, newest last */
  const drafts = new Map<string, () => Promise<void>>();

  return {
    sign: async (request) => {
      const opened = await open(request);
      if (!opened.ok) return opened;
      const entry = describe(opened.value, 'single', 1);
      if (request.isDraft === true && opened.value.key.record.environment === 'dev') {
        drafts.set(entry.id, () => remember(opened.value, entry));
        const [oldest] = drafts.keys();
        if (drafts.size > MOST_DRAFTS && oldest !== undefined) drafts.delete(oldest);
      } else await remember(opened.value, entry);
      return ok(answer(opened.value, entry));
    },
    handOver: async (id) => {
      const write = drafts.get(id);
      drafts.delete(id);
      await write?.();
    },
    negativePack: async (request) => {
      const opened = await open(request);
      if (!opened.ok) return opened;
      const { draft, target, key, at } = opened.value;
      const prepared = prepareToken(draft, target);
      if (!prepared.ok) return err(createError('ERR_ISSUE_CLAIMS', { problems: prepared.error }));
      const publicKey = publicKeyOf(key);
      const pack = createNegativePack(
        { prepared: prepared.value, key: key.candidate.material, now: at, ...(publicKey && { publicKey }) },
        crypto,
      );
      if (!pack.ok) return err(createError('ERR_ISSUE_KEY', { message: pack.error.message }));
      const entry = describe(opened.value, 'pack', pack.value.length + 1);
      await remember(opened.value, entry);
      const negatives = pack.value.map(({ id, title, stoppedBy, must, bytes, outcomes }) => ({
        ...{ id, title, stoppedBy, must, token: encodeBase64url(bytes), size: bytes.length },
        outcomes: outcomes.map(({ why, ...outcome }) => ({ ...outcome, why: toPlainText(why, UTC_STYLE) })),
      }));
      return ok({ right: answer(opened.value, entry), negatives });
    },
  };
}

interface Opened {
  readonly draft: Draft;
  readonly target: Target;
  readonly key: SigningKey;
  readonly at: Seconds;
  readonly issued: IssuedToken;
}

/** The public half of a key pair, for the negative that uses it as a secret. */
function publicKeyOf({ candidate: { material } }: SigningKey): Uint8Array | undefined {
  if (material.kind !== 'asymmetric' || !(material.key.handle instanceof KeyObject)) return undefined;
  return new Uint8Array(createPublicKey(material.key.handle).export({ type: 'spki', format: 'der' }));
}

export const ownersView = (
  { name, environment }: SigningKey['record'],
  target: TargetId,
): Pick<IssueLogEntry, 'id' | 'keyName' | 'environment' | 'target'> => ({
  id: randomUUID(),
  keyName: name,
  environment,
  target,
});

/** What the log keeps of a token, read from the token itself. */
export function describeToken(
  bytes: Uint8Array,
): Pick<IssueLogEntry, 'kid' | 'cti' | 'expires' | 'claimsDigest' | 'size'> {
  const { kid, payload } = openEnvelope(bytes);
  const entries = payload?.claims?.kind === 'map' ? payload.claims.entries : [];
  const value = (label: number) => entries.find(({ key }) => key.kind === 'int' && key.value === label)?.value;
  const [cti, exp] = [value(CTI), value(EXP)];
  return {
    ...(kid !== undefined && { kid: kid.text ?? encodeHex(kid.bytes) }),
    ...(cti?.kind === 'bytes' && { cti: encodeHex(cti.value) }),
    ...((exp?.kind === 'int' || exp?.kind === 'float') && { expires: Number(exp.value) }),
    // of encrypted claims what is encrypted
    claimsDigest: createHash('sha256')
      .update(payload?.bytes ?? bytes)
      .digest('hex')
      .slice(0, 32),
    size: bytes.length,
  };
}
const EXP = 4;
const CTI = 7;
