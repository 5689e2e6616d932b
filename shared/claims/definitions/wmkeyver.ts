import { rich } from '../../explain/rich-text.ts';
import { defineWatermarkNumber } from './watermark.ts';

export const wmkeyver = defineWatermarkNumber({
  label: 307,
  name: 'wmkeyver',
  title: 'Watermark key version',
  summary: 'Version of the key that opens the pattern.',
  explain: (number) => rich`watermark key version ${String(number)}`,
});
