import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import type { ClaimVerdict } from '../../evaluate/verdict.ts';
import { value as literal, type RichText, rich, type TextPart } from '../../explain/rich-text.ts';
import { isInPrefix, parseIp } from '../../network/ip-address.ts';
import { defineClaim, type EvaluateContext } from '../claim.ts';
import { listCodec } from '../codec/list.ts';
import { formatNetwork, type NetworkId, networkCodec } from '../codec/network.ts';

const CATNIP = { label: 311, name: 'catnip' } as const;

type Networks = readonly NetworkId[];

export const catnip = defineClaim<Networks>({
  ...CATNIP,
  ...listCodec(networkCodec, { min: 1 }),
  title: 'Networks',
  summary: 'Addresses, address ranges and network numbers that the client must come from; one of them is enough.',
  source: 'CTA-5007-B §4.6.9, RFC 9164',
  group: 'request',
  support: 'must',

  explain: (networks) => rich`from ${listed(networks)}`,

  evaluate(networks, ctx) {
    const refusal = refuseForm(networks, ctx);
    if (refusal !== undefined) return refusal;
    const { ip, asn } = ctx.request;
    const address = ip === undefined ? undefined : parseIp(ip);
    if (ip !== undefined && address === undefined) {
      return undecided(CATNIP, 'missing-input', rich`${literal(ip)} is no IP address`);
    }
    return ctx.rules.network.asn === 'also'
      ? judgeBoth(networks, address, ctx)
      : judgeOne(networks, (network) => matches(network, address, asn, ctx), ctx);
  },

  form: { kind: 'networks' },

  examples: [
    {
      title: 'An IPv4 address',
      value: [{ kind: 'address', family: 4, bytes: Uint8Array.of(192, 168, 1, 100) }],
      cbor: '81d83444c0a80164',
      json: ['192.168.1.100'],
    },
    {
      title: 'An IPv4 range, its zero bytes left out',
      value: [{ kind: 'prefix', family: 4, bits: 8, bytes: Uint8Array.of(10) }],
      cbor: '81d8348208410a',
      json: ['10.0.0.0/8'],
    },
    {
      title: 'An IPv6 address and range, and a network number',
      value: [
        {
          kind: 'address',
          family: 16,
          bytes: Uint8Array.of(0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        },
        { kind: 'prefix', family: 16, bits: 64, bytes: Uint8Array.of(0x20, 1, 0x0d, 0xb8) },
        { kind: 'asn', asn: 64512 },
      ],
      cbor: '83d8365020010db8000000000000000000000001d8368218404420010db819fc00',
      json: ['2001:db8::1', '2001:db8::/64', 64512],
    },
    {
      title: 'The whole of IPv4',
      value: [{ kind: 'prefix', family: 4, bits: 0, bytes: new Uint8Array() }],
      cbor: '81d834820040',
      json: ['0.0.0.0/0'],
    },
  ],
  refused: [
    { title: 'Nothing', cbor: '80', code: 'ERR_CLAIM_EMPTY' },
    {
      title: 'An address with its network length, the interface form',
      cbor: '81d8348244c0a801641818',
      code: 'ERR_CLAIM_TYPE',
    },
    { title: 'An IPv4 address of three bytes', cbor: '81d83443c0a801', code: 'ERR_CLAIM_RANGE' },
    { title: 'An IPv4 range of 33 bits', cbor: '81d8348218214101', code: 'ERR_CLAIM_RANGE' },
    { title: 'Another tag', cbor: '81d83744c0a80164', code: 'ERR_CLAIM_TAG' },
    { title: 'A negative network number', cbor: '8120', code: 'ERR_CLAIM_RANGE' },
    { title: 'A range as text', cbor: '816a31302e302e302e302f38', code: 'ERR_CLAIM_TYPE' },
    { title: 'A range as a map, as one library writes it', cbor: '81d834a108410a', code: 'ERR_CLAIM_TYPE' },
    { title: 'A pair of network numbers', cbor: '818219fc0019fd00', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [
    {
      title: 'inside a shortened range',
      value: [{ kind: 'prefix', family: 4, bits: 8, bytes: Uint8Array.of(10) }],
      request: { ip: '10.1.2.3' },
      verdict: 'pass',
    },
    {
      title: 'the second of two',
      value: [
        { kind: 'prefix', family: 4, bits: 8, bytes: Uint8Array.of(11) },
        { kind: 'prefix', family: 4, bits: 8, bytes: Uint8Array.of(10) },
      ],
      request: { ip: '10.1.2.3' },
      verdict: 'pass',
    },
    {
      title: 'an IPv4 client written as IPv6',
      value: [{ kind: 'address', family: 4, bytes: Uint8Array.of(10, 1, 2, 3) }],
      request: { ip: '::ffff:10.1.2.3' },
      verdict: 'pass',
    },
    {
      title: 'outside, and of the other family',
      value: [
        { kind: 'prefix', family: 4, bits: 24, bytes: Uint8Array.of(10, 1, 3) },
        { kind: 'prefix', family: 16, bits: 0, bytes: new Uint8Array() },
      ],
      request: { ip: '10.1.2.3' },
      verdict: 'fail',
      code: 'DENY_NETWORK',
    },
    { title: 'the network number', value: [{ kind: 'asn', asn: 64512 }], request: { asn: 64512 }, verdict: 'pass' },
    {
      title: 'another network number',
      value: [{ kind: 'asn', asn: 64512 }],
      request: { asn: 64513, ip: '10.1.2.3' },
      verdict: 'fail',
      code: 'DENY_ASN',
    },
    {
      title: 'no address',
      value: [{ kind: 'address', family: 4, bytes: Uint8Array.of(10, 1, 2, 3) }],
      verdict: 'unknown',
      code: 'NOT_CHECKED',
    },
    {
      title: 'outside by address, network number not told',
      value: [
        { kind: 'prefix', family: 4, bits: 8, bytes: Uint8Array.of(11) },
        { kind: 'asn', asn: 64512 },
      ],
      request: { ip: '10.1.2.3' },
      verdict: 'unknown',
      code: 'NOT_CHECKED',
    },
    {
      title: 'what is no address',
      value: [{ kind: 'address', family: 4, bytes: Uint8Array.of(10, 1, 2, 3) }],
      request: { ip: '10.1.2' },
      verdict: 'unknown',
      code: 'NOT_CHECKED',
    },
  ],
});

/** Forms that a verifier cannot read, whoever the client is. */
function refuseForm(networks: Networks, { rules }: EvaluateContext): ClaimVerdict | undefined {
  const { network } = rules;
  const elided = networks.find((one) => one.kind === 'prefix' && !isReadable(one, network.elidedPrefix));
  if (elided !== undefined) {
    return denied(
      CATNIP,
      'DENY_VERIFIER_ERROR',
      rich`The verifier cannot read ${literal(formatNetwork(elided))} with its zero bytes left out`,
    );
  }
  if (network.asn === 'ill-formed' && networks.some(({ kind }) => kind === 'asn' || kind === 'asn-range')) {
    return denied(CATNIP, 'DENY_ILL_FORMED', rich`Network numbers are not accepted here`);
  }
  if (!network.addressKnown) {
    return denied(CATNIP, 'DENY_NETWORK', rich`The client’s address never reaches the check, so nothing matches`, {
      expected: textList(networks),
    });
  }
  return undefined;
}

function isReadable(prefix: NetworkId & { readonly kind: 'prefix' }, rule: string): boolean {
  if (rule === 'error') return prefix.bytes.length === prefix.family;
  return rule !== 'whole-bytes' || prefix.bytes.length === Math.ceil(prefix.bits / 8);
}

/** Whether the client is in it; `undefined` when what it needs was not told. */
function matches(
  network: NetworkId,
  address: Uint8Array | undefined,
  asn: number | undefined,
  { rules }: EvaluateContext,
): boolean | undefined {
  switch (network.kind) {
    case 'address':
      return address && isInPrefix(address, network.bytes, network.family * 8, network.family);
    case 'prefix':
      return address && isInPrefix(address, network.bytes, network.bits, network.family);
    case 'asn':
      return rules.network.asn === 'never' ? false : asn === undefined ? undefined : asn === network.asn;
    case 'asn-range':
      if (rules.network.asn === 'never') return false;
      return asn === undefined ? undefined : asn >= network.from && asn <= network.to;
  }
}

function judgeOne(
  networks: Networks,
  test: (network: NetworkId) => boolean | undefined,
  { request, rules }: EvaluateContext,
): ClaimVerdict {
  const { several } = rules.network;
  const considered = several === 'first' ? networks.slice(0, 1) : networks;
  const results = considered.map(test);
  const isIn = several === 'all' ? results.every((result) => result === true) : results.includes(true);
  if (isIn && networks.length > 0) {
    const match = considered[results.indexOf(true)];
    return passed(CATNIP, match === undefined ? rich`In every network` : rich`In ${literal(formatNetwork(match))}`);
  }
  const client = rich`${clientText(request.ip, request.asn)}`;
  const detail = { expected: textList(networks), actual: clientText(request.ip, request.asn) };
  if (several === 'all' ? results.includes(false) : results.every((result) => result === false)) {
    const onlyNumbers = networks.length > 0 && networks.every(({ kind }) => kind === 'asn' || kind === 'asn-range');
    return denied(
      CATNIP,
      onlyNumbers ? 'DENY_ASN' : 'DENY_NETWORK',
      rich`The client (${client}) is not in ${listed(networks)}`,
      detail,
    );
  }
  return undecided(
    CATNIP,
    'missing-input',
    request.ip === undefined ? rich`No client address to compare` : rich`The client’s network number is not known`,
    detail,
  );
}

/** node-cat: an address entry must match, and when the network number is known a number entry must match too. */
function judgeBoth(networks: Networks, address: Uint8Array | undefined, ctx: EvaluateContext): ClaimVerdict {
  const { asn } = ctx.request;
  const isNumber = ({ kind }: NetworkId) => kind === 'asn' || kind === 'asn-range';
  const addresses = networks.filter((network) => !isNumber(network));
  const byAddress = judgeOne(addresses, (network) => matches(network, address, undefined, ctx), ctx);
  if (byAddress.verdict !== 'pass' || asn === undefined) return byAddress;
  if (networks.some((network) => isNumber(network) && matches(network, undefined, asn, ctx))) return byAddress;
  return denied(CATNIP, 'DENY_ASN', rich`The client’s network number ${literal(String(asn))} is not listed as well`, {
    expected: textList(networks),
    actual: clientText(ctx.request.ip, asn),
  });
}

const textList = (networks: Networks): string => networks.slice(0, 50).map(formatNetwork).join(', ');

function clientText(ip: string | undefined, asn: number | undefined): string {
  if (ip === undefined) return asn === undefined ? 'unknown' : `AS${asn}`;
  return asn === undefined ? ip : `${ip}, AS${asn}`;
}

/** "10.0.0.0/8, AS64512 or 3 more". */
function listed(networks: Networks): RichText {
  const shown = networks
    .slice(0, 3)
    .flatMap((network, index): TextPart[] => [
      ...(index === 0 ? [] : [{ kind: 'text', text: ', ' } as const]),
      literal(formatNetwork(network)),
    ]);
  return networks.length > 3 ? [...shown, { kind: 'text', text: ` or ${networks.length - 3} more` }] : shown;
}
