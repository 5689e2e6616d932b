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
import { openEnvelope } from '../../shared/cose/open.ts';
import { encodeSigned } from '../../shared/cose/structures.ts';
import { createRowIssuer } from '../../shared/issue/row-issuer.ts';
import { findTarget } from '../../shared/issue/targets.ts';
import { seconds } from '../../shared/units.ts';
import { median } from './measure.ts';
import type { Section } from './report.ts';

/** 100,000 rows of a CSV file → 100,000 lines with tokens, in the way of `catwalk issue --csv`. */
const ROWS = 100_000;
const ROUNDS = 5;
const SECRET = Buffer.from('403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79569388', 'hex');
const KID = 'bench';
const NOW = 1_795_525_652;

type BulkPlan = Omit<BatchPlan, 'origin'>;

/** What everybody who watches gets: a token for one video, a network, a country and some hours. */
const VIEWERS: BulkPlan = {
  template: {
    title: 'One viewer of one video',
    summary: '',
    makes: 'token',
    variables: [
      { name: 'viewer', label: 'Viewer', type: 'text' },
      { name: 'video', label: 'Video', type: 'id' },
      { name: 'network', label: 'Network', type: 'network' },
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
        catu: { host: { exact: 'cdn.example.com' }, path: { contains: '{{video}}' } },
        catnip: ['{{network}}'],
        catgeoiso3166: ['{{country}}'],
      },
      kept: [],
      envelope: { kid: KID },
    },
  },
  mapping: {
    viewer: { kind: 'column', column: 'viewer_id' },
    video: { kind: 'column', column: 'video' },
    network: { kind: 'column', column: 'network' },
    country: { kind: 'column', column: 'country' },
    length: { kind: 'column', column: 'hours' },
  },
  target: 'cta-5007-b',
  zone: 'UTC',
  now: NOW,
  output: { format: 'csv' },
  key: {},
};

/** The claims of a row as node-cat takes them; its token id comes from `generateCwtId`. */
const NODE_CAT_CLAIMS = {
  iss: 'nordlys-media',
  sub: 'v-100000',
  exp: NOW + 7200,
  iat: NOW,
  catv: 1,
  catu: {
    host: { 'exact-match': 'cdn.example.com' },
    path: { 'contains-match': '00000007-5f0d-4a83-9b1e-2f6c8d03a517' },
  },
  catgeoiso3166: ['SE'],
};

interface Job {
  readonly title: string;
  readonly plan: BulkPlan;
  readonly nodeCatClaims: Parameters<CAT['generateFromJson']>[0];
}

const JOBS: readonly [Job, ...Job[]] = [
  {
    title: 'viewer, video, network, country, hours',
    plan: VIEWERS,
    nodeCatClaims: { ...NODE_CAT_CLAIMS, catnip: ['198.51.100.0/24'] },
  },
  { title: 'the same without their networks', plan: withoutNetwork(VIEWERS), nodeCatClaims: NODE_CAT_CLAIMS },
];

/** node-cat spends half of its time on a network, so there is a table without. */
function withoutNetwork({ template, mapping, ...plan }: BulkPlan): BulkPlan {
  const { catnip: _, ...claims } = template.draft.claims;
  const { network: __, ...others } = mapping;
  const variables = template.variables.filter(({ name }) => name !== 'network');
  return { ...plan, template: { ...template, variables, draft: { ...template.draft, claims } }, mapping: others };
}

function writeTable(file: string): void {
  const countries = ['SE', 'NO', 'DK', 'FI'];
  const lines = ['viewer_id,video,network,country,hours,email'];
  for (let row = 0; row < ROWS; row++) {
    const video = `${(row * 7919) % 50}`.padStart(8, '0');
    const cells = [`v-${100_000 + row}`, `${video}-5f0d-4a83-9b1e-2f6c8d03a517`, `198.51.${(row * 31) % 200}.0/24`];
    lines.push([...cells, countries[row % 4], 1 + (row % 3), `v${row}@example.com`].join(','));
  }
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
}

async function issueTable(plan: BulkPlan, folder: string): Promise<void> {
  const ended = await issueMany({
    id: 'bench',
    plan: { ...plan, origin: { kind: 'file', path: path.join(folder, 'rows.csv'), format: 'csv' } },
    out: path.join(folder, 'tokens.csv'),
    material: { kind: 'secret', bytes: SECRET },
    crypto: batchCrypto,
    resume: false,
    isCancelled: () => false,
    progress: () => undefined,
  });
  if (!ended.ok) throw new Error(ended.error.message);
  if (ended.value.tokens !== ROWS) throw new Error(`${ended.value.tokens} tokens`);
}

