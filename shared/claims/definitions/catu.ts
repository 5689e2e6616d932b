import { int } from '../../cbor/build.ts';
import { isComplete } from '../../cbor/is-complete.ts';
import type { CborNode, CborValue } from '../../cbor/node.ts';
import { combineRules, judgeMatch, unknownRule } from '../../evaluate/judge-match.ts';
import { denied, undecided } from '../../evaluate/make-verdict.ts';
import {
  requestUri,
  sortQuery,
  URI_COMPONENTS,
  type Uri,
  type UriComponent,
  uriComponent,
} from '../../evaluate/uri.ts';
import type { ClaimVerdict, VerdictCode } from '../../evaluate/verdict.ts';
import { type RichText, rich, value } from '../../explain/rich-text.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { err, ok } from '../../result.ts';
import type { Rules } from '../../verifiers/rules.ts';
import { type ClaimCase, defineClaim, type EvaluateContext, type JsonProblem, type ReadContext } from '../claim.ts';
import { bare, type Codec, problem, under, wrongType } from '../codec/codec.ts';
import { labelOf, type OtherEntry } from '../codec/group.ts';
import { type Match, matchMapCodec } from '../codec/match-map.ts';
import { expectedText, inList, matchInWords } from '../codec/match-words.ts';
import { nodeToJson, numberRepeats, spellKey, withoutNumber } from '../codec/node-json.ts';

const CATU = { label: 312, name: 'catu' } as const;

/** What one component of the URI must be. */
export interface UriRule {
  readonly component: UriComponent;
  readonly matches: readonly Match[];
}
/** A component nobody has defined, kept as it stands. */
export interface UnknownUriRule extends OtherEntry {
  readonly component: 'unknown';
}
export type UriRules = readonly (UriRule | UnknownUriRule)[];

/** As one says it of the request, and of the many URLs a token lets through. */
const COMPONENT_WORDS: Readonly<Record<UriComponent, { readonly one: string; readonly many: string }>> = {
  scheme: { one: 'scheme', many: 'schemes' },
  host: { one: 'host', many: 'hosts' },
  port: { one: 'port', many: 'ports' },
  path: { one: 'path', many: 'paths' },
  query: { one: 'query', many: 'queries' },
  'parent-path': { one: 'parent path', many: 'parent paths' },
  filename: { one: 'file name', many: 'file names' },
  stem: { one: 'file stem', many: 'file stems' },
  extension: { one: 'extension', many: 'extensions' },
};

const codec: Codec<UriRules> = {
  read(node, ctx) {
    const item = bare(node, ctx);
    if (item.kind === 'int') return sayUsageLimit(item, ctx);
    if (item.kind !== 'map') return wrongType(item, 'a map of URI components', ctx);
    if (item.entries.length === 0) ctx.issue(item, 'ERR_CLAIM_EMPTY', 'Must name a component');
    const rules: (UriRule | UnknownUriRule)[] = [];
    for (const { key, value: node } of item.entries) {
      const component = URI_COMPONENTS[labelOf(key, ctx) ?? -1];
      if (component === undefined) {
        ctx.issue(key, 'ERR_CLAIM_UNKNOWN', `No URI component ${spellKey(key)} is defined`);
        if (isComplete(key) && isComplete(node)) rules.push({ component: 'unknown', key, value: node });
        continue;
      }
      const matches = matchMapCodec.read(node, ctx);
      if (matches !== undefined) rules.push({ component, matches });
    }
    return rules;
  },
  write: (rules) => ({ kind: 'map', entries: rules.map(writeRule) }),
  toJson: (rules) => numberRepeats(rules.map(ruleToJson)),
  fromJson(json, ctx) {
    if (!isJsonObject(json)) return problem('Must be an object of URI components, as { "path": { "contains": "…" } }');
    const rules: UriRule[] = [];
    const problems: JsonProblem[] = [];
    for (const [name, one] of Object.entries(json)) {
      const component = componentByName(withoutNumber(name));
      if (component === undefined) {
        problems.push({ path: [name], message: `Must be one of ${URI_COMPONENTS.join(', ')}` });
        continue;
      }
      const matches = matchMapCodec.fromJson(one, ctx);
      if (matches.ok) rules.push({ component, matches: matches.value });
      else problems.push(...under(name, matches.error));
    }
    if (rules.length === 0 && problems.length === 0) return problem('Must name a URI component');
    return problems.length === 0 ? ok(rules) : err(problems);
  },
};

