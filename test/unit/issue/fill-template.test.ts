import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../../shared/issue/fill-template.ts';
import { previewDraft } from '../../../shared/issue/preview-draft.ts';
import { findTarget } from '../../../shared/issue/targets.ts';
import { BUILT_IN_TEMPLATES } from '../../../shared/issue/templates/built-in.ts';
import { seconds } from '../../../shared/units.ts';

const CLOCK = { now: seconds(1_800_000_000), zone: 'UTC' };
const random = (length: number) => new Uint8Array(length).fill(7);
const oneVideo = BUILT_IN_TEMPLATES.find(({ id }) => id === 'one-video')?.template;
const target = findTarget('flowplayer-ovp');
if (oneVideo === undefined || target === undefined) throw new Error('no such template or target');
const filled = Object.fromEntries(
  oneVideo.variables.map(({ name, type }) => [name, type === 'id' ? '7c9e2b41-5f0d' : '']),
);

describe('a template filled in', () => {
  it('becomes a draft that its target takes, with a size before it is signed', () => {
    const result = fillTemplate(oneVideo, filled, CLOCK, random);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    const preview = previewDraft(result.value.draft, target, CLOCK);
    if (!preview.ok) throw new Error(JSON.stringify(preview.error));
    expect(preview.value.refused).toBe(false);
    expect(preview.value.json).toMatchObject({ catu: { path: { contains: '7c9e2b41-5f0d' } } });
    expect(preview.value.json['exp']).toBeGreaterThan(CLOCK.now);
    expect(preview.value.unsigned?.slice(-preview.value.proofLength)).toEqual(new Uint8Array(32));
  });

  it('says which variable is missing', () => {
    const result = fillTemplate(oneVideo, {}, CLOCK, random);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error.map(({ variable }) => variable)).toContain('video');
  });
});
