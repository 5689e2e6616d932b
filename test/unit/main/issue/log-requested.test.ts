import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { logRequested } from '../../../../main/issue/log-requested.ts';
import type { IssueLogEntry } from '../../../../shared/contract/issue.ts';
import type { OvpWorkspace } from '../../../../shared/contract/ovp.ts';
import { createError } from '../../../../shared/errors.ts';
import { err, ok } from '../../../../shared/result.ts';
import { millis } from '../../../../shared/units.ts';
import { issue } from '../../issue/issuing.ts';
import { keysWith } from './keys.ts';

const WORKSPACE = 'ws-1';
const TOKEN = issue('flowplayer-ovp', { exp: 1_900_000_000, cti: { hex: '0b71' } }).text;

async function request(token: string | undefined, kid: string) {
  const entries: IssueLogEntry[] = [];
  const keys = keysWith();
  const asked = logRequested({
    ovp: {
      'ovp.requestToken': () =>
        token === undefined ? err(createError('ERR_OVP_CANCELLED')) : ok({ token, notes: [] }),
      'ovp.workspaces': () => ok([{ id: WORKSPACE, name: 'Nordlys' } as OvpWorkspace]),
      'ovp.keys': () => ok({ offered: 'yes', keys: [{ kid: 'k9', name: 'by the OVP' }] }),
    },
    keys: { list: async () => (await keys.list()).map((key) => ({ ...key, workspace: WORKSPACE })) },
    log: { add: async (entry) => ok(void entries.push(entry)) },
    now: () => 1_795_525_652_000,
  });
  const answer = await asked({ workspace: WORKSPACE, kid, claims: {} });
  return { answer, entries };
}

it('writes down a token that the OVP made, with the key that is here as well', async () => {
  const { answer, entries } = await request(TOKEN, 'k1');
  expect(answer).toEqual(ok({ token: TOKEN, notes: [] }));
  expect(entries).toMatchObject([
    {
      ...{ keyName: 'dev-1', environment: 'dev', kid: 'k1', workspace: 'Nordlys', target: 'flowplayer-ovp' },
      ...{ cti: '0b71', expires: 1_900_000_000, kind: 'single', count: 1, at: millis(1_795_525_652_000) },
    },
  ]);
  expect(JSON.stringify(entries)).not.toContain(TOKEN.slice(-20));
});

it('has the OVP’s name for a key that is not here, and no environment', async () => {
  const [entry] = (await request(TOKEN, 'k9')).entries;
  expect(entry).toMatchObject({ keyName: 'by the OVP', kid: 'k9' });
  expect(entry).not.toHaveProperty('environment');
  expect((await request(TOKEN, 'k7')).entries).toMatchObject([{ keyName: 'k7' }]);
});

it('keeps a digest of an answer that is no token, and nothing of a request that failed', async () => {
  const text = 'no token, it’s text';
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 32);
  expect((await request(text, 'k1')).entries).toMatchObject([{ claimsDigest: digest, kid: 'k1' }]);
  expect((await request(undefined, 'k1')).entries).toEqual([]);
});
