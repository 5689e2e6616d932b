import { value as literal, rich } from '../../explain/rich-text.ts';
import { textCodec } from '../codec/text.ts';
import { defineWatermark } from './watermark.ts';

export const wmid = defineWatermark<string>({
  ...textCodec,
  label: 305,
  name: 'wmid',
  title: 'Watermark id',
  summary: 'Name of the pattern, for a recipient that keeps patterns itself.',
  explain: (id) => rich`watermark ${literal(id)}`,
  form: { kind: 'text' },
  examples: [
    { title: 'A name', value: 'a', cbor: '6161', json: 'a' },
    { title: 'Empty', value: '', cbor: '60', json: '' },
  ],
  refused: [{ title: 'Bytes', cbor: '4161', code: 'ERR_CLAIM_TYPE' }],
});
