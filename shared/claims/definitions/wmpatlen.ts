import { rich } from '../../explain/rich-text.ts';
import { defineWatermarkNumber } from './watermark.ts';

export const wmpatlen = defineWatermarkNumber({
  label: 302,
  name: 'wmpatlen',
  title: 'Watermark pattern length',
  summary: 'Length of the watermark pattern in bits.',
  explain: (number) => rich`a watermark pattern of ${String(number)} bits`,
});
