import type { CborNode } from '../cbor/node.ts';
import type { ClaimEntry } from '../claims/claims-set.ts';
import { MATCH_LABELS, type Match } from '../claims/codec/match-map.ts';
import type { HeaderRules } from '../claims/definitions/cath.ts';
import type { UriRule, UriRules } from '../claims/definitions/catu.ts';
import { shown } from '../cose/words.ts';
import { URI_COMPONENTS } from '../evaluate/uri.ts';
import { type Check, type ClaimsFacts, missing, type Notice } from './check.ts';

/** One match of catu with the node it stands in. */
interface UriMatch {
  readonly component: UriRule['component'];
  readonly match: Match;
  readonly node: CborNode;
}

function uriMatches(facts: ClaimsFacts): readonly UriMatch[] {
  return facts.all('catu').flatMap((entry) =>
    ((entry.value as UriRules | undefined) ?? []).flatMap((rule) => {
      if (rule.component === 'unknown') return [];
      const { component } = rule;
      const place = componentNode(entry, component);
      return rule.matches.map((match) => ({ component, match, node: matchNode(place, match) }));
    }),
  );
}

/** The item of a component in the tree; the claim's own where a dialect keeps it elsewhere. */
const componentNode = (entry: ClaimEntry, component: UriRule['component']): CborNode =>
  valueAt(entry.node, URI_COMPONENTS.indexOf(component)) ?? entry.node;

const matchNode = (place: CborNode, match: Match): CborNode =>
  (match.type === 'unknown' ? undefined : valueAt(place, MATCH_LABELS[match.type])) ?? place;

function valueAt(node: CborNode, label: number): CborNode | undefined {
  let inner = node;
  while (inner.kind === 'tag') inner = inner.value;
  if (inner.kind !== 'map') return undefined;
  return inner.entries.find(({ key }) => key.kind === 'int' && key.value === label)?.value;
}

type TextMatch = Extract<Match, { readonly text: string }>;
const isText = (match: Match): match is TextMatch => 'text' in match;
const WORDS = { exact: 'is exactly', prefix: 'starts with', suffix: 'ends with', contains: 'contains' } as const;

/** A row that looks at one match of catu at a time. */
function uriCheck(
  row: Pick<Check<ClaimsFacts>, 'code' | 'title' | 'severity'>,
  look: (found: UriMatch) => Omit<Notice, 'at' | 'claim'> | undefined,
): Check<ClaimsFacts> {
  return {
    ...row,
    find: (facts) =>
      uriMatches(facts).flatMap((found) => {
        const notice = look(found);
        return notice === undefined ? [] : [{ ...notice, at: found.node, claim: 'catu' }];
      }),
  };
}

const SHORT_SEGMENT = /^\/[^/]{0,3}\/?$/;

function widePath({ component, match }: UriMatch): Omit<Notice, 'at' | 'claim'> | undefined {
  if (!isText(match) || (component !== 'path' && component !== 'parent-path') || match.type === 'exact')
    return undefined;
  const { type, text } = match;
  const all = text === '' || text === '/' ? 'every path' : undefined;
  const wide = all ?? (type === 'prefix' && SHORT_SEGMENT.test(text) ? 'a whole top folder' : undefined);
  if (wide === undefined && (type === 'prefix' || text.length > 2)) return undefined;
  return {
    message: `The ${component} rule (${WORDS[type]} “${shown(text)}”) covers ${wide ?? 'nearly every path'}, so this token opens much more than one title.`,
    mend: 'Use the path or the id of what the token is for.',
  };
}

function openPrefix({ component, match }: UriMatch): Omit<Notice, 'at' | 'claim'> | undefined {
  if (component !== 'path' || !isText(match) || match.type !== 'prefix') return undefined;
  if (match.text.endsWith('/') || match.text === '' || /\.[a-z0-9]{2,5}$/i.test(match.text)) return undefined;
  const text = shown(match.text);
  return {
    message: `The path prefix “${text}” has no slash at its end, so it covers “${text}-other/” as well.`,
    mend: `End it with a slash: “${text}/”.`,
  };
}

function extensionDot({ component, match }: UriMatch): Omit<Notice, 'at' | 'claim'> | undefined {
  if (component !== 'extension' || !isText(match) || match.text === '' || match.type === 'contains') return undefined;
  const text = shown(match.text);
  return match.text.startsWith('.')
    ? {
        message: `The extension is written with its dot (“${text}”). node-cat, Akamai and Fastly compare it so; zig’s and cat-token’s verifiers compare it without.`,
        severity: 'info',
      }
    : {
        message: `The extension is written without its dot (“${text}”). zig’s and cat-token’s verifiers compare it so; node-cat, Akamai and Fastly compare it with the dot and never match.`,
        mend: `Write “.${text}” for those, or use a path that ends with “.${text}”.`,
      };
}

