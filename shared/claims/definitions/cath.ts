import { text } from '../../cbor/build.ts';
import type { CborValue } from '../../cbor/node.ts';
import { combineRules, judgeMatch } from '../../evaluate/judge-match.ts';
import { denied, undecided } from '../../evaluate/make-verdict.ts';
import type { ClaimVerdict } from '../../evaluate/verdict.ts';
import { type RichText, rich, value } from '../../explain/rich-text.ts';
import { isJsonObject } from '../../json.ts';
import { err, ok } from '../../result.ts';
import { defineClaim, type EvaluateContext, type JsonProblem } from '../claim.ts';
import { bare, type Codec, problem, under, wrongType } from '../codec/codec.ts';
import { type Match, matchMapCodec } from '../codec/match-map.ts';
import { inList, matchInWords } from '../codec/match-words.ts';
import { numberRepeats, withoutNumber } from '../codec/node-json.ts';
import { textCodec } from '../codec/text.ts';

const CATH = { label: 315, name: 'cath' } as const;

/** What one header field must be; names differ by case only on the wire. */
export interface HeaderRule {
  readonly header: string;
  readonly matches: readonly Match[];
}
export type HeaderRules = readonly HeaderRule[];

const codec: Codec<HeaderRules> = {
  read(node, ctx) {
    const map = bare(node, ctx);
    if (map.kind !== 'map') return wrongType(map, 'a map of header names', ctx);
    if (map.entries.length === 0) ctx.issue(map, 'ERR_CLAIM_EMPTY', 'Must name a header');
    const rules: HeaderRule[] = [];
    for (const { key, value: node } of map.entries) {
      const header = textCodec.read(key, ctx);
      const matches = matchMapCodec.read(node, ctx);
      if (header !== undefined && matches !== undefined) rules.push({ header, matches });
    }
    return rules;
  },
  write: (rules): CborValue => ({
    kind: 'map',
    entries: rules.map(({ header, matches }) => ({ key: text(header), value: matchMapCodec.write(matches) })),
  }),
  toJson: (rules) => numberRepeats(rules.map(({ header, matches }) => [header, matchMapCodec.toJson(matches)])),
  fromJson(json, ctx) {
    if (!isJsonObject(json)) return problem('Must be an object of header names, as { "X-A": { "exact": "…" } }');
    const rules: HeaderRule[] = [];
    const problems: JsonProblem[] = [];
    for (const [header, one] of Object.entries(json)) {
      const matches = matchMapCodec.fromJson(one, ctx);
      if (matches.ok) rules.push({ header: withoutNumber(header), matches: matches.value });
      else problems.push(...under(header, matches.error));
    }
    if (rules.length === 0 && problems.length === 0) return problem('Must name a header');
    return problems.length === 0 ? ok(rules) : err(problems);
  },
};

function explainRule({ header, matches }: HeaderRule): RichText {
  const words = matches.map((match) => matchInWords(match, 'singular'));
  return words.length === 0
    ? rich`a header ${value(header)}`
    : rich`a header ${value(header)} that ${inList(words, 'and')}`;
}

function judgeRule({ header, matches }: HeaderRule, ctx: EvaluateContext): ClaimVerdict {
  const path = [CATH.name, header];
  const words = rich`header ${value(header)}`;
  const values = fieldValues(header, ctx);
  if (values.length === 0) {
    const expected = matches.map((match) => ('text' in match ? match.text : match.type)).join(', ');
    return denied(CATH, 'DENY_HEADER', rich`The request has no ${words}`, { path, expected });
  }
  const looked = ctx.rules.uri.several === 'first' ? matches.slice(0, 1) : matches;
  const verdicts = looked.flatMap((match) =>
    values.map((actual) => judgeMatch(match, { claim: CATH, code: 'DENY_HEADER', path, words, actual }, ctx)),
  );
  return combineRules(CATH, verdicts, ctx.rules.uri.several === 'any' ? 'any' : 'all', path);
}

/** One value of all its lines joined (RFC 9110 §5.2), or every line for itself. Names differ by no case (§5.1). */
function fieldValues(header: string, { request, rules }: EvaluateContext): readonly string[] {
  const name = header.toLowerCase();
  // RFC 9110 §5.5: white space around a value is not part of it
  const lines = (request.headers ?? [])
    .filter((field) => field.name.toLowerCase() === name)
    .map((field) => trim(field.value));
  return lines.length > 1 && rules.header.values === 'combined' ? [lines.join(', ')] : lines;
}

const trim = (line: string): string => line.replace(/^[ \t]+/, '').replace(/[ \t]+$/, '');

