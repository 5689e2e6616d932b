import { encodeUtf8 } from '../../bytes/utf8.ts';
import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import type { MoqtFacts } from '../../evaluate/request.ts';
import { value as literal, type RichText, rich } from '../../explain/rich-text.ts';
import { defineClaim } from '../claim.ts';
import { listCodec } from '../codec/list.ts';
import { binaryText, isBinaryMatch, MOQT_ACTIONS, type MoqtScope, moqtScopeCodec } from '../codec/moqt-scope.ts';

const MOQT = { label: 327, name: 'moqt' } as const;

const SUBSCRIBE = 4;
const PUBLISH = 6;
const MATCHES = [
  { value: 'exact', label: 'is exactly' },
  { value: 'prefix', label: 'starts with' },
  { value: 'suffix', label: 'ends with' },
] as const;
const aScope: MoqtScope = {
  actions: [2, PUBLISH],
  namespace: [
    { kind: 'exact', bytes: encodeUtf8('example.com') },
    { kind: 'exact', bytes: encodeUtf8('alice') },
  ],
  track: { kind: 'prefix', bytes: encodeUtf8('video-') },
};
const asked = (action: number, namespace: readonly string[], track?: string): { moqt: MoqtFacts } => ({
  moqt: { action, namespace: namespace.map(encodeUtf8), ...(track === undefined ? {} : { track: encodeUtf8(track) }) },
});

