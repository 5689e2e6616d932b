import type { EdgeSettings, RowCause, TraceRow } from '../../../shared/contract/preview.ts';
import type { WalkEntry } from '../../../shared/contract/preview-walk.ts';
import type { Millis } from '../../../shared/units.ts';
import type { VerdictKind } from '../../ui/verdict.tsx';

const CAUSES: Readonly<Record<RowCause, string>> = {
  // the verdict says so already
  'no-token': '',
  'lost-token': '',
  unreadable: 'not a token',
  integrity: 'wrong key',
  time: 'not in time',
  claims: 'a claim',
  fault: 'fault switched on',
  origin: 'the origin refused',
  'no-answer': 'no answer',
  missing: 'not there',
  cors: 'no CORS header',
};

/** What stands beside the verdict of a row: the claim that refused, or why else. */
export const describeCause = (row: Pick<TraceRow, 'cause' | 'claim'>): string =>
  row.cause === undefined ? '' : (row.claim ?? CAUSES[row.cause]);

export function verdictOf(row: Pick<TraceRow, 'verdict' | 'cause'>): {
  readonly kind: VerdictKind;
  readonly word?: string;
} {
  if (row.cause === 'no-token') return { kind: 'not-checked', word: 'No token' };
  if (row.cause === 'lost-token') return { kind: 'not-checked', word: 'Token lost' };
  switch (row.verdict) {
    case 'pass':
      return { kind: 'pass' };
    case 'fail':
      return { kind: 'fail' };
    case 'unknown':
      return { kind: 'cannot-know' };
    case 'none':
      return { kind: 'not-checked' };
  }
}

const KINDS: Readonly<Record<TraceRow['kind'], string>> = {
  master: 'playlist',
  playlist: 'playlist',
  segment: 'segment',
  init: 'init',
  key: 'key',
  subtitles: 'subtitles',
  image: 'image',
  other: 'other',
};
export const describeKind = (kind: TraceRow['kind']): string => KINDS[kind];

export function describeCopy({ copy, copies }: TraceRow): string {
  if (copy === undefined) return 'none';
  const where = copy.slot === null ? copy.channel : `${copy.channel}, ${copy.slot}`;
  return copies > 1 ? `${where} of ${copies}` : where;
}

export const describeLost = (lost: NonNullable<TraceRow['lost']>): string =>
  lost === 'absolute'
    ? 'the playlist names an absolute address, which leaves the token behind'
    : lost === 'root-relative'
      ? 'the playlist names an address from the root, which leaves the token behind'
      : 'the playlist leads somewhere else, which leaves the token behind';

const UNREAD: Readonly<Record<NonNullable<WalkEntry['unread']>, string>> = {
  again: 'walked above',
  refused: 'not read: it would be refused',
  missing: 'not read: it is not there',
  'no-playlist': 'not read: it is no HLS playlist',
  'no-answer': 'not read: the server did not answer',
  'too-many': 'not read: there are too many playlists',
};
export const describeUnread = (unread: NonNullable<WalkEntry['unread']>): string => UNREAD[unread];

/** `7c9e2b41…a517` for a UUID: what differs in an address is seldom in there, and stays in its title. */
export const shortenIds = (path: string): string =>
  path.replace(/([0-9a-f]{8})-(?:[0-9a-f]{4}-){3}[0-9a-f]{8}([0-9a-f]{4})/gi, '$1…$2');

const TIME = new Intl.DateTimeFormat('en-GB', {
  hourCycle: 'h23',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
/** `14:07:08.412` */
export const formatInstant = (at: Millis): string => TIME.format(at);
/** `14:07:08` */
export const formatClockTime = (at: Millis): string => formatInstant(at).slice(0, -'.000'.length);

export const formatSize = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${(bytes / 1000).toFixed(1)} kB`
      : `${(bytes / 1_000_000).toFixed(2)} MB`;

/** `4:12`, `1:59:48` */
export function formatSpan(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (number: number) => String(number).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

export const CLOCKS = [
  { id: '0', title: 'as yours' },
  { id: '5000', title: '5 s ahead' },
  { id: '60000', title: '1 min ahead' },
  { id: '600000', title: '10 min ahead' },
  { id: '86400000', title: '1 day ahead' },
  { id: '-5000', title: '5 s behind' },
  { id: '-60000', title: '1 min behind' },
  { id: '-600000', title: '10 min behind' },
] as const;
export const describeClock = (offset: number): string =>
  CLOCKS.find(({ id }) => Number(id) === offset)?.title ??
  `${formatSpan(Math.abs(offset) / 1000)} ${offset < 0 ? 'behind' : 'ahead'}`;

export interface FaultEntry {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly fault: EdgeSettings['fault'];
}
export const FAULTS: readonly FaultEntry[] = [
  { id: 'none', title: 'none', hint: 'Answers as it should', fault: { kind: 'none' } },
  { id: 'slow', title: 'slow', hint: 'Every answer waits 3 s', fault: { kind: 'slow', millis: 3000 } },
  { id: 'status', title: '503', hint: 'Every answer is 503', fault: { kind: 'status', status: 503 } },
  { id: 'expire', title: 'expired now', hint: 'Every token counts as expired', fault: { kind: 'expire' } },
  {
    id: 'no-cors',
    title: 'no CORS header',
    hint: 'Pages may not read the answers: players see status 0',
    fault: { kind: 'no-cors' },
  },
];

export const ADDRESSES: readonly {
  readonly id: EdgeSettings['addresses'];
  readonly title: string;
  readonly hint: string;
}[] = [
  { id: 'relative', title: 'relative', hint: 'As they are: the token in the path comes along' },
  { id: 'root-relative', title: 'from the root', hint: '/hls/…: the token in the path is lost' },
  { id: 'absolute', title: 'absolute', hint: 'https://…: the token in the path is lost' },
  { id: 'two-folders', title: 'two folders', hint: 'The best rendition lies in /hls-hq/…' },
];

export const CARRIES: readonly { readonly id: EdgeSettings['carry']; readonly title: string; readonly hint: string }[] =
  [
    { id: 'path', title: 'path /pt:', hint: 'As Flowplayer does it: /pt:TOKEN in front of the path' },
    { id: 'query', title: 'query ?CAT=', hint: 'On the first playlist only: what it lists has none' },
    { id: 'header', title: 'header', hint: 'CTA-Common-Access-Token, on every request' },
  ];