export const cath = defineClaim<HeaderRules>({
  ...CATH,
  ...codec,
  title: 'Header rules',
  summary: 'Which request headers must be there and what they must hold. All that are named must match.',
  source: 'CTA-5007-B §4.6.13',
  group: 'request',
  support: 'must',

  explain: (rules) =>
    rules.length === 0 ? rich`with no header rule at all` : rich`with ${inList(rules.map(explainRule), 'and')}`,

  evaluate(rules, ctx) {
    if (ctx.request.headers === undefined) {
      return undecided(CATH, 'missing-input', rich`The request’s headers were not given`);
    }
    return combineRules(
      CATH,
      rules.map((rule) => judgeRule(rule, ctx)),
      'all',
    );
  },

  form: { kind: 'header-rules' },

  examples: [
    {
      title: 'A header with a value',
      value: [{ header: 'userid', matches: [{ type: 'exact', text: '38vh' }] }],
      cbor: 'a166757365726964a1006433387668',
      json: { userid: { exact: '38vh' } },
    },
    {
      title: 'Two headers, in the order of their encoding',
      value: [
        { header: 'X-A', matches: [{ type: 'prefix', text: 'b' }] },
        { header: 'Referer', matches: [{ type: 'contains', text: '.example/' }] },
      ],
      cbor: 'a263582d41a10161626752656665726572a103692e6578616d706c652f',
      json: { 'X-A': { prefix: 'b' }, Referer: { contains: '.example/' } },
    },
    {
      title: 'A header named like a part of every object',
      value: [{ header: '__proto__', matches: [{ type: 'exact', text: '' }] }],
      cbor: 'a1695f5f70726f746f5f5fa10060',
      json: JSON.parse('{"__proto__":{"exact":""}}'),
    },
  ],
  refused: [
    { title: 'No header', cbor: 'a0', code: 'ERR_CLAIM_EMPTY' },
    { title: 'Numbered pairs (a Fastly helper)', cbor: 'a100a200617801617a', code: 'ERR_CLAIM_TYPE' },
    { title: 'A list of hosts (early C4M)', cbor: '816178', code: 'ERR_CLAIM_TYPE' },
    { title: 'A value instead of a match', cbor: 'a161786179', code: 'ERR_CLAIM_TYPE' },
    { title: 'A match type nobody defined', cbor: 'a16178a118636179', code: 'ERR_CLAIM_UNKNOWN' },
  ],
  cases: [
    {
      title: 'the value',
      value: [{ header: 'X-A', matches: [{ type: 'exact', text: 'b' }] }],
      request: { headers: [{ name: 'x-a', value: ' b\t' }] },
      verdict: 'pass',
    },
    {
      title: 'another value',
      value: [{ header: 'X-A', matches: [{ type: 'exact', text: 'b' }] }],
      request: { headers: [{ name: 'X-A', value: 'B' }] },
      verdict: 'fail',
      code: 'DENY_HEADER',
    },
    {
      title: 'a header that is not there',
      value: [{ header: 'X-A', matches: [{ type: 'exact', text: '' }] }],
      request: { headers: [{ name: 'X-B', value: '' }] },
      verdict: 'fail',
      code: 'DENY_HEADER',
    },
    {
      title: 'an empty header, asked for',
      value: [{ header: 'X-A', matches: [{ type: 'exact', text: '' }] }],
      request: { headers: [{ name: 'X-A', value: '' }] },
      verdict: 'pass',
    },
    {
      title: 'two lines as one value',
      value: [{ header: 'X-A', matches: [{ type: 'exact', text: 'b, c' }] }],
      request: {
        headers: [
          { name: 'X-A', value: 'b' },
          { name: 'X-B', value: '1' },
          { name: 'x-A', value: 'c' },
        ],
      },
      verdict: 'pass',
    },
    {
      title: 'one of two lines',
      value: [{ header: 'X-A', matches: [{ type: 'exact', text: 'b' }] }],
      request: {
        headers: [
          { name: 'X-A', value: 'b' },
          { name: 'X-A', value: 'c' },
        ],
      },
      verdict: 'fail',
      code: 'DENY_HEADER',
    },
    {
      title: 'one of two headers',
      value: [
        { header: 'X-A', matches: [{ type: 'exact', text: 'b' }] },
        { header: 'X-B', matches: [{ type: 'exact', text: 'c' }] },
      ],
      request: { headers: [{ name: 'X-A', value: 'b' }] },
      verdict: 'fail',
      code: 'DENY_HEADER',
    },
    {
      title: 'headers not given',
      value: [{ header: 'X-A', matches: [{ type: 'exact', text: 'b' }] }],
      verdict: 'unknown',
      code: 'NOT_CHECKED',
    },
  ],
});
