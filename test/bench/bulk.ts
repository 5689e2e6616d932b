import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CAT } from '@eyevinn/cat';
import { batchCrypto } from '../../main/batch/batch-crypto.ts';
import { issueMany } from '../../main/batch/issue-many.ts';
import type { BatchPlan } from '../../main/batch/plan.ts';
import { createRowIssuer } from '../../shared/issue/row-issuer.ts';
import { findTarget } from '../../shared/issue/targets.ts';
import { seconds } from '../../shared/units.ts';
import type { Section } from './report.ts';

/** 100,000 rows of a CSV file → 100,000 lines with tokens, in the way of `catwalk issue --csv`. */
const ROWS = 100_000;
const ROUNDS = 5;
const SECRET = Buffer.from('403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79569388', 'hex');
const KID = 'bench';
const NOW = 1_795_525_652;

const PLAN: Omit<BatchPlan, 'origin'> = {
  template: {
    title: 'One viewer of one video',
    summary: '',
    makes: 'token',
    variables: [
      { name: 'viewer', label: 'Viewer', type: 'text' },
      { name: 'video', label: 'Video', type: 'id' },
      { name: 'country', label: 'Country', type: 'country' },
      { name: 'length', label: 'Valid for', type: 'duration', unit: 'h' },
    ],
    draft: {
      claims: {
        iss: 'nordlys-media',
        sub: '{{viewer}}',
        exp: '+{{length}}',
        iat: 'now',
        cti: { hex: '{{random}}' },
        catv: 1,
        catu: { path: { contains: '{{video}}' } },
        catgeoiso3166: ['{{country}}'],
      },
      kept: [],
      envelope: { kid: KID },
    },
  },
  mapping: {
    viewer: { kind: 'column', column: 'viewer' },
    video: { kind: 'column', column: 'video' },
    country: { kind: 'column', column: 'country' },
    length: { kind: 'column', column: 'hours' },
  },
  target: 'cta-5007-b',
  zone: 'UTC',
  now: NOW,
  output: { format: 'csv' },
  key: {},
};

function writeTable(file: string): void {
  const countries = ['SE', 'NO', 'DK', 'FI'];
  const lines = ['viewer,video,country,hours'];
  for (let row = 0; row < ROWS; row++) {
    const video = `${(row * 7919) % 50}`.padStart(8, '0');
    lines.push(`v-${100_000 + row},${video}-5f0d-4a83-9b1e-2f6c8d03a517,${countries[row % 4]},${1 + (row % 3)}`);
  }
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
}

async function issueTable(folder: string): Promise<number> {
  const ended = await issueMany({
    id: 'bench',
    plan: { ...PLAN, origin: { kind: 'file', path: path.join(folder, 'rows.csv'), format: 'csv' } },
    out: path.join(folder, 'tokens.csv'),
    material: { kind: 'secret', bytes: SECRET },
    crypto: batchCrypto,
    resume: false,
    isCancelled: () => false,
    progress: () => undefined,
  });
  if (!ended.ok) throw new Error(ended.error.message);
  if (ended.value.tokens !== ROWS) throw new Error(`${ended.value.tokens} tokens`);
  return ended.value.tokens;
}

/** As node-cat is asked for its tokens: values in memory in, text of tokens out. */
function issueRows(folder: string): () => string {
  const [, ...lines] = fs.readFileSync(path.join(folder, 'rows.csv'), 'utf8').trimEnd().split('\n');
  const rows = lines.map((line) => line.split(','));
  const target = findTarget(PLAN.target);
  if (target === undefined) throw new Error('no such target');
  return () => {
    const issuer = createRowIssuer(
      {
        ...{ template: PLAN.template, target, clock: { now: seconds(NOW), zone: PLAN.zone } },
        key: { ...PLAN.key, material: { kind: 'secret', bytes: SECRET } },
      },
      batchCrypto,
    );
    if (!issuer.ok) throw new Error('the template cannot be used');
    let last = '';
    for (const row of rows) {
      const issued = issuer.value.issue(row);
      if (!issued.ok) throw new Error(issued.error[0]?.message);
      const { buffer, byteOffset, length } = issued.value.bytes;
      last = Buffer.from(buffer, byteOffset, length).toString('base64url');
    }
    return last;
  };
}

/** What `bulkSection` starts as a process of its own, to learn its peak of memory. */
export async function runOnce(folder: string): Promise<void> {
  await issueTable(folder);
  console.log(String(process.resourceUsage().maxRSS));
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as (options: { readonly type: 'minor' }) => void;

/** Processor time of all threads, so that what else the machine does, and how many cores there are, matters less. */
async function cpuMicros(work: () => unknown): Promise<number> {
  // what the work before left behind is not this one's to clear away; a major collection would take compiled code with it
  collectGarbage({ type: 'minor' });
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

export async function bulkSection(program: string): Promise<Section> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-bench-'));
  try {
    writeTable(path.join(folder, 'rows.csv'));
    const message = new Uint8Array(SIGNED_BYTES);
    const cat = new CAT({ keys: { [KID]: SECRET }, expectCwtTag: true });
    const hmac = 'bare createHmac, update and digest over as many bytes';
    const works: Readonly<Record<string, { readonly calls: number; run(): unknown }>> = {
      [hmac]: {
        calls: ROWS,
        run: () => {
          for (let i = 0; i < ROWS; i++) createHmac('sha256', SECRET).update(message).digest();
        },
      },
      'Catwalk: a row of CSV read, its token made and written': { calls: ROWS, run: () => issueTable(folder) },
      'Catwalk: its token made, nothing read or written': { calls: ROWS, run: issueRows(folder) },
      'node-cat: generateFromJson, nothing read or written': {
        calls: ROWS / 20,
        run: async () => {
          for (let i = 0; i < ROWS / 20; i++)
            await cat.generateFromJson(NODE_CAT_CLAIMS, { type: 'mac', alg: 'HS256', kid: KID, generateCwtId: true });
        },
      },
    };
    const rounds = new Map<string, number[]>(Object.keys(works).map((name) => [name, []]));
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [name, { calls, run }] of Object.entries(works)) {
        const micros = (await cpuMicros(run)) / calls;
        // the first round warms the code up
        if (round > 0) rounds.get(name)?.push(micros);
      }
    }
    const timings = [...rounds].map(([name, all]) => {
      const micros = all.toSorted((a, b) => a - b)[all.length >> 1] ?? Number.NaN;
      return { name, micros, rate: 1e6 / micros };
    });
    const child = spawnSync(process.execPath, [program, 'bulk-once', folder], { encoding: 'utf8' });
    if (child.status !== 0) throw new Error(child.stderr);
    const peak = Math.round(Number(child.stdout.trim()) / 1024);
    return {
      title: `Issuing many: ${ROWS.toLocaleString('en')} rows of a CSV file`,
      timings,
      against: hmac,
      remark: `Times are processor time of all threads together, so rates are those of one core. Peak of memory (RSS): ${peak} MB.`,
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What the MAC of a row's token is computed over: 112 bytes of claims, and 13 of the MAC_structure around them. */
const SIGNED_BYTES = 13 + 112;

/** The claims of a row; its token id comes from `generateCwtId`. */
const NODE_CAT_CLAIMS = {
  iss: 'nordlys-media',
  sub: 'v-100000',
  exp: NOW + 7200,
  iat: NOW,
  catv: 1,
  catu: { path: { 'contains-match': '00000007-5f0d-4a83-9b1e-2f6c8d03a517' } },
  catgeoiso3166: ['SE'],
};
