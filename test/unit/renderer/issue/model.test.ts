import { describe, expect, it } from 'vitest';
import { createIssueModel, type IssueModel } from '../../../../renderer/features/issue/model.ts';
import { readClone } from '../../../../renderer/features/issue/read-clone.ts';
import { describeOther } from '../../../../renderer/features/issue/use-make.ts';
import { EMPTY_DRAFT } from '../../../../shared/issue/draft.ts';
import { BUILT_IN_TEMPLATES } from '../../../../shared/issue/templates/built-in.ts';
import { issue } from '../../issue/issuing.ts';

const VIDEO = '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517';
const PLAYER = '5a0e6c1d-1111-4222-8333-444455556666';
const state = (model: IssueModel) => model.store.getState();
const claims = (model: IssueModel) => state(model).draft.claims;

function startOneVideo(): IssueModel {
  const model = createIssueModel();
  const [first] = BUILT_IN_TEMPLATES;
  if (first === undefined) throw new Error('no template');
  model.startTemplate(first.id, first.template);
  return model;
}

describe('a draft of a template', () => {
  it('stands once everything that is needed is filled in, and then follows what is filled in', () => {
    const model = startOneVideo();
    expect(state(model).draft).toBe(EMPTY_DRAFT);
    expect(state(model).start).toMatchObject({ made: undefined, problems: [{ variable: 'video' }] });
    model.fill('video', VIDEO);
    expect(claims(model)).toMatchObject({ exp: '+2h', catu: { path: { contains: VIDEO } } });
    const { cti } = claims(model);
    model.fill('length', '30 min');
    expect(claims(model)).toMatchObject({ exp: '+30m', cti });
  });

  it('keeps what was changed by hand while other variables are filled in', () => {
    const model = startOneVideo();
    model.fill('video', VIDEO);
    model.setClaim('exp', 'tonight 23:59');
    model.setClaim('iss', 'me');
    model.fill('video', 'another');
    expect(claims(model)).toMatchObject({ exp: 'tonight 23:59', iss: 'me', catu: { path: { contains: 'another' } } });
    model.fill('video', '');
    expect(claims(model)).toMatchObject({ exp: 'tonight 23:59', catu: { path: { contains: 'another' } } });
  });

  it('takes the id, the player and the address out of what is pasted', () => {
    const model = startOneVideo();
    model.fill('video', `https://cdn.example.com/hls/${VIDEO}/playlist.m3u8`);
    expect(claims(model)).toMatchObject({ catu: { path: { contains: VIDEO } } });
    expect(state(model).stream).toMatchObject({ mediaId: VIDEO, url: expect.stringContaining('/playlist.m3u8') });
    model.setVideo({ id: 'other', playerId: PLAYER });
    expect(state(model).stream).toEqual({ mediaId: 'other', playerId: PLAYER, siteId: '', url: '' });
  });
});

describe('a draft of a token', () => {
  const TOKEN = issue('cta-5007-b', { iss: 'me', exp: 1_900_000_000, '70001': [1, { hex: '00' }] }).text;

  it('has its claims, and what is changed beside them', () => {
    const model = createIssueModel();
    const clone = readClone(`https://cdn.example.com/pt:${TOKEN}/a.m3u8`);
    if (clone === undefined) throw new Error('the token was not found');
    expect(clone.title).toBe('a.m3u8');
    model.startClone(clone, []);
    const { start, draft } = state(model);
    expect(draft.claims).toMatchObject({ iss: 'me', exp: 1_900_000_000 });
    expect(draft.kept).toMatchObject([{ label: '1a00011171', value: '82014100' }]);
    model.setClaim('iss', 'you');
    expect(start).toMatchObject({ kind: 'clone', original: { claims: { iss: 'me' } } });
    expect(claims(model)).toMatchObject({ iss: 'you' });
  });

  it('is not begun with a text that has none', () => {
    expect(readClone('no token')).toBeUndefined();
    expect(readClone('eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJGbG93cGxheWVyIn0.c2ln')).toBeUndefined();
  });
});

describe('a draft by hand', () => {
  it('keeps the places of its claims while they are typed', () => {
    const model = createIssueModel();
    for (const [name, json] of [
      ['iss', 'a'],
      ['sub', 'b'],
      ['iss', 'c'],
    ] as const)
      model.setClaim(name, json);
    expect(Object.entries(claims(model))).toEqual([
      ['iss', 'c'],
      ['sub', 'b'],
    ]);
    model.setClaim('iss', undefined);
    expect(claims(model)).toEqual({ sub: 'b' });
  });

  it('puts a stream’s id beside the other rules of its path', () => {
    const model = createIssueModel();
    model.setClaims({ catu: { host: { exact: 'a.example' }, path: { prefix: '/hls/', contains: 'old' } } });
    model.setPathId(VIDEO);
    expect(claims(model)).toEqual({
      catu: { host: { exact: 'a.example' }, path: { prefix: '/hls/', contains: VIDEO } },
    });
  });
});

describe('what the OVP made otherwise than asked', () => {
  it('is said claim by claim, without what it was not asked for', () => {
    const asked = { exp: 1, iss: 'a', catu: { path: { contains: 'x' } }, catm: ['GET'] };
    const got = { exp: 2, catu: { path: { contains: 'x' } }, iat: 5 };
    expect(describeOther(asked, got, new Set(['catm']))).toEqual([
      'The OVP left out iss.',
      'The OVP added iat.',
      'The OVP wrote exp otherwise than asked.',
    ]);
    expect(describeOther(asked, { ...asked }, new Set())).toEqual([]);
    expect(describeOther(asked, undefined, new Set())).toEqual(['What the OVP answered cannot be read as a token.']);
  });
});
