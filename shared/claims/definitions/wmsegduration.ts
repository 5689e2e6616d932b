import { duration, rich } from '../../explain/rich-text.ts';
import { ok } from '../../result.ts';
import { seconds } from '../../units.ts';
import { bare, type Codec, problem, under, wrongType } from '../codec/codec.ts';
import { uintCodec } from '../codec/number.ts';
import { defineWatermark } from './watermark.ts';

/** Length of a segment: `ticks` of a clock that counts `timescale` of them a second. */
export interface SegmentDuration {
  readonly ticks: number;
  readonly timescale: number;
}

const pairCodec: Codec<SegmentDuration> = {
  read(node, ctx) {
    const item = bare(node, ctx);
    if (item.kind !== 'array') return wrongType(item, 'an array of ticks and timescale', ctx);
    const [first, second, ...more] = item.items;
    if (first === undefined || second === undefined || more.length > 0) {
      ctx.issue(item, 'ERR_CLAIM_TYPE', `Must be ticks and timescale, has ${item.items.length} items`);
      return undefined;
    }
    const ticks = uintCodec.read(first, ctx);
    const timescale = uintCodec.read(second, ctx);
    if (timescale === 0) ctx.issue(second, 'ERR_CLAIM_RANGE', 'A timescale of 0 measures nothing');
    return ticks === undefined || timescale === undefined ? undefined : { ticks, timescale };
  },
  write: ({ ticks, timescale }) => ({ kind: 'array', items: [uintCodec.write(ticks), uintCodec.write(timescale)] }),
  toJson: ({ ticks, timescale }) => [ticks, timescale],
  fromJson(json, ctx) {
    if (!Array.isArray(json) || json.length !== 2) return problem('Must be a list of ticks and timescale');
    const ticks = uintCodec.fromJson(json[0], ctx);
    const timescale = uintCodec.fromJson(json[1], ctx);
    if (!ticks.ok) return { ok: false, error: under(0, ticks.error) };
    if (!timescale.ok) return { ok: false, error: under(1, timescale.error) };
    return ok({ ticks: ticks.value, timescale: timescale.value });
  },
};

export const wmsegduration = defineWatermark<SegmentDuration>({
  ...pairCodec,
  label: 303,
  name: 'wmsegduration',
  title: 'Watermark segment length',
  summary: 'How long the segments are that the pattern counts.',
  explain: ({ ticks, timescale }) =>
    timescale === 0
      ? rich`watermarked segments`
      : rich`watermarked segments of ${duration(seconds(ticks / timescale))}`,
  form: {
    kind: 'tuple',
    members: [
      { name: 'ticks', label: 'Ticks', field: { kind: 'integer', min: 0 } },
      { name: 'timescale', label: 'Ticks a second', field: { kind: 'integer', min: 1 } },
    ],
  },
  examples: [
    {
      title: 'Two seconds',
      value: { ticks: 180000, timescale: 90000 },
      cbor: '821a0002bf201a00015f90',
      json: [180000, 90000],
    },
    { title: 'Two seconds, counted in seconds', value: { ticks: 2, timescale: 1 }, cbor: '820201', json: [2, 1] },
  ],
  refused: [
    { title: 'A number', cbor: '02', code: 'ERR_CLAIM_TYPE' },
    { title: 'No timescale', cbor: '8102', code: 'ERR_CLAIM_TYPE' },
    { title: 'A timescale of 0', cbor: '820200', code: 'ERR_CLAIM_RANGE' },
  ],
});
