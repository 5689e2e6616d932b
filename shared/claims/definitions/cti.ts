import { encodeHex } from '../../bytes/hex.ts';
import { encodeUtf8, printableUtf8 } from '../../bytes/utf8.ts';
import { ignored } from '../../evaluate/make-verdict.ts';
import { rich, value } from '../../explain/rich-text.ts';
import { ok } from '../../result.ts';
import { defineClaim } from '../claim.ts';
import { bytesCodec, bytesFromJson } from '../codec/bytes.ts';

const CTI = { label: 7, name: 'cti' } as const;

export const cti = defineClaim<Uint8Array>({
  ...CTI,
  ...bytesCodec,
  title: 'Token id',
  summary: 'Tells this token from every other. Needed to limit replays; must not identify the viewer.',
  source: 'RFC 8392 §3.1.7, CTA-5007-B §4.6.5',
  group: 'information',
  support: 'must',

  // the OVP takes the id as text, a UUID for instance; digits that are hex are node-cat's bytes
  fromJson(json) {
    const bytes = bytesFromJson(json);
    return !bytes.ok && typeof json === 'string' ? ok(encodeUtf8(json)) : bytes;
  },

  explain: (id) => rich`with the id ${value(readable(id))}`,
  evaluate: (id) => ignored(CTI, 'INFO', rich`Its id is ${value(readable(id))}`),

  form: { kind: 'bytes', length: 16, random: 16 },

  examples: [
    { title: 'Two bytes', value: Uint8Array.of(0x0b, 0x71), cbor: '420b71', json: { hex: '0b71' } },
    {
      title: 'A UUID as text in bytes, as some issuers write it',
      value: encodeUtf8('f24fb107-4041'),
      cbor: '4d66323466623130372d34303431',
      json: { hex: '66323466623130372d34303431' },
    },
    { title: 'Empty', value: Uint8Array.of(), cbor: '40', json: { hex: '' } },
  ],
  refused: [
    { title: 'Text', cbor: '6462323931', code: 'ERR_CLAIM_TYPE' },
    { title: 'A number', cbor: '1864', code: 'ERR_CLAIM_TYPE' },
    { title: 'A tagged UUID', cbor: 'd8254101', code: 'ERR_CLAIM_TAG' },
  ],
  cases: [{ title: 'any id', value: Uint8Array.of(1), verdict: 'ignored', code: 'INFO' }],
});

/** The text an issuer wrote into the bytes, else their hex digits. */
const readable = (id: Uint8Array): string => printableUtf8(id) ?? encodeHex(id);
