import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../main/crypto/node-crypto.ts';
import { decodeBase64url } from '../../shared/bytes/base64.ts';
import { claimsToJson } from '../../shared/claims/claims-to-json.ts';
import { readClaims } from '../../shared/claims/read-claims.ts';
import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import { openEnvelope } from '../../shared/cose/open.ts';
import type { SecretEncoding } from '../../shared/cose/readings.ts';
import { verify } from '../../shared/cose/verify.ts';
import { CODE_LANGUAGES, type CodeLanguage, writeCode } from '../../shared/handover/write-code.ts';
import type { Draft, EnvelopeChoices } from '../../shared/issue/draft.ts';
import type { TargetId } from '../../shared/issue/target.ts';
import { findTarget } from '../../shared/issue/targets.ts';
import type { JsonObject } from '../../shared/json.ts';
import { seconds } from '../../shared/units.ts';

/** Programs that write tokens are run, and what they print must verify under the secret they were given. */
const SECRET = Uint8Array.from({ length: 40 }, (_, index) => 255 - index * 3);
const CLOCK = { now: seconds(1_795_525_652), zone: 'Europe/Stockholm' };
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-snippets-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const RUNNERS: Readonly<Record<CodeLanguage, readonly string[]>> = {
  node: [process.execPath],
  python: ['python3'],
  go: ['go', 'run'],
  php: ['php'],
  java: ['java'],
};

function isThere(language: CodeLanguage): boolean {
  const [command = ''] = RUNNERS[language];
  return (
    spawnSync(command, [language === 'java' ? '-version' : language === 'go' ? 'version' : '--version']).error ===
    undefined
  );
}

interface Sample {
  readonly title: string;
  readonly target: TargetId;
  readonly claims: JsonObject;
  readonly kept?: Draft['kept'];
  readonly envelope?: EnvelopeChoices;
  readonly readAs?: SecretEncoding;
}

const ONE_VIDEO = {
  exp: '+2h',
  iat: 'now',
  cti: { hex: '4338ce01d9198ab1710436a5ec001332' },
  catv: 1,
  catu: { path: { contains: '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517' } },
};

const EVERYTHING: Sample = {
  title: 'every kind of item, quotes and letters of all widths',
  target: 'cta-5007-b',
  claims: {
    iss: 'it\'s "quoted" $HOME \\ ünï 鍵 😀 \u2028',
    aud: ['a', 'b'],
    exp: 1_900_000_000.5,
    nbf: '-1 min',
    catnip: ['203.0.113.0/24', '2001:db8::/32', 64512],
    catu: { host: { exact: 'a.example' }, path: { sha256: { hex: 'ab'.repeat(32) } } },
    catgeocoord: [{ lat: 59.3, lon: 18.06, radius: 1000 }],
    '-70000': [true, null, -5_000_000_000, { int: '18446744073709551615' }, {}, []],
  },
  kept: [{ label: '19ffff', value: '9f01ff' }],
  envelope: { kid: { hex: '00ff' }, kidIn: 'protected', cwtTag: true },
  readAs: 'base64url',
};

const SAMPLES: readonly Sample[] = [
  { title: 'one video for Flowplayer', target: 'flowplayer-ovp', claims: ONE_VIDEO, envelope: { kid: 'k1' } },
  EVERYTHING,
  {
    title: 'a shortened MAC and hex text without tag 61',
    target: 'node-cat',
    claims: { exp: '+90min', iss: 'x' },
    envelope: { alg: 'HS256/64', payloadForm: 'hex-text', cwtTag: false },
    readAs: 'utf8',
  },
];

function write(language: CodeLanguage, sample: Sample) {
  const target = findTarget(sample.target);
  if (target === undefined) throw new Error('no such target');
  const draft: Draft = { claims: sample.claims, kept: sample.kept ?? [], envelope: sample.envelope ?? {} };
  const written = writeCode(language, { draft, target, clock: CLOCK, readAs: sample.readAs ?? 'hex' });
  if (!written.ok) throw new Error(written.error);
  return { ...written.value, draft };
}

/** The secret as text, and the secret that the text stands for. */
function spell(readAs: SecretEncoding): { readonly text: string; readonly bytes: Uint8Array } {
  if (readAs === 'utf8') return { text: 'søme text', bytes: new TextEncoder().encode('søme text') };
  return { text: Buffer.from(SECRET).toString(readAs === 'raw' ? 'base64' : readAs), bytes: SECRET };
}

const key = (bytes: Uint8Array): CandidateKey => ({
  ref: 'k',
  encoding: 'raw',
  alg: 'HS256',
  material: { kind: 'secret', bytes },
});

