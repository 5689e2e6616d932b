import type { ClaimEntry } from '../claims/claims-set.ts';
import { dateSeconds } from '../claims/codec/number.ts';
import { formatDuration, UTC_STYLE } from '../explain/time-style.ts';
import { type Seconds, seconds } from '../units.ts';
import { type Check, type ClaimsFacts, missing, NOTHING, nestedSets } from './check.ts';

const DAY = 86_400;
/** A token that lives longer is as good as a password; platforms issue for hours, at most for days. */
const LONG_LIFE = 7 * DAY;
/** Later than 5138 when read as seconds, 1973 when read as milliseconds. */
const CANNOT_BE_SECONDS = 1e11;
const CLOCKS_DIFFER = 300;

const TIMES = ['exp', 'nbf', 'iat'] as const;

const secondsOf = (entry: ClaimEntry | undefined): Seconds | undefined =>
  entry !== undefined && (typeof entry.value === 'number' || typeof entry.value === 'bigint')
    ? dateSeconds(entry.value)
    : undefined;

const time = (facts: ClaimsFacts, name: string): Seconds | undefined => secondsOf(facts.base(name));
const isMilliseconds = (at: Seconds): boolean => at > CANNOT_BE_SECONDS;

/** A row for each time claim: its code carries the claim's name. */
const inMilliseconds = (name: (typeof TIMES)[number]): Check<ClaimsFacts> => ({
  code: `${name}-in-milliseconds`,
  title: `${name} in milliseconds`,
  severity: 'error',
  find: (facts) =>
    facts.all(name).flatMap((entry) => {
      const at = secondsOf(entry);
      if (at === undefined || !isMilliseconds(at)) return [];
      const meant = seconds(Math.floor(at / 1000));
      const effect =
        name === 'exp'
          ? 'so the token never expires'
          : name === 'nbf'
            ? 'so the token never becomes valid'
            : 'which no clock shows';
      return [
        {
          message: `${name} is ${at}, which looks like milliseconds. Recipients read seconds, ${effect}. ${UTC_STYLE.time(meant)} was probably meant.`,
          at: entry.node,
          claim: name,
          mend: `Divide it by 1,000: ${meant}.`,
        },
      ];
    }),
});

/** Whether every way through the token passes an expiry: in the base set, in some `and` branch, or in all of `or`. */
function expires(facts: ClaimsFacts): boolean {
  const has = (set: ClaimsFacts['claims']): boolean =>
    set.entries.some((entry) => {
      if (entry.name === 'exp') return true;
      const branches = nestedSets(entry);
      if (entry.name === 'and') return branches.some(has);
      return entry.name === 'or' && branches.length > 0 && branches.every(has);
    });
  return has(facts.claims);
}

export const TIME_CHECKS: readonly Check<ClaimsFacts>[] = [
  ...TIMES.map(inMilliseconds),
  missing({ code: 'no-exp', title: 'No expiry', severity: 'warning' }, expires, {
    message: 'There is no exp, so the token is good for ever, for everybody who gets hold of it.',
    claim: 'exp',
    mend: 'Issue it with an exp a few hours ahead.',
  }),
  {
    code: 'exp-before-nbf',
    title: 'Expiry before the start',
    severity: 'error',
    find: (facts) => {
      const exp = time(facts, 'exp');
      const nbf = time(facts, 'nbf');
      if (exp === undefined || nbf === undefined || exp > nbf) return NOTHING;
      return [
        {
          message: `exp is ${exp === nbf ? 'the same moment as' : `${formatDuration(seconds(nbf - exp))} before`} nbf, so there is no moment at which the token is valid.`,
          at: facts.base('exp')?.node,
          claim: 'exp',
          mend: 'Issue it with an exp after nbf.',
        },
      ];
    },
  },
  {
    code: 'long-life',
    title: 'Over-long life',
    severity: 'warning',
    find: (facts) => {
      const exp = time(facts, 'exp');
      if (exp === undefined || isMilliseconds(exp)) return NOTHING;
      const from = time(facts, 'nbf') ?? time(facts, 'iat') ?? facts.now;
      const life = exp - from;
      if (life <= LONG_LIFE || isMilliseconds(from)) return NOTHING;
      return [
        {
          message: `The token is good for ${formatDuration(seconds(life))}. Whoever copies it can use it that long, and only a key that is withdrawn ends it.`,
          at: facts.base('exp')?.node,
          claim: 'exp',
          mend: 'Issue for hours, and renew.',
        },
      ];
    },
  },
  {
    code: 'exp-zero-or-negative',
    title: 'Expiry at or before 1970',
    severity: 'warning',
    find: (facts) => {
      const exp = time(facts, 'exp');
      if (exp === undefined || exp > 0) return NOTHING;
      const who =
        exp === 0
          ? 'node-cat and CloudFront’s sample take 0 for “no expiry” and accept the token; Akamai calls it ill-formed.'
          : 'Fastly’s library turns a negative time into one that never comes.';
      return [
        {
          message: `exp is ${exp}: expired since 1970. ${who}`,
          at: facts.base('exp')?.node,
          claim: 'exp',
          mend: 'Issue it with a real expiry.',
        },
      ];
    },
  },
  {
    code: 'float-time',
    title: 'Times written as floating-point numbers',
    severity: 'info',
    find: (facts) =>
      TIMES.flatMap((name) =>
        facts.all(name).flatMap(({ node }) =>
          node.kind === 'float'
            ? [
                {
                  message: `${name} is written as a floating-point number. The standard allows it; Fastly’s decoder refuses the whole token for it${Number.isInteger(node.value) ? '' : ', and cat-token takes no fractions'}.`,
                  at: node,
                  claim: name,
                  mend: 'Write whole seconds as an integer.',
                },
              ]
            : [],
        ),
      ),
  },
  {
    code: 'iat-in-future',
    title: 'Issued in the future',
    severity: 'info',
    find: (facts) => {
      const iat = time(facts, 'iat');
      if (iat === undefined || isMilliseconds(iat) || iat - facts.now <= CLOCKS_DIFFER) return NOTHING;
      return [
        {
          message: `iat lies ${formatDuration(seconds(iat - facts.now))} ahead of the clock here. It decides nothing, but the issuer’s clock may be wrong, and nbf and exp with it.`,
          at: facts.base('iat')?.node,
          claim: 'iat',
          mend: 'Compare the issuer’s clock.',
        },
      ];
    },
  },
];
