import { ok } from '../../result.ts';
import { bare, type Codec, problem, wrongType } from './codec.ts';

/** tstr ↔ JSON string. The empty text is a value like any other. */
export const textCodec: Codec<string> = {
  read(node, ctx) {
    const item = bare(node, ctx);
    return item.kind === 'text' ? item.value : wrongType(item, 'text', ctx);
  },
  write: (value) => ({ kind: 'text', value }),
  toJson: (value) => value,
  fromJson: (json) => (typeof json === 'string' ? ok(json) : problem('Must be text')),
};
