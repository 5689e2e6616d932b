import type { IssueLogEntry } from '../contract/issue.ts';
import { seconds, toMillis } from '../units.ts';

/** The log as a file: who issued what and when. CSV has a head line (RFC 4180), JSON is an array of the same members. */
export function writeIssueLog(entries: readonly IssueLogEntry[], format: 'csv' | 'json'): string {
  const rows = entries.map(describe);
  if (format === 'json') return `${JSON.stringify(rows, undefined, 2)}\n`;
  return [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))]
    .map((cells) => `${cells.map((cell) => quote(String(cell ?? ''))).join(',')}\r\n`)
    .join('');
}

const COLUMNS = [
  'issued',
  'key',
  'environment',
  'workspace',
  'kid',
  'target',
  'cti',
  'expires',
  'claims_digest',
  'size',
  'kind',
  'tokens',
] as const;

type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], string | number>>>;

function describe(entry: IssueLogEntry): Row {
  const { environment, workspace, kid, cti, expires } = entry;
  return {
    issued: new Date(entry.at).toISOString(),
    key: entry.keyName,
    ...(environment !== undefined && { environment }),
    ...(workspace !== undefined && { workspace }),
    ...(kid !== undefined && { kid }),
    target: entry.target,
    ...(cti !== undefined && { cti }),
    ...(expires !== undefined && { expires: momentOf(expires) }),
    claims_digest: entry.claimsDigest,
    size: entry.size,
    kind: entry.kind,
    tokens: entry.count,
  };
}

/** ISO 8601 in UTC; a number where no date goes that far. */
function momentOf(at: number): string | number {
  const date = new Date(toMillis(seconds(at)));
  return Number.isNaN(date.getTime()) ? at : date.toISOString();
}

/** A name may be any text: spreadsheets take one that begins like a formula for a formula, unless a quote stands before it. */
function quote(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