export const moqt = defineClaim<readonly MoqtScope[]>({
  ...MOQT,
  ...listCodec(moqtScopeCodec, { min: 1 }),
  title: 'MOQT scopes',
  summary: 'What may be done at a MOQT relay: actions, on namespaces and tracks. What is not granted is refused.',
  source: 'draft-ietf-moq-c4m',
  group: 'request',
  support: 'unregistered',

  explain(scopes) {
    return scopes.slice(0, 4).flatMap((scope, index): RichText => {
      const words = scopeInWords(scope);
      return index === 0 ? words : rich`; ${words}`;
    });
  },

  evaluate(scopes, { request }) {
    const facts = request.moqt;
    if (facts === undefined) {
      return undecided(MOQT, 'missing-input', rich`It is judged by a MOQT relay, and no action was given`);
    }
    const action = MOQT_ACTIONS[facts.action] ?? `action ${facts.action}`;
    let needsTrack = false;
    for (const [index, scope] of scopes.entries()) {
      if (!scope.actions.includes(facts.action) || !isNamespaceMatch(scope, facts.namespace)) continue;
      if (scope.track !== undefined && facts.track === undefined) {
        needsTrack = true;
        continue;
      }
      if (scope.track === undefined || (facts.track !== undefined && isBinaryMatch(scope.track, facts.track))) {
        return passed(MOQT, rich`${action} is granted by scope ${String(index + 1)}`, { path: [MOQT.name, index] });
      }
    }
    const where = [...facts.namespace.map(binaryText), ...(facts.track === undefined ? [] : [binaryText(facts.track)])];
    if (needsTrack) {
      return undecided(MOQT, 'missing-input', rich`${action} is granted on some tracks, and no track was given`);
    }
    return denied(MOQT, 'DENY_MOQT', rich`${action} on ${literal(where.join('/'))} is not granted`, {
      actual: `${action} ${where.join('/')}`,
    });
  },

  form: {
    kind: 'list',
    addLabel: 'Add scope',
    of: {
      kind: 'group',
      members: [
        { name: 'actions', label: 'Actions', field: { kind: 'choices', options: MOQT_ACTIONS } },
        {
          name: 'namespace',
          label: 'Namespace',
          optional: true,
          field: { kind: 'list', addLabel: 'Add field', of: { kind: 'match', options: MATCHES, end: 'ends here' } },
        },
        { name: 'track', label: 'Track', optional: true, field: { kind: 'match', options: MATCHES } },
      ],
    },
  },

  examples: [
    {
      title: 'Publish tracks of one user',
      value: [aScope],
      cbor: '818382020682' + '4b6578616d706c652e636f6d' + '45616c696365' + '820146766964656f2d',
      json: [
        {
          actions: ['PUBLISH_NAMESPACE', 'PUBLISH'],
          namespace: [{ exact: 'example.com' }, { exact: 'alice' }],
          track: { prefix: 'video-' },
        },
      ],
    },
    {
      title: 'Everything a relay does',
      value: [{ actions: [0, 1, 2, 3, 4, 5, 6, 7, 8] }],
      cbor: '818189000102030405060708',
      json: [{ actions: MOQT_ACTIONS.slice(0, 9) }],
    },
    {
      title: 'A namespace that ends after one field, and a track by its end',
      value: [
        {
          actions: [SUBSCRIBE],
          namespace: [{ kind: 'suffix', bytes: Uint8Array.of(0xff) }, null],
          track: { kind: 'suffix', bytes: encodeUtf8('-a') },
        },
      ],
      cbor: '8183810482820241fff68202422d61',
      json: [{ actions: ['SUBSCRIBE'], namespace: [{ suffix: { hex: 'ff' } }, null], track: { suffix: '-a' } }],
    },
  ],
  refused: [
    { title: 'Nothing', cbor: '80', code: 'ERR_CLAIM_EMPTY' },
    { title: 'A scope without actions', cbor: '8180', code: 'ERR_CLAIM_EMPTY' },
    { title: 'Actions by name', cbor: '818181' + '6161', code: 'ERR_CLAIM_TYPE' },
    { title: 'An end before the end', cbor: '8182810482f64161', code: 'ERR_CLAIM_CONFLICT' },
    { title: 'An older form of a match', cbor: '8182810481a1006161', code: 'ERR_CLAIM_TYPE' },
    { title: 'A kind of match that nobody knows', cbor: '818281048182034161', code: 'ERR_CLAIM_UNKNOWN' },
  ],
  cases: [
    {
      title: 'granted',
      value: [aScope],
      request: asked(PUBLISH, ['example.com', 'alice'], 'video-hd'),
      verdict: 'pass',
    },
    {
      title: 'a longer namespace',
      value: [aScope],
      request: asked(PUBLISH, ['example.com', 'alice', 'cam'], 'video-hd'),
      verdict: 'pass',
    },
    {
      title: 'granted by the second scope',
      value: [{ actions: [0] }, { actions: [SUBSCRIBE] }],
      request: asked(SUBSCRIBE, ['x']),
      verdict: 'pass',
    },
    {
      title: 'another track',
      value: [aScope],
      request: asked(PUBLISH, ['example.com', 'alice'], 'audio'),
      verdict: 'fail',
      code: 'DENY_MOQT',
    },
    {
      title: 'another action',
      value: [aScope],
      request: asked(SUBSCRIBE, ['example.com', 'alice'], 'video-hd'),
      verdict: 'fail',
      code: 'DENY_MOQT',
    },
    {
      title: 'another namespace',
      value: [aScope],
      request: asked(PUBLISH, ['example.com', 'bob'], 'video-hd'),
      verdict: 'fail',
      code: 'DENY_MOQT',
    },
    {
      title: 'a shorter namespace',
      value: [aScope],
      request: asked(PUBLISH, ['example.com'], 'video-hd'),
      verdict: 'fail',
      code: 'DENY_MOQT',
    },
    {
      title: 'a namespace that goes on where it must end',
      value: [{ actions: [SUBSCRIBE], namespace: [{ kind: 'prefix', bytes: encodeUtf8('x') }, null] }],
      request: asked(SUBSCRIBE, ['xy', 'z'], 'a'),
      verdict: 'fail',
      code: 'DENY_MOQT',
    },
    {
      title: 'no track where tracks matter',
      value: [aScope],
      request: asked(PUBLISH, ['example.com', 'alice']),
      verdict: 'unknown',
      code: 'NOT_CHECKED',
    },
    { title: 'an HTTP request', value: [aScope], request: { method: 'GET' }, verdict: 'unknown', code: 'NOT_CHECKED' },
  ],
});

function isNamespaceMatch({ namespace = [] }: MoqtScope, actual: readonly Uint8Array[]): boolean {
  return namespace.every((match, index) => {
    const field = actual[index];
    if (match === null) return field === undefined;
    return field !== undefined && isBinaryMatch(match, field);
  });
}

function scopeInWords({ actions, namespace, track }: MoqtScope): RichText {
  const what = actions.map((action) => MOQT_ACTIONS[action] ?? `action ${action}`).join(', ');
  const where = (namespace ?? []).map((match) => (match === null ? '.' : binaryText(match.bytes))).join('/');
  const on = where === '' ? rich`${what}` : rich`${what} on ${literal(where)}`;
  return track === undefined ? on : rich`${on}, tracks like ${literal(binaryText(track.bytes))}`;
}
