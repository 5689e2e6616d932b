import { rich } from '../../explain/rich-text.ts';
import { defineWatermarkNumber } from './watermark.ts';

export const wmver = defineWatermarkNumber({
  label: 300,
  name: 'wmver',
  title: 'Watermark version',
  summary: 'Version of the watermarking token.',
  explain: (number) => rich`watermark version ${String(number)}`,
});