/** Matches that cannot hold whatever the request, after the normalisation of RFC 3986 §6.2.2. */
function neverMatches({ component, match }: UriMatch): Omit<Notice, 'at' | 'claim'> | undefined {
  if (!isText(match)) return undefined;
  const { text, type } = match;
  const said = `“${shown(text)}”`;
  if ((component === 'host' || component === 'scheme') && /[A-Z]/.test(text))
    return {
      message: `${component === 'host' ? 'Hosts' : 'Schemes'} are compared in lower case, so ${said} never matches.`,
      mend: `Write “${shown(text.toLowerCase())}”.`,
    };
  if (component === 'scheme' && /[:/]/.test(text))
    return {
      message: `The scheme is written with what follows it (${said}); it is compared without.`,
      mend: 'Write “https”.',
    };
  if (component === 'host' && /[:/]/.test(text) && !text.startsWith('['))
    return {
      message: `The host ${said} has more in it than a host name. Only Akamai compares it with its port.`,
      mend: 'Keep the name alone; ports have a component of their own.',
    };
  if ((component === 'filename' || component === 'stem') && text.includes('/'))
    return {
      message: `The ${component} rule has a slash in it (${said}), and file names have none, so it never matches.`,
      mend: 'Leave the slash out.',
    };
  if (
    (component === 'path' || component === 'parent-path') &&
    (type === 'exact' || type === 'prefix') &&
    text !== '' &&
    !text.startsWith('/')
  )
    return {
      message: `Paths begin with a slash, and this rule (${WORDS[type]} ${said}) does not, so it never matches.`,
      mend: `Write “/${shown(text)}”, or use contains.`,
    };
  if (component === 'port' && /\D/.test(text))
    return { message: `The port ${said} is no number, so it never matches.` };
  return undefined;
}

export const URI_CHECKS: readonly Check<ClaimsFacts>[] = [
  {
    code: 'several-matches',
    title: 'More than one match in a component',
    severity: 'warning',
    find: (facts) => [
      ...facts
        .all('catu')
        .flatMap((entry) =>
          ((entry.value as UriRules | undefined) ?? []).flatMap((rule) =>
            rule.component !== 'unknown' && rule.matches.length > 1
              ? [
                  severalMatches(
                    rule.matches,
                    `The ${rule.component} rule`,
                    componentNode(entry, rule.component),
                    'catu',
                  ),
                ]
              : [],
          ),
        ),
      ...facts
        .all('cath')
        .flatMap((entry) =>
          ((entry.value as HeaderRules | undefined) ?? []).flatMap(({ header, matches }) =>
            matches.length > 1
              ? [severalMatches(matches, `The rule for header ${shown(header)}`, entry.node, 'cath')]
              : [],
          ),
        ),
    ],
  },
  uriCheck({ code: 'wide-path', title: 'Over-wide path', severity: 'warning' }, widePath),
  uriCheck({ code: 'open-prefix', title: 'Path prefix without a slash at its end', severity: 'info' }, openPrefix),
  uriCheck({ code: 'extension-dot', title: 'Extension with or without its dot', severity: 'warning' }, extensionDot),
  uriCheck({ code: 'never-matches', title: 'URL rules that can never match', severity: 'warning' }, neverMatches),
  uriCheck(
    { code: 'parent-path-slash', title: 'Slash at the end of a parent path', severity: 'info' },
    ({ component, match }) =>
      component === 'parent-path' &&
      isText(match) &&
      match.text.length > 1 &&
      match.text.endsWith('/') &&
      match.type !== 'prefix'
        ? {
            message:
              'The parent path ends with a slash. Sources differ: node-cat, Akamai and Fastly compare it without, zig’s and cat-token’s verifiers with it.',
            mend: 'Use a path that starts with it.',
          }
        : undefined,
  ),
  uriCheck(
    { code: 'anchored-path', title: 'Path rules from the start, not confirmed for Flowplayer', severity: 'info' },
    ({ component, match }) =>
      isText(match) &&
      (match.type === 'exact' || match.type === 'prefix') &&
      (component === 'path' || component === 'parent-path')
        ? {
            message: `The ${component} rule uses “${WORDS[match.type]}”. Whether /pt:… counts as part of the path is not confirmed for Flowplayer. “Contains” is safe either way.`,
            mend: 'For Flowplayer, use contains with the video id.',
          }
        : undefined,
  ),
  uriCheck({ code: 'regex-groups', title: 'Regular expressions with group values', severity: 'info' }, ({ match }) =>
    match.type === 'regex' && match.groups.length > 0
      ? {
          message:
            'Values for the groups of a regular expression follow it. What they mean is not settled; node-cat and Akamai take the first for flags and throw.',
          mend: 'Put what the groups must hold into the expression itself.',
        }
      : undefined,
  ),
  uriCheck({ code: 'regex-bare', title: 'Regular expressions as bare text', severity: 'warning' }, ({ match }) =>
    match.type === 'regex' && match.bare === true
      ? {
          message:
            'The regular expression is bare text, as cat-token writes it. Others expect an array that begins with it, and refuse the token.',
          mend: 'Write an array with one text.',
        }
      : undefined,
  ),
  uriCheck({ code: 'digest-text', title: 'Hashes as hex text', severity: 'warning' }, ({ match }) =>
    'digest' in match && match.hexText === true
      ? {
          message: 'The hash is hex text, which only node-cat reads. Others expect 32 bytes.',
          mend: 'Write the hash as a byte string.',
        }
      : undefined,
  ),
  missing(
    { code: 'no-catu', title: 'No URL rule', severity: 'info' },
    (facts) => facts.all('catu').length > 0 || facts.all('moqt').length > 0,
    {
      message: 'There is no catu, so the token is good for every URL that takes its key.',
      claim: 'catu',
      mend: 'Limit it to the path or id of what it is for.',
    },
  ),
];

const severalMatches = (matches: readonly Match[], what: string, at: CborNode, claim: string): Notice => ({
  message: `${what} has ${matches.length} matches. Fastly wants all of them, zig’s verifier any one, node-cat and Akamai look at the first only.`,
  at,
  claim,
  mend: 'Keep one match in each component.',
});