/** Early C4M vectors count uses in this claim: named, and no rule about URLs. */
function sayUsageLimit(node: CborNode, ctx: ReadContext): undefined {
  ctx.dialect('catu-usage-counter', node);
  ctx.issue(node, 'ERR_CLAIM_TYPE', 'Must be a map of URI components; early CAT-4-MOQT counted uses here');
}

function writeRule(rule: UriRule | UnknownUriRule): { key: CborValue; value: CborValue } {
  if (rule.component === 'unknown') return rule;
  return { key: int(URI_COMPONENTS.indexOf(rule.component)), value: matchMapCodec.write(rule.matches) };
}

function ruleToJson(rule: UriRule | UnknownUriRule): [string, Json] {
  if (rule.component === 'unknown') return [spellKey(rule.key), nodeToJson(rule.value)];
  return [rule.component, matchMapCodec.toJson(rule.matches)];
}

/** The standard's name, its label in decimal (the OVP), or underscores for hyphens (Akamai). */
function componentByName(name: string): UriComponent | undefined {
  if (/^\d$/.test(name)) return URI_COMPONENTS[Number(name)];
  const hyphened = name.replaceAll('_', '-');
  return URI_COMPONENTS.find((component) => component === hyphened);
}

/** the one of the request, as the subject of a sentence */
const SUBJECTS = Object.fromEntries(
  URI_COMPONENTS.map((component) => [component, rich`${COMPONENT_WORDS[component].one}`]),
) as Readonly<Record<UriComponent, RichText>>;

function explainRule(rule: UriRule | UnknownUriRule): RichText {
  if (rule.component === 'unknown') return rich`an unknown part ${value(spellKey(rule.key))}`;
  const matches = rule.matches.map((match) => matchInWords(match, 'plural'));
  return rich`${COMPONENT_WORDS[rule.component].many} that ${inList(matches, 'and')}`;
}

function judgeRule(rule: UriRule | UnknownUriRule, uri: Uri, ctx: EvaluateContext): ClaimVerdict {
  if (rule.component === 'unknown') {
    const label = spellKey(rule.key);
    const reason = rich`No URI component ${value(label)} is defined`;
    return unknownRule(ctx.rules.uri.unknownComponent, CATU, 'DENY_URI', reason, [CATU.name, label]);
  }
  const { component, matches } = rule;
  const path = [CATU.name, component];
  const one = COMPONENT_WORDS[component].one;
  if (component === 'port' && ctx.rules.uri.defaultPort === 'never') {
    return denied(CATU, 'DENY_URI', rich`This recipient compares no ports`, { path });
  }
  const actual = uriComponent(component, uri, ctx.rules.uri, component === 'host' ? hostHeader(ctx) : undefined);
  if (actual === undefined) {
    return undecided(CATU, 'missing-input', rich`The URL has no ${one}: it is not a whole one`, { path });
  }
  const { several, queryOrder } = ctx.rules.uri;
  const looked = several === 'first' ? matches.slice(0, 1) : matches;
  const verdicts = looked.map((match) => {
    const sorted = component === 'query' && queryOrder === 'sorted' ? withSortedText(match) : match;
    const verdict = judgeMatch(
      sorted,
      { claim: CATU, code: 'DENY_URI', path, words: SUBJECTS[component], actual },
      ctx,
    );
    return verdict.code === 'DENY_URI' ? withOtherReading(verdict, match, component, uri, ctx) : verdict;
  });
  return combineRules(CATU, verdicts, several === 'any' ? 'any' : 'all', path);
}

/** node-cat puts the token's side in order as well. */
function withSortedText(match: Match): Match {
  return 'text' in match ? { ...match, text: sortQuery(match.text) } : match;
}

