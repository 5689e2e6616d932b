import { int, text } from '../../cbor/build.ts';
import type { CborValue } from '../../cbor/node.ts';
import { ok } from '../../result.ts';
import { bare, type Codec, problem, wrongType } from './codec.ts';

/** A claim named by another claim (catif, crit, enc): its label, and what it is called. */
export interface ClaimRef {
  readonly key: CborValue;
  readonly name: string;
}

/** int / tstr ↔ the claim's name; a number in JSON is taken as a label. */
export const claimRefCodec: Codec<ClaimRef> = {
  read(node, ctx) {
    const item = bare(node, ctx);
    if (item.kind === 'int') return { key: int(item.value), name: ctx.claimName(item) };
    if (item.kind === 'text') return { key: text(item.value), name: ctx.claimName(item) };
    return wrongType(item, 'the label of a claim', ctx);
  },
  write: ({ key }) => key,
  toJson: ({ name }) => name,
  fromJson(json, ctx) {
    if (typeof json !== 'string' && typeof json !== 'number') return problem('Must be the name of a claim');
    const name = String(json);
    const key = ctx.claimKey(name);
    return key === undefined ? problem(`No claim is called “${name}”`) : ok({ key, name });
  },
};
