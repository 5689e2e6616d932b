import { describe, expect, it } from 'vitest';
import { templateSchema } from '../../../shared/contract/templates.ts';
import type { Draft } from '../../../shared/issue/draft.ts';
import { fillTemplate } from '../../../shared/issue/fill-template.ts';
import { findTemplateGaps, makeTemplate } from '../../../shared/issue/template-gaps.ts';
import { BUILT_IN_TEMPLATES } from '../../../shared/issue/templates/built-in.ts';
import { seconds } from '../../../shared/units.ts';

const CLOCK = { now: seconds(1_800_000_000), zone: 'UTC' };
const random = (length: number) => new Uint8Array(length).fill(7);
const CTI = { hex: '07'.repeat(16) };
const DRAFT: Draft = {
  claims: {
    ...{ exp: '+4h', nbf: 1_800_000_000, iat: 'now', cti: CTI, iss: 'me', sub: 'viewer 7' },
    catu: { host: { exact: 'a.example', suffix: '.example' }, path: { contains: 'id-1', prefix: '/hls/it’s' } },
    catgeoiso3166: ['SE', 'NO'],
    catnip: ['203.0.113.5/32', 64_512],
  },
  kept: [],
  envelope: {},
};

const fill = (asked: ReturnType<typeof findTemplateGaps>, texts: Record<string, string>, draft = DRAFT) => {
  const made = makeTemplate(draft, asked);
  const template = templateSchema.parse({ title: 'T', makes: 'token', ...made });
  return fillTemplate(template, texts, CLOCK, random);
};

describe('a draft made a template', () => {
  it('offers each value once, under a name of its own', () => {
    const gaps = findTemplateGaps(DRAFT);
    expect(gaps.map(({ variable: { name, type } }) => `${name} ${type}`)).toEqual([
      'from moment',
      'length duration',
      'host text',
      'host2 text',
      'video id',
      'path text',
      'countries countries',
      'network networks',
      'issuer text',
      'viewer text',
    ]);
    expect(gaps.some(({ wasAsked }) => wasAsked)).toBe(false);
    // nobody's address is offered to everybody else
    expect(JSON.stringify(gaps.map(({ variable }) => variable))).not.toContain('203.0.113.5');
  });

  it('makes the same claims again when the same is filled in, with a token id of its own each time', () => {
    const gaps = findTemplateGaps(DRAFT);
    const same = Object.fromEntries(gaps.map(({ variable, shown }) => [variable.name, shown.replace(/^\+/, '')]));
    const filled = fill(gaps, same);
    if (!filled.ok) throw new Error(JSON.stringify(filled.error));
    expect(filled.value.draft.claims).toEqual({ ...DRAFT.claims, catnip: ['203.0.113.5/32', '64512'] });
    expect(makeTemplate(DRAFT, gaps).draft.claims['cti']).toEqual({ hex: '{{random}}' });
  });

  it('asks for what was chosen, and keeps the rest as it is', () => {
    const asked = findTemplateGaps(DRAFT).filter(({ variable }) => ['video', 'length'].includes(variable.name));
    expect(fill(asked, {})).toMatchObject({ ok: false, error: [{ variable: 'video' }] });
    const filled = fill(asked, { video: 'id-2' });
    expect(filled).toMatchObject({
      ok: true,
      value: {
        draft: { claims: { exp: '+4h', sub: 'viewer 7', catu: { path: { contains: 'id-2', prefix: '/hls/it’s' } } } },
        assumed: [{ variable: 'length', otherwise: '4h' }],
      },
    });
    expect(makeTemplate(DRAFT, [])).toMatchObject({ summary: '', variables: [] });
  });

  it('keeps a variable that stands in several places one variable', () => {
    const template = {
      ...{ title: 'T', summary: '', makes: 'token' as const },
      variables: [{ name: 'host', label: 'Stream', type: 'text' as const }],
      draft: { ...DRAFT, claims: { sub: '{{host}}', catu: { host: { exact: '{{host}}', suffix: '.example' } } } },
    };
    const made = fillTemplate(template, { host: 'a.example' }, CLOCK, random);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const gaps = findTemplateGaps(made.value.draft, template);
    expect(gaps.map(({ variable, wasAsked }) => `${variable.name} ${wasAsked}`)).toEqual([
      'host true',
      'host2 false',
      'host true',
    ]);
    const again = makeTemplate(made.value.draft, gaps);
    expect(again.variables.map(({ name }) => name)).toEqual(['host', 'host2']);
    expect(again.draft.claims).toEqual({
      sub: '{{host}}',
      catu: { host: { exact: '{{host}}', suffix: '{{host2}}' } },
    });
  });

  it.each(BUILT_IN_TEMPLATES)('knows what $id asked for', ({ template }) => {
    const texts = { video: 'id-1', network: '203.0.113.0/24', from: '2027-01-01 10:00', until: '2027-01-01 12:00' };
    const made = fillTemplate(template, texts, CLOCK, random);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const asked = findTemplateGaps(made.value.draft, template).filter(({ wasAsked }) => wasAsked);
    expect(asked.map(({ variable }) => variable).toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
      template.variables.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
    expect(makeTemplate(made.value.draft, asked).draft.claims).toEqual(template.draft.claims);
  });
});
