import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../main/crypto/node-crypto.ts';
import { loadIssueLog } from '../../../../main/issue/issue-log.ts';
import { createIssuing } from '../../../../main/issue/issuing.ts';
import { createTemplatesFolder } from '../../../../main/issue/templates-folder.ts';
import { decodeBase64url } from '../../../../shared/bytes/base64.ts';
import { issueCommands } from '../../../../shared/contract/issue.ts';
import { BUILT_IN_TEMPLATES } from '../../../../shared/issue/templates/built-in.ts';
import type { JsonObject } from '../../../../shared/json.ts';
import { readBack, SECRET_HEX } from '../../issue/issuing.ts';
import { temporaryFolder } from '../batch/tables.ts';
import { keysWith } from './keys.ts';

const NOW = 1_795_525_652_000;
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function start() {
  const keys = keysWith();
  const { log } = await loadIssueLog(path.join(folder, 'log.json'), () => undefined);
  return { keys, log, issuing: createIssuing({ keys, log, crypto: nodeCrypto, now: () => NOW }) };
}

function request(keyId: string, claims: JsonObject, more: Record<string, unknown> = {}) {
  const draft = { claims, kept: [], envelope: {} };
  return issueCommands['issue.sign'].input.parse({
    draft,
    target: 'flowplayer-ovp',
    keyId,
    zone: 'Europe/Stockholm',
    ...more,
  });
}

const open = (token: string) => {
  const bytes = decodeBase64url(token);
  if (!bytes.ok) throw new Error('no base64url');
  return readBack(bytes.value);
};

describe('signing in main', () => {
  it('makes a token that verifies, by its own clock, and writes down that it did', async () => {
    const { issuing, keys, log } = await start();
    const cti = { hex: '0b71' };
    const signed = await issuing.sign(
      request(keys.dev.id, { exp: 'tonight 23:59', iat: 'now', cti, catu: { path: { contains: 'id' } } }),
    );
    if (!signed.ok) throw new Error(signed.error.message);
    const answer = issueCommands['issue.sign'].output.parse(signed.value);
    const { json, integrity, envelope } = open(answer.token);
    expect(integrity.state).toBe('verified');
    expect(json).toEqual({ exp: 1_795_561_140, iat: NOW / 1000, cti, catu: { path: { contains: 'id' } } });
    expect(envelope.kid?.text).toBe('k1');
    expect(answer).toMatchObject({ readAs: 'hex', signedAt: NOW });
    expect(keys.used).toEqual([keys.dev.id]);
    expect(log.list()).toMatchObject([
      {
        kind: 'single',
        count: 1,
        keyName: 'dev-1',
        kid: 'k1',
        cti: '0b71',
        expires: 1_795_561_140,
        target: 'flowplayer-ovp',
      },
    ]);
    await log.settled();
    const written = fs.readFileSync(path.join(folder, 'log.json'), 'utf8');
    expect(written).not.toContain(answer.token.slice(-20));
    expect(written).not.toContain(SECRET_HEX);
    expect((await log.clear()).ok && log.list()).toEqual([]);
  });

  it('writes what was made while somebody typed into the log once it is handed over', async () => {
    const { issuing, keys, log } = await start();
    const draft = (keyId: string, more = {}) => ({
      ...request(keyId, { exp: '+1h', cti: { hex: '0b71' } }, more),
      isDraft: true,
    });
    const first = await issuing.sign(draft(keys.dev.id));
    const second = await issuing.sign(draft(keys.dev.id));
    if (!first.ok || !second.ok) throw new Error('not signed');
    expect(log.list()).toEqual([]);
    expect(keys.used).toEqual([]);
    await issuing.handOver(second.value.id);
    await issuing.handOver(second.value.id);
    await issuing.handOver('5a0e6c1d-1111-4222-8333-444455556666');
    expect(log.list()).toMatchObject([{ id: second.value.id, kind: 'single', cti: '0b71' }]);
    expect(keys.used).toEqual([keys.dev.id]);
    // of a key that is not for development every token is written down
    await issuing.sign(draft(keys.prod.id, { confirmName: 'prod-2' }));
    expect(log.list()).toHaveLength(2);
  });

  it.each([
    ['nothing', undefined, false],
    ['another name', 'prod-1', false],
    ['its name', ' prod-2 ', true],
  ])('takes %s for a production key', async (_what, confirmName, isSigned) => {
    const { issuing, keys } = await start();
    const more = confirmName === undefined ? {} : { confirmName };
    for (const sign of [issuing.sign, issuing.negativePack]) {
      const signed = await sign(request(keys.prod.id, { exp: '+1h' }, more));
      expect(signed.ok).toBe(isSigned);
      if (!signed.ok)
        expect(signed.error).toMatchObject({ code: 'ERR_ISSUE_CONFIRM', message: expect.stringContaining('prod-2') });
    }
  });

  it('says what is wrong, and where', async () => {
    const { issuing, keys, log } = await start();
    const attempt = async (id: string, claims: JsonObject, more = {}) => {
      const signed = await issuing.sign(request(id, claims, more));
      return signed.ok ? undefined : signed.error;
    };
    expect(await attempt(keys.dev.id, { exp: 'soon', catu: 5 })).toMatchObject({
      code: 'ERR_ISSUE_CLAIMS',
      problems: [{ path: ['exp'] }],
    });
    expect(await attempt(keys.dev.id, { exp: 1, catu: { path: { contains: 5 } } })).toMatchObject({
      code: 'ERR_ISSUE_CLAIMS',
      problems: [{ path: ['catu', 'path', 'contains'] }],
    });
    expect(await attempt(keys.dev.id, {})).toMatchObject({ code: 'ERR_ISSUE_REFUSED', problems: [{ path: ['exp'] }] });
    expect(await attempt(keys.dev.id, { exp: 1, catv: 2 })).toMatchObject({
      code: 'ERR_ISSUE_REFUSED',
      problems: [{ path: ['catv'] }],
    });
    expect(await attempt(keys.verifies.id, { exp: 1 })).toMatchObject({ code: 'ERR_ISSUE_KEY' });
    expect(await attempt(keys.locked.id, { exp: 1 })).toMatchObject({ code: 'ERR_SECRETS_LOCKED' });
    expect(await attempt('00000000-0000-4000-8000-000000000009', { exp: 1 })).toMatchObject({
      code: 'ERR_KEY_NOT_FOUND',
    });
    expect(await attempt(keys.dev.id, { exp: 1 }, { zone: 'Mars/Base' })).toMatchObject({ code: 'ERR_IPC_INPUT' });
    expect(log.list()).toEqual([]);
  });

  it('never takes bytes to sign', () => {
    const { input } = issueCommands['issue.sign'];
    const good = {
      draft: { claims: {}, kept: [], envelope: {} },
      target: 'akamai',
      keyId: keysWith().dev.id,
      zone: 'UTC',
    };
    expect(input.safeParse(good).success).toBe(true);
    expect(input.safeParse({ ...good, bytes: 'aa' }).success).toBe(false);
    expect(input.safeParse({ ...good, draft: { ...good.draft, payload: 'aa' } }).success).toBe(false);
    expect(input.safeParse({ ...good, draft: { ...good.draft, kept: [{ label: '04', value: 'zz' }] } }).success).toBe(
      false,
    );
  });

  it('gives the negatives of a token with what must happen to each', async () => {
    const { issuing, keys, log } = await start();
    const made = await issuing.negativePack(request(keys.dev.id, { exp: '+1h', catu: { path: { contains: 'id' } } }));
    if (!made.ok) throw new Error(made.error.message);
    const { right, negatives } = issueCommands['issue.negativePack'].output.parse(made.value);
    expect(open(right.token).integrity.state).toBe('verified');
    expect(negatives.length).toBeGreaterThan(10);
    expect(new Set([right.token, ...negatives.map(({ token }) => token)]).size).toBe(negatives.length + 1);
    for (const { must, outcomes } of negatives) {
      expect(must).toMatch(/^Must be refused/);
      expect(outcomes.find(({ verifier }) => verifier === 'cta-5007')).toBeDefined();
    }
    expect(log.list()).toMatchObject([{ kind: 'pack', count: negatives.length + 1 }]);
  });
});

