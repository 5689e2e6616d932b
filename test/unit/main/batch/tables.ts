import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { batchCrypto } from '../../../../main/batch/batch-crypto.ts';
import { type BatchCall, issueMany } from '../../../../main/batch/issue-many.ts';
import type { BatchPlan } from '../../../../main/batch/plan.ts';
import { decodeBase64url } from '../../../../shared/bytes/base64.ts';
import type { Template } from '../../../../shared/issue/template.ts';
import { KEY, readBack, SECRET_HEX } from '../../issue/issuing.ts';

export { SECRET_HEX };
export const NOW = 1_795_525_652;

/** A viewer, a video, a country and hours: each read in its own way. */
export const TEMPLATE: Template = {
  title: 'Viewers',
  summary: '',
  makes: 'token',
  variables: [
    { name: 'viewer', label: 'Viewer', type: 'text' },
    { name: 'video', label: 'Video', type: 'id' },
    { name: 'country', label: 'Country', type: 'country', otherwise: 'SE' },
    { name: 'length', label: 'Valid for', type: 'duration', unit: 'h', otherwise: '2h' },
  ],
  draft: {
    claims: {
      iss: 'x',
      sub: '{{viewer}}',
      exp: '+{{length}}',
      cti: { hex: '{{random}}' },
      catu: { path: { contains: '{{video}}' } },
      catgeoiso3166: ['{{country}}'],
    },
    kept: [],
    envelope: {},
  },
};

export const COLUMNS = ['viewer', 'video', 'country', 'hours'] as const;
export const MAPPING: BatchPlan['mapping'] = {
  viewer: { kind: 'column', column: 'viewer' },
  video: { kind: 'column', column: 'video' },
  country: { kind: 'column', column: 'country' },
  length: { kind: 'column', column: 'hours' },
};

export function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-batch-'));
}

export const planFor = (file: string, more: Partial<BatchPlan> = {}): BatchPlan => ({
  origin: { kind: 'file', path: file, format: 'csv' },
  template: TEMPLATE,
  mapping: MAPPING,
  target: 'cta-5007-b',
  zone: 'UTC',
  now: NOW,
  output: { format: 'csv' },
  key: { kid: 'k1' },
  ...more,
});

export const callFor = (plan: BatchPlan, out: string, more: Partial<BatchCall> = {}): BatchCall => ({
  id: '8a7f1c1e-6a0f-4a0e-8d2e-3b6a5b1f2c3d',
  plan,
  out,
  material: KEY.material,
  crypto: batchCrypto,
  resume: false,
  isCancelled: () => false,
  progress: () => undefined,
  ...more,
});

export async function issueTable(folder: string, table: string | Uint8Array, more: Partial<BatchPlan> = {}) {
  const file = path.join(folder, 'rows.csv');
  fs.writeFileSync(file, table);
  const out = path.join(folder, 'tokens.csv');
  const ended = await issueMany(callFor(planFor(file, more), out));
  return { ended, out, file };
}

/** What a token of the output says, after its MAC was checked. */
export function open(token: string) {
  const bytes = decodeBase64url(token);
  if (!bytes.ok) throw new Error(`no base64url: ${token}`);
  const { json, integrity } = readBack(bytes.value);
  if (integrity.state !== 'verified') throw new Error(integrity.state);
  return json;
}

export const leftovers = (folder: string): readonly string[] =>
  fs.readdirSync(folder).filter((name) => name.endsWith('.part') || name.endsWith('.journal'));
