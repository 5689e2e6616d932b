import { rich } from '../../explain/rich-text.ts';
import { defineWatermarkNumber } from './watermark.ts';

export const wmvnd = defineWatermarkNumber({
  label: 301,
  name: 'wmvnd',
  title: 'Watermark vendor',
  summary: 'Number of the watermarking technology’s vendor.',
  explain: (number) => rich`watermark vendor ${String(number)}`,
});
