import { rich } from '../../explain/rich-text.ts';
import { defineWatermarkNumber } from './watermark.ts';

export const wmopid = defineWatermarkNumber({
  label: 306,
  name: 'wmopid',
  title: 'Watermark operator',
  summary: 'Number of the operator that the pattern belongs to.',
  explain: (number) => rich`watermark operator ${String(number)}`,
});
