import { ignored } from '../../evaluate/make-verdict.ts';
import { rich } from '../../explain/rich-text.ts';
import { type ClaimDefinition, defineClaim } from '../claim.ts';
import type { Codec } from '../codec/codec.ts';
import { uintCodec } from '../codec/number.ts';

type Own<T> = Pick<
  ClaimDefinition<T>,
  'label' | 'name' | 'title' | 'summary' | 'explain' | 'form' | 'examples' | 'refused'
> &
  Codec<T>;

/**
 * A claim of the watermarking token that may ride in the same CWT (ETSI TS 104 002, table 1). It tells an edge which
 * variant of a segment to serve and never decides whether it is served.
 */
export const defineWatermark = <T>(own: Own<T>): ClaimDefinition<T> =>
  defineClaim<T>({
    ...own,
    source: 'ETSI TS 104 002',
    group: 'information',
    support: 'unregistered',
    evaluate: () => ignored(own, 'INFO', rich`Tells which variant is served; no reason to refuse`),
    cases: [],
  });

/** The watermark claims that are plain counting numbers. */
export const defineWatermarkNumber = (own: Omit<Own<number>, keyof Codec<number> | 'examples' | 'refused' | 'form'>) =>
  defineWatermark<number>({
    ...uintCodec,
    ...own,
    form: { kind: 'integer', min: 0 },
    examples: [
      { title: 'One', value: 1, cbor: '01', json: 1 },
      { title: 'A larger number', value: 1000, cbor: '1903e8', json: 1000 },
    ],
    refused: [
      { title: 'Text', cbor: '6131', code: 'ERR_CLAIM_TYPE' },
      { title: 'Negative', cbor: '20', code: 'ERR_CLAIM_RANGE' },
    ],
  });
