import type { KeyRecord } from '../../../shared/contract/keys.ts';
import type { PreviewSource } from '../../../shared/contract/preview.ts';
import type { AppError } from '../../../shared/errors.ts';
import { type Draft, EMPTY_DRAFT } from '../../../shared/issue/draft.ts';
import type { NegativeId } from '../../../shared/issue/negative-recipes.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../platform/platform.ts';

/** What the token of a stream covers. `folder` misses whatever a playlist lists elsewhere. */
export type RuleChoice = 'id' | 'folder';

export interface Order {
  readonly key: KeyRecord;
  readonly rule: RuleChoice;
  /** from now on, as `issue/moments.ts` reads it: `+10 min` */
  readonly until: string;
  /** seconds that the edge adds, where the token lets itself be renewed by a header (catr) */
  readonly renewsBy?: number;
  /** the key's name, typed by a person, where the key asks for it */
  readonly confirmName?: string;
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
/** as the OVP would make it; it knows nothing of renewals, so a token with one is the standard's */
const targetOf = ({ renewsBy }: Order): 'flowplayer-ovp' | 'cta-5007-b' =>
  renewsBy === undefined ? 'flowplayer-ovp' : 'cta-5007-b';

/**
 * The part of an address that all of its stream has: the OVP's id where the path has it (a livestream's often has another),
 * else an id in the path, else the folder.
 */
export function ruleOf(source: PreviewSource, choice: RuleChoice): { readonly match: string; readonly text: string } {
  const { pathname } = new URL(source.url);
  const folder = pathname.slice(0, pathname.lastIndexOf('/') + 1);
  if (choice === 'folder') return { match: 'prefix', text: folder };
  const known = source.mediaId !== undefined && pathname.includes(source.mediaId) ? source.mediaId : undefined;
  return { match: 'contains', text: known ?? ID.exec(pathname)?.[0] ?? folder };
}

function draftOf(source: PreviewSource, { rule, until, renewsBy }: Order): Draft {
  const { match, text } = ruleOf(source, rule);
  const renewal = renewsBy === undefined ? {} : { catr: { type: 'header', expadd: renewsBy } };
  return { ...EMPTY_DRAFT, claims: { exp: until, iat: 'now', catv: 1, catu: { path: { [match]: text } }, ...renewal } };
}

const requestOf = (source: PreviewSource, order: Order) => ({
  draft: draftOf(source, order),
  target: targetOf(order),
  keyId: order.key.id,
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  ...(order.confirmName === undefined ? {} : { confirmName: order.confirmName }),
});

/** A token of this stream, signed in main by a key of the key ring. */
export async function issueHere(
  platform: Platform,
  source: PreviewSource,
  order: Order,
): Promise<Result<string, AppError>> {
  const answer = await platform.issue.sign(requestOf(source, order));
  return answer.ok ? ok(answer.value.token) : answer;
}

/** The same token with one thing wrong in it. */
export async function issueWrong(
  platform: Platform,
  source: PreviewSource,
  order: Order,
  id: NegativeId,
): Promise<Result<string, AppError>> {
  const answer = await platform.issue.negativePack(requestOf(source, order));
  if (!answer.ok) return answer;
  return ok(answer.value.negatives.find((negative) => negative.id === id)?.token ?? answer.value.right.token);
}

export const canSign = (key: KeyRecord): boolean => key.secret === 'ready' && key.part !== 'public';

/** Keys for the preview's own tokens, the likeliest first: never one that real viewers play with unless it is chosen. */
export const signingKeys = (keys: readonly KeyRecord[]): readonly KeyRecord[] =>
  keys.filter(canSign).toSorted((a, b) => RANK[a.environment] - RANK[b.environment]);
const RANK = { dev: 0, stage: 1, prod: 2 } as const;

/** A key for development that can sign: one of the key ring, or one that is made now. */
export async function devKey(platform: Platform, keys: readonly KeyRecord[]): Promise<Result<KeyRecord, AppError>> {
  const known = signingKeys(keys).find(({ environment }) => environment === 'dev');
  if (known !== undefined) return ok(known);
  const name = freeName(keys);
  const made = await platform.keys.generate({ alg: 'HS256', environment: 'dev', name, kid: name });
  return made.ok ? ok(made.value) : err(made.error);
}

function freeName(keys: readonly KeyRecord[]): string {
  const names = new Set(keys.map(({ name }) => name));
  let number = 1;
  const nameOf = () => (number === 1 ? 'preview' : `preview-${number}`);
  while (names.has(nameOf())) number += 1;
  return nameOf();
}
