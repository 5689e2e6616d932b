import { ignored } from '../../evaluate/make-verdict.ts';
import { rich, value } from '../../explain/rich-text.ts';
import { defineClaim } from '../claim.ts';
import { asList, oneOrManyCodec } from '../codec/list.ts';
import { inList } from '../codec/match-words.ts';
import { textCodec } from '../codec/text.ts';

const CATIFDATA = { label: 320, name: 'catifdata' } as const;

/** What it is for is open in the public sources: it goes with catif, and never decides. */
export const catifdata = defineClaim<string | readonly string[]>({
  ...CATIFDATA,
  ...oneOrManyCodec(textCodec),
  title: 'Data for responses',
  summary: 'Text that goes along with the responses of catif. It decides nothing.',
  source: 'CTA-5007-B §4.7.3',
  group: 'information',
  support: 'may',

  explain: (data) => {
    const texts = asList(data).map((text) => rich`${value(text)}`);
    return texts.length === 0 ? rich`with no data for responses` : rich`with ${inList(texts, 'and')} for responses`;
  },
  evaluate: () => ignored(CATIFDATA, 'INFO', rich`Goes along with a response, decides nothing`),

  form: { kind: 'text-list', single: true },

  examples: [
    { title: 'One text', value: 'trial', cbor: '65747269616c', json: 'trial' },
    { title: 'Several', value: ['a', 'b'], cbor: '8261616162', json: ['a', 'b'] },
    { title: 'None', value: [], cbor: '80', json: [] },
  ],
  refused: [
    { title: 'A number', cbor: '05', code: 'ERR_CLAIM_TYPE' },
    { title: 'A number in the list', cbor: '8105', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [{ title: 'any data', value: 'trial', verdict: 'ignored', code: 'INFO' }],
});