/** As node-cat is asked for its tokens: values in memory in, text of tokens out. */
function issueRows({ template, mapping, target: targetId, zone, key }: BulkPlan, folder: string): () => string {
  const [head = '', ...lines] = fs.readFileSync(path.join(folder, 'rows.csv'), 'utf8').trimEnd().split('\n');
  const columns = head.split(',');
  const places = template.variables.map(({ name }) => {
    const source = mapping[name];
    return source?.kind === 'column' ? columns.indexOf(source.column) : -1;
  });
  const rows = lines.map((line) => line.split(',')).map((cells) => places.map((at) => cells[at] ?? ''));
  const target = findTarget(targetId);
  if (target === undefined) throw new Error('no such target');
  return () => {
    const material = { kind: 'secret' as const, bytes: SECRET };
    const clock = { now: seconds(NOW), zone };
    const issuer = createRowIssuer({ template, target, clock, key: { ...key, material } }, batchCrypto);
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

/** How many bytes the MAC of a row's token is computed over. */
function signedLength(plan: BulkPlan, folder: string): number {
  const { payload, protected: headers } = openEnvelope(Buffer.from(issueRows(plan, folder)(), 'base64url'));
  if (payload === undefined) throw new Error('the token has no payload');
  return encodeSigned('MAC0', headers.bytes, { type: 'bytes', content: payload.bytes }).length;
}

/** What `bulkSections` starts as a process of its own, to learn its peak of memory. */
export async function runOnce(folder: string): Promise<void> {
  await issueTable(JOBS[0].plan, folder);
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

export async function bulkSections(program: string): Promise<readonly Section[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-bench-'));
  try {
    writeTable(path.join(folder, 'rows.csv'));
    const sections: Section[] = [];
    for (const job of JOBS) sections.push(await bulkSection(job, folder));
    const child = spawnSync(process.execPath, [program, 'bulk-once', folder], { encoding: 'utf8' });
    if (child.status !== 0) throw new Error(child.stderr);
    const peak = Math.round(Number(child.stdout.trim()) / 1024);
    return sections.map((section) => ({ ...section, remark: `${section.remark} Peak of memory (RSS): ${peak} MB.` }));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

interface BulkWork {
  readonly name: string;
  readonly calls: number;
  /** what is not timed, and of which nothing stays in memory while others are */
  ready(): () => unknown;
}

async function bulkSection({ title, plan, nodeCatClaims }: Job, folder: string): Promise<Section> {
  const message = new Uint8Array(signedLength(plan, folder));
  const cat = new CAT({ keys: { [KID]: SECRET }, expectCwtTag: true });
  const hmac = 'bare createHmac, update and digest over as many bytes';
  const whole = 'Catwalk: a row of CSV read, its token made and written';
  const nodeCat = 'node-cat: generateFromJson, nothing read or written';
  const works: readonly BulkWork[] = [
    {
      name: hmac,
      calls: ROWS,
      ready: () => () => {
        for (let i = 0; i < ROWS; i++) createHmac('sha256', SECRET).update(message).digest();
      },
    },
    { name: whole, calls: ROWS, ready: () => () => issueTable(plan, folder) },
    { name: 'Catwalk: its token made, nothing read or written', calls: ROWS, ready: () => issueRows(plan, folder) },
    {
      name: nodeCat,
      calls: ROWS / 20,
      ready: () => async () => {
        const form = { type: 'mac', alg: 'HS256', kid: KID, generateCwtId: true } as const;
        for (let i = 0; i < ROWS / 20; i++) await cat.generateFromJson(nodeCatClaims, form);
      },
    },
  ];
  const rounds = works.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, { calls, ready }] of works.entries()) {
      const micros = (await cpuMicros(ready())) / calls;
      // the first round warms the code up
      if (round > 0) rounds[index]?.push(micros);
    }
  }
  const timings = works.map(({ name }, index) => {
    const micros = median(rounds[index] ?? []);
    return { name, micros, rate: 1e6 / micros };
  });
  const microsOf = (wanted: string) => timings.find(({ name }) => name === wanted)?.micros ?? Number.NaN;
  const times = (microsOf(nodeCat) / microsOf(whole)).toFixed(1);
  return {
    title: `Issuing many, ${ROWS.toLocaleString('en')} rows of a CSV file: ${title}`,
    timings,
    against: hmac,
    remark: `Times are processor time of all threads together, so rates are those of one core. From file to file it is ${times} × node-cat, which only makes the tokens.`,
  };
}
