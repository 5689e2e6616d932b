import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../main/crypto/node-crypto.ts';
import { loadIssueLog } from '../../../../main/issue/issue-log.ts';
import { createIssuing } from '../../../../main/issue/issuing.ts';
import { refOf } from '../../../../main/keys/key-ring.ts';
import { createRenew } from '../../../../main/preview/renew-token.ts';
import type { KeyRecord } from '../../../../shared/contract/keys.ts';
import { keepOpened } from '../../../../shared/edge/open-token.ts';
import type { RenewalPlan } from '../../../../shared/edge/renewal.ts';
import { KEY, readBack } from '../../issue/issuing.ts';
import { temporaryFolder } from '../batch/tables.ts';
import { NOW, tokenWith } from '../edge/stages.ts';
import { keysWith } from '../issue/keys.ts';

const PLAN: RenewalPlan = {
  ...{ by: 'header', name: 'x', params: [], status: 302 },
  ...{ issuedAt: NOW / 1000, expires: NOW / 1000 + 300 },
};
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function renewWith(key: (keys: ReturnType<typeof keysWith>) => KeyRecord | undefined) {
  const keys = keysWith();
  const { log } = await loadIssueLog(path.join(folder, 'log.json'), () => undefined);
  const issuing = createIssuing({ keys, log, crypto: nodeCrypto, now: () => NOW });
  const warnings: string[] = [];
  const renew = createRenew({ keys, issuing, log: { warn: (_area, message) => void warnings.push(message) } });
  const record = key(keys);
  const candidates = record === undefined ? [] : [{ ...KEY, ref: refOf(record) }];
  const token = keepOpened(candidates, nodeCrypto).open(tokenWith({ sub: 'me' }));
  if (token === undefined) throw new Error('no token');
  return { renewed: await renew(token, PLAN), log: log.list(), warnings };
}

it('renews with the key that made the token, as a draft that nobody has to hand over', async () => {
  const { renewed, log } = await renewWith(({ dev }) => dev);
  const { json, integrity } = readBack(new Uint8Array(Buffer.from(renewed ?? '', 'base64url')));
  expect(integrity.state).toBe('verified');
  expect(json).toMatchObject({ sub: 'me', exp: NOW / 1000 + 300, iat: NOW / 1000 });
  expect(log).toEqual([]);
});

it.each([
  ['for production', (keys: ReturnType<typeof keysWith>) => keys.prod],
  ['that only verifies', (keys: ReturnType<typeof keysWith>) => keys.verifies],
  ['that is locked away', (keys: ReturnType<typeof keysWith>) => keys.locked],
])('renews nothing with a key %s, and says so in the log', async (_what, key) => {
  const { renewed, warnings } = await renewWith(key);
  expect(renewed).toBeUndefined();
  expect(warnings).toHaveLength(1);
});

it('renews nothing that no key here made', async () => {
  expect(await renewWith(() => undefined)).toMatchObject({ renewed: undefined, warnings: [] });
});