const hostHeader = ({ request }: EvaluateContext): string | undefined =>
  request.headers?.find(({ name }) => name.toLowerCase() === 'host')?.value;

/** Where the public sources conflict about a derived component (CAT.md b, g.2): the other ways to read it. */
const OTHER_READINGS: Readonly<Partial<Record<UriComponent, readonly Partial<Rules['uri']>[]>>> = {
  'parent-path': [{ parentPath: 'with-slash' }, { parentPath: 'without-slash' }],
  stem: [{ stem: 'to-first-dot' }, { stem: 'to-last-dot' }],
  extension: [{ extension: 'without-dot' }, { extension: 'with-dot' }, { extension: 'from-first-dot' }],
};

/** A denial that another reading of the standard would not make says so. */
function withOtherReading(
  verdict: ClaimVerdict,
  match: Match,
  component: UriComponent,
  uri: Uri,
  ctx: EvaluateContext,
): ClaimVerdict {
  for (const reading of OTHER_READINGS[component] ?? []) {
    const rules: Rules = { ...ctx.rules, uri: { ...ctx.rules.uri, ...reading } };
    const actual = uriComponent(component, uri, rules.uri, undefined);
    if (actual === undefined || actual === verdict.actual) continue;
    const subject = { claim: CATU, code: 'DENY_URI', path: verdict.path, words: [], actual } as const;
    if (judgeMatch(match, subject, { ...ctx, rules }).verdict !== 'pass') continue;
    const word = COMPONENT_WORDS[component].one;
    const reason = rich`${verdict.reason}; recipients that read the ${word} as ${value(actual)} would let it through`;
    return { ...verdict, reason };
  }
  return verdict;
}

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
/** hashes of “/a” */
const SHA256_OF_A = bytesOf('6a50dc8584134c7de537c0052ff6d236bf874355e050c90523e0c5ff2a543a28');
const SHA512_256_OF_A = bytesOf('8d26219bf50be4804ed41850d383971957400da909a8c084365cd174ceab6aa7');

/** A case of one match on one component. */
function on(
  component: UriComponent,
  match: Match,
  url: string | undefined,
  verdict: 'pass' | 'fail' | 'unknown',
  code: VerdictCode = verdict === 'pass' ? 'OK' : 'DENY_URI',
): ClaimCase<UriRules> {
  return {
    title: `${component} ${match.type} ${expectedText(match)} on ${url ?? 'nothing'}`,
    value: [{ component, matches: [match] }],
    ...(url === undefined ? {} : { request: { url } }),
    verdict,
    code,
  };
}