describe('templates of one’s own', () => {
  const [builtIn] = BUILT_IN_TEMPLATES;
  if (builtIn === undefined) throw new Error('there is none');
  const { template } = builtIn;

  it('are plain files, named after their title', async () => {
    const templates = createTemplatesFolder(path.join(folder, 'templates'));
    expect(await templates.list()).toMatchObject({ ok: true, value: { templates: [], broken: [] } });
    const saved = await templates.save({ ...template, title: 'Été à Åre / 2026' });
    expect(saved).toMatchObject({ ok: true, value: { id: 'ete-a-are-2026', fileName: 'ete-a-are-2026.json' } });
    const file = path.join(folder, 'templates/ete-a-are-2026.json');
    expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toEqual({ ...template, title: 'Été à Åre / 2026' });
    expect(await templates.save({ ...template, title: 'ete a are 2026' })).toMatchObject({
      error: { code: 'ERR_TEMPLATE_EXISTS' },
    });
    expect(await templates.save({ ...template, title: 'Other' }, 'ete-a-are-2026')).toMatchObject({ ok: true });
    expect(await templates.place('ete-a-are-2026')).toEqual({ ok: true, value: file });
    expect(await templates.delete('ete-a-are-2026')).toMatchObject({ ok: true, value: { templates: [] } });
    expect(await templates.delete('ete-a-are-2026')).toMatchObject({ error: { code: 'ERR_TEMPLATE_NOT_FOUND' } });
  });

  it('that cannot be used are listed with why, and stay', async () => {
    const place = path.join(folder, 'templates');
    fs.mkdirSync(place);
    fs.writeFileSync(path.join(place, 'good.json'), JSON.stringify(template));
    fs.writeFileSync(path.join(place, 'not-json.json'), '{');
    fs.writeFileSync(path.join(place, 'shape.json'), JSON.stringify({ ...template, makes: 'coffee' }));
    fs.writeFileSync(path.join(place, 'gap.json'), JSON.stringify({ ...template, variables: [] }));
    fs.writeFileSync(path.join(place, 'notes.txt'), 'mine');
    const listed = await createTemplatesFolder(place).list();
    if (!listed.ok) throw new Error(listed.error.message);
    expect(listed.value.templates.map(({ id }) => id)).toEqual(['good']);
    expect(listed.value.broken.map(({ fileName }) => fileName)).toEqual(['gap.json', 'not-json.json', 'shape.json']);
    const [gap, , shape] = listed.value.broken;
    expect(gap?.message).toContain('There is no variable “length”');
    expect(shape?.message).toContain('makes');
    expect(fs.readdirSync(place)).toHaveLength(5);
    expect(await createTemplatesFolder(place).save({ ...template, variables: [] })).toMatchObject({
      error: { code: 'ERR_TEMPLATE_UNUSABLE' },
    });
  });
});