function open(token: string) {
  const bytes = decodeBase64url(token);
  if (!bytes.ok) throw new Error(`not base64url: ${token}`);
  const envelope = openEnvelope(bytes.value);
  const claims = envelope.payload?.claims;
  if (claims === undefined) throw new Error('no claims');
  return { envelope, json: claimsToJson(readClaims(claims)) };
}

function runIt(language: CodeLanguage, code: string, secret: string) {
  const file = path.join(folder, CODE_LANGUAGES.find(({ id }) => id === language)?.fileName ?? '');
  fs.writeFileSync(file, code);
  const [command = '', ...args] = RUNNERS[language];
  const env = {
    ...process.env,
    CAT_SECRET: secret,
    GOCACHE: path.join(folder, 'go'),
    GOFLAGS: '-mod=mod',
    GO111MODULE: 'off',
  };
  return spawnSync(command, [...args, file], { env, encoding: 'utf8', timeout: 120_000 });
}

// starting a compiler takes long on a busy machine
describe.each(CODE_LANGUAGES.map(({ id }) => id))('code in %s', { timeout: 120_000 }, (language) => {
  const runs = isThere(language);
  // Node and Python are part of the set-up; the others are run where they are
  const must = language === 'node' || language === 'python';
  // of compilers one sample, with everything in it
  const samples = must ? SAMPLES : [EVERYTHING];

  it.runIf(runs || must).each(samples)('makes the token of $title', (sample) => {
    const { code, draft } = write(language, sample);
    const secret = spell(sample.readAs ?? 'hex');
    const before = Math.floor(Date.now() / 1000);
    const ran = runIt(language, code, secret.text);
    expect(ran.stderr).toBe('');
    expect(ran.status).toBe(0);
    const made = open(ran.stdout.trim());
    expect(verify(made.envelope, [key(secret.bytes)], nodeCrypto).state).toBe('verified');

    const vector = open(write(language, sample).vector.token);
    const { exp, nbf, iat, cti, ...rest } = made.json;
    const { exp: _exp, nbf: _nbf, iat: _iat, cti: vectorId, ...expected } = vector.json;
    expect(rest).toEqual(expected);
    if (draft.claims['exp'] === '+2h') expect(Number(exp) - before - 7200).toBeLessThan(60);
    else if (typeof draft.claims['exp'] === 'number') expect(exp).toBe(draft.claims['exp']);
    if (draft.claims['nbf'] !== undefined) expect(Math.abs(Number(nbf) - before + 60)).toBeLessThan(60);
    if (draft.claims['iat'] !== undefined) expect(Math.abs(Number(iat) - before)).toBeLessThan(60);
    if (vectorId !== undefined) expect(cti).not.toEqual(vectorId);
    expect(made.envelope.tags).toEqual(vector.envelope.tags);
    expect(made.envelope.kid?.bytes).toEqual(vector.envelope.kid?.bytes);
  });

  it.runIf(runs || must)('stops before the secret when its vector does not hold', () => {
    const { code, vector } = write(language, EVERYTHING);
    const ran = runIt(language, code.replace(vector.token, `${vector.token.slice(0, -1)}A`), spell('base64url').text);
    expect(ran.status).not.toBe(0);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toContain('test vector');
  });

  it('holds a vector of a secret that is none', () => {
    for (const sample of SAMPLES) {
      const { code, vector } = write(language, sample);
      expect(vector.secretHex).toBe(Buffer.from(Uint8Array.from({ length: 32 }, (_, index) => index)).toString('hex'));
      expect(code).toContain(vector.token);
      const { envelope } = open(vector.token);
      expect(verify(envelope, [key(new Uint8Array(Buffer.from(vector.secretHex, 'hex')))], nodeCrypto).state).toBe(
        'verified',
      );
      expect(code).toContain('CAT_SECRET');
      // brackets of all kinds pair up outside of texts
      const bare = code.replace(/\/\/.*|# .*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '');
      for (const [opening, closing] of ['()', '[]', '{}'].map((pair) => [...pair]))
        expect(bare.split(opening ?? '').length).toBe(bare.split(closing ?? '').length);
    }
  });
});

describe('what cannot be written', () => {
  it('is said in a sentence', () => {
    const target = findTarget('cta-5007-b');
    if (target === undefined) throw new Error('no such target');
    const attempt = (claims: JsonObject, envelope: EnvelopeChoices = {}) =>
      writeCode('node', { draft: { claims, kept: [], envelope }, target, clock: CLOCK, readAs: 'hex' });
    expect(attempt({ exp: '+1h' }, { alg: 'ES256' })).toEqual({
      ok: false,
      error: 'Code is written for tokens with a MAC; ES256 needs more than standard libraries have.',
    });
    expect(attempt({ exp: 'soon' })).toMatchObject({ ok: false, error: expect.stringContaining('exp:') });
    expect(attempt({ catv: 2 })).toMatchObject({ ok: false, error: expect.stringContaining('version') });
  });
});