export const catu = defineClaim<UriRules>({
  ...CATU,
  ...codec,
  title: 'URL rules',
  summary: 'Which URLs are let through, component by component. All that are named must match.',
  source: 'CTA-5007-B §4.6.10',
  group: 'request',
  support: 'must',

  explain: (rules) => (rules.length === 0 ? rich`no URL rule at all` : inList(rules.map(explainRule), 'and')),

  evaluate(rules, ctx) {
    const { url } = ctx.request;
    if (url === undefined) return undecided(CATU, 'missing-input', rich`The request’s URL was not given`);
    const uri = requestUri(url, ctx.rules.uri);
    return combineRules(
      CATU,
      rules.map((rule) => judgeRule(rule, uri, ctx)),
      'all',
    );
  },

  form: { kind: 'uri-rules' },

  examples: [
    {
      title: 'Paths that contain an id',
      value: [{ component: 'path', matches: [{ type: 'contains', text: 'id' }] }],
      cbor: 'a103a103626964',
      json: { path: { contains: 'id' } },
    },
    {
      title: 'Scheme, host, path and extension',
      value: [
        { component: 'scheme', matches: [{ type: 'exact', text: 'https' }] },
        { component: 'host', matches: [{ type: 'suffix', text: '.a.example' }] },
        { component: 'path', matches: [{ type: 'prefix', text: '/vod/' }] },
        { component: 'extension', matches: [{ type: 'exact', text: '.m3u8' }] },
      ],
      cbor: 'a400a10065687474707301a1026a2e612e6578616d706c6503a101652f766f642f08a100652e6d337538',
      json: {
        scheme: { exact: 'https' },
        host: { suffix: '.a.example' },
        path: { prefix: '/vod/' },
        extension: { exact: '.m3u8' },
      },
    },
    {
      title: 'An expression whose second group must hold a value',
      value: [{ component: 'path', matches: [{ type: 'regex', pattern: '^/(.*)/(.*)$', groups: [null, 'b'] }] }],
      cbor: 'a103a104836c5e2f282e2a292f282e2a2924f66162',
      json: { path: { regex: ['^/(.*)/(.*)$', null, 'b'] } },
    },
    {
      title: 'A path known by its hash only',
      value: [{ component: 'path', matches: [{ type: 'sha256', digest: SHA256_OF_A }] }],
      cbor: 'a103a12058206a50dc8584134c7de537c0052ff6d236bf874355e050c90523e0c5ff2a543a28',
      json: { path: { sha256: { hex: '6a50dc8584134c7de537c0052ff6d236bf874355e050c90523e0c5ff2a543a28' } } },
    },
    {
      title: 'Two matches in one component',
      value: [
        {
          component: 'filename',
          matches: [
            { type: 'prefix', text: 'seg' },
            { type: 'suffix', text: '.ts' },
          ],
        },
      ],
      cbor: 'a106a2016373656702632e7473',
      json: { filename: { prefix: 'seg', suffix: '.ts' } },
    },
    {
      title: 'No query at all',
      value: [{ component: 'query', matches: [{ type: 'exact', text: '' }] }],
      cbor: 'a104a10060',
      json: { query: { exact: '' } },
    },
  ],
  refused: [
    { title: 'No component', cbor: 'a0', code: 'ERR_CLAIM_EMPTY' },
    { title: 'A component nobody defined', cbor: 'a109a1006178', code: 'ERR_CLAIM_UNKNOWN' },
    { title: 'A match type nobody defined', cbor: 'a103a1056178', code: 'ERR_CLAIM_UNKNOWN' },
    { title: 'A component without a match', cbor: 'a103a0', code: 'ERR_CLAIM_EMPTY' },
    { title: 'Bytes where text belongs', cbor: 'a103a1034178', code: 'ERR_CLAIM_TYPE' },
    { title: 'A list of texts (CloudFront sample)', cbor: 'a108a1008261616162', code: 'ERR_CLAIM_TYPE' },
    { title: 'A number (early C4M)', cbor: '05', code: 'ERR_CLAIM_TYPE' },
    { title: 'An expression without a pattern', cbor: 'a103a10480', code: 'ERR_CLAIM_EMPTY' },
    { title: 'A tagged text', cbor: 'a103a103d8206178', code: 'ERR_CLAIM_TAG' },
  ],
  cases: [
    on('path', { type: 'contains', text: 'id' }, 'https://a.example/v/id/x.m3u8', 'pass'),
    on('path', { type: 'contains', text: 'id' }, 'https://a.example/v/ID/x.m3u8', 'fail'),
    on('path', { type: 'exact', text: '/' }, 'https://a.example', 'pass'),
    on('path', { type: 'exact', text: '/a~b' }, 'https://a.example/x/../%61%7eb', 'pass'),
    on('path', { type: 'prefix', text: '/v/' }, 'https://a.example/pt:0YRDoQEFoEA/v/x.m3u8', 'pass'),
    on('path', { type: 'regex', pattern: '^/v/[0-9]+/', groups: [] }, 'https://a.example/v/12/x', 'pass'),
    on('path', { type: 'regex', pattern: '^/v/[0-9]+$', groups: [] }, 'https://a.example/v/12/x', 'fail'),
    on('path', { type: 'regex', pattern: '^/(a|ab)(c|bcd)$', groups: [null, 'bcd'] }, 'https://a.example/abcd', 'pass'),
    on('path', { type: 'regex', pattern: '^/([^/]+)/', groups: ['b'] }, 'https://a.example/a/x', 'fail'),
    on('path', { type: 'regex', pattern: '(?=a)', groups: [] }, 'https://a.example/a', 'unknown', 'CANNOT_JUDGE'),
    on('path', { type: 'sha256', digest: SHA256_OF_A }, 'https://a.example/a?b=1', 'pass'),
    on('path', { type: 'sha256', digest: SHA256_OF_A }, 'https://a.example/b', 'fail'),
    on('path', { type: 'sha512-256', digest: SHA512_256_OF_A }, 'https://a.example/a', 'pass'),
    on(
      'path',
      { type: 'sha256', digest: SHA256_OF_A, hexText: true },
      'https://a.example/a',
      'fail',
      'DENY_ILL_FORMED',
    ),
    on('scheme', { type: 'exact', text: 'https' }, 'HTTPS://a.example/', 'pass'),
    on('scheme', { type: 'exact', text: 'https' }, 'http://a.example/', 'fail'),
    on('host', { type: 'suffix', text: '.example' }, 'https://CDN.Example:8443/', 'pass'),
    on('host', { type: 'exact', text: 'example' }, 'https://user@a.example/', 'fail'),
    on('host', { type: 'exact', text: '[2001:db8::1]' }, 'https://[2001:DB8::1]:443/', 'pass'),
    on('port', { type: 'exact', text: '' }, 'https://a.example:443/', 'pass'),
    on('port', { type: 'exact', text: '8443' }, 'https://a.example:8443/', 'pass'),
    on('port', { type: 'exact', text: '443' }, 'https://a.example/', 'fail'),
    on('query', { type: 'exact', text: 'b=2&a=1' }, 'https://a.example/?b=2&CAT=0YRD&a=1', 'pass'),
    on('query', { type: 'exact', text: '' }, 'https://a.example/?CAT=0YRD', 'pass'),
    on('query', { type: 'contains', text: 'a=2' }, 'https://a.example/?b=2&a=1', 'fail'),
    on('parent-path', { type: 'exact', text: '/a' }, 'https://a.example/a/b.tar.gz', 'pass'),
    on('parent-path', { type: 'exact', text: '/a/' }, 'https://a.example/a/b.tar.gz', 'fail'),
    on('filename', { type: 'exact', text: 'b.tar.gz' }, 'https://a.example/a/b.tar.gz', 'pass'),
    on('filename', { type: 'exact', text: 'a' }, 'https://a.example/a/', 'fail'),
    on('stem', { type: 'exact', text: 'b.tar' }, 'https://a.example/a/b.tar.gz', 'pass'),
    on('stem', { type: 'exact', text: 'b' }, 'https://a.example/a/b.tar.gz', 'fail'),
    on('extension', { type: 'exact', text: '.gz' }, 'https://a.example/a/b.tar.gz', 'pass'),
    on('extension', { type: 'exact', text: 'gz' }, 'https://a.example/a/b.tar.gz', 'fail'),
    on('extension', { type: 'exact', text: '' }, 'https://a.example/a.b/c', 'pass'),
    on('path', { type: 'contains', text: 'id' }, undefined, 'unknown', 'NOT_CHECKED'),
    on('host', { type: 'exact', text: 'a.example' }, '/v/x.m3u8', 'unknown', 'NOT_CHECKED'),
    {
      title: 'two matches of which one fails',
      value: [
        {
          component: 'path',
          matches: [
            { type: 'prefix', text: '/a' },
            { type: 'suffix', text: '.ts' },
          ],
        },
      ],
      request: { url: 'https://a.example/a.m3u8' },
      verdict: 'fail',
      code: 'DENY_URI',
    },
    {
      title: 'two components of which one fails',
      value: [
        { component: 'scheme', matches: [{ type: 'exact', text: 'https' }] },
        { component: 'host', matches: [{ type: 'exact', text: 'b.example' }] },
      ],
      request: { url: 'https://a.example/' },
      verdict: 'fail',
      code: 'DENY_URI',
    },
  ],
});
