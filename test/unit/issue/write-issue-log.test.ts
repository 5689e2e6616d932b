import Papa from 'papaparse';
import { expect, it } from 'vitest';
import type { IssueLogEntry } from '../../../shared/contract/issue.ts';
import { writeIssueLog } from '../../../shared/issue/write-issue-log.ts';
import { millis } from '../../../shared/units.ts';

const ENTRY: IssueLogEntry = {
  ...{ id: '5a0e6c1d-1111-4222-8333-444455556666', at: millis(1_795_525_652_000), keyName: 'stage-1', kid: 'k1' },
  ...{ environment: 'stage', target: 'akamai', cti: '0b71', expires: 1_795_532_852, kind: 'single', count: 1 },
  ...{ claimsDigest: '00112233445566778899aabbccddeeff', size: 135 },
};
const { environment: _, cti: __, expires: ___, kid: ____, ...BARE } = ENTRY;
const ODD: IssueLogEntry = { ...BARE, keyName: '=1+1, "two"\nlines', workspace: '@Nordlys', expires: 1e300 };

const EXPECTED = {
  ...{ issued: '2026-11-24T13:07:32.000Z', key: 'stage-1', environment: 'stage', kid: 'k1', target: 'akamai' },
  ...{ cti: '0b71', expires: '2026-11-24T15:07:32.000Z', claims_digest: ENTRY.claimsDigest, size: 135 },
  ...{ kind: 'single', tokens: 1 },
};

it('writes an entry a line as CSV that any reader takes, and nothing a spreadsheet takes for a formula', () => {
  const { data, errors } = Papa.parse<Record<string, string>>(writeIssueLog([ENTRY, ODD], 'csv').trimEnd(), {
    header: true,
  });
  expect(errors).toEqual([]);
  expect(data).toHaveLength(2);
  expect(data[0]).toEqual({ ...EXPECTED, workspace: '', size: '135', tokens: '1' });
  expect(data[1]).toMatchObject({ key: '\'=1+1, "two"\nlines', workspace: "'@Nordlys", cti: '', expires: '1e+300' });
});

it('writes the same as JSON, with what is not known left out', () => {
  const [entry, odd] = JSON.parse(writeIssueLog([ENTRY, ODD], 'json')) as unknown[];
  expect(entry).toEqual(EXPECTED);
  expect(odd).toMatchObject({ key: ODD.keyName, workspace: '@Nordlys', expires: 1e300 });
  expect(odd).not.toHaveProperty('environment');
});

it('has a head line when nothing was issued', () => {
  expect(writeIssueLog([], 'csv')).toMatch(/^issued,key,.*tokens\r\n$/);
  expect(writeIssueLog([], 'json')).toBe('[]\n');
});
