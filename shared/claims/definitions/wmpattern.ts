import { rich } from '../../explain/rich-text.ts';
import { bytesCodec } from '../codec/bytes.ts';
import { defineWatermark } from './watermark.ts';

export const wmpattern = defineWatermark<Uint8Array>({
  ...bytesCodec,
  label: 304,
  name: 'wmpattern',
  title: 'Watermark pattern',
  summary: 'The encrypted pattern that says which variant of each segment is served: the bytes of a COSE_Encrypt0.',
  explain: (pattern) => rich`an encrypted watermark pattern of ${String(pattern.length)} bytes`,
  form: { kind: 'bytes' },
  examples: [
    {
      title: 'An empty COSE_Encrypt0',
      value: Uint8Array.of(0x83, 0x40, 0xa0, 0x40),
      cbor: '448340a040',
      json: { hex: '8340a040' },
    },
    { title: 'No bytes', value: new Uint8Array(), cbor: '40', json: { hex: '' } },
  ],
  refused: [{ title: 'The COSE_Encrypt0 itself', cbor: '8340a040', code: 'ERR_CLAIM_TYPE' }],
});
