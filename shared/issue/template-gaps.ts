import { applyMend } from '../evaluate/apply-mend.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { Draft } from './draft.ts';
import { namesIn } from './fill-template.ts';
import { parseDuration } from './moments.ts';
import type { Template, TemplateVariable } from './template.ts';

/** A value of a draft that a template made of it may ask for each time. */
export interface TemplateGap {
  /** of the value in the claims */
  readonly path: readonly string[];
  readonly variable: TemplateVariable;
  /** what the draft has there, in words */
  readonly shown: string;
  /** the template that the draft was made of asks for it */
  readonly wasAsked: boolean;
  /** what stands in the value's place, with the variable's name in braces */
  readonly written: Json;
}

type Found = Omit<TemplateGap, 'wasAsked' | 'variable'> & {
  readonly variable: Omit<TemplateVariable, 'name'> & { name: string };
};

/** What may be asked for, in the order of a form; `from` is the template that the draft was made of. */
export function findTemplateGaps({ claims }: Draft, from?: Template): readonly TemplateGap[] {
  const found = [
    ...['nbf', 'exp'].flatMap((name) => timeGap(name, claims[name])),
    ...ruleGaps(claims['catu']),
    ...listGap('catgeoiso3166', claims['catgeoiso3166'], { name: 'countries', label: 'Countries', type: 'countries' }),
    ...listGap('catnip', claims['catnip'], { name: 'network', label: 'Network', type: 'networks' }),
    ...textGap('iss', claims['iss'], { name: 'issuer', label: 'Issuer' }),
    ...textGap('sub', claims['sub'], { name: 'viewer', label: 'Viewer' }),
  ];
  const taken = new Set(from?.variables.map(({ name }) => name));
  return found.map((gap): TemplateGap => {
    const asked = from === undefined ? undefined : askedAt(from, gap.path);
    if (asked !== undefined) return { ...gap, ...asked, wasAsked: true };
    const name = freeName(gap.variable.name, taken);
    const written = renamed(gap.written, gap.variable.name, name);
    return { ...gap, variable: { ...gap.variable, name }, written, wasAsked: false };
  });
}

/** A template of the draft that asks for these; a token id is drawn anew for every token. */
export function makeTemplate(
  draft: Draft,
  asked: readonly TemplateGap[],
): Pick<Template, 'summary' | 'variables' | 'draft'> {
  const claims = applyMend(
    draft.claims,
    asked.map(({ path, written }) => ({ path, after: written })),
  );
  // one variable may stand in several places
  const variables = [...new Map(asked.map(({ variable }) => [variable.name, variable])).values()];
  const { cti } = claims;
  const isDrawn = isJsonObject(cti) && typeof cti['hex'] === 'string' && cti['hex'].length === 2 * RANDOM_BYTES;
  return {
    summary: variables.length === 0 ? '' : `asks for ${variables.map(({ label }) => label.toLowerCase()).join(', ')}`,
    variables,
    draft: { ...draft, claims: isDrawn ? { ...claims, cti: { hex: '{{random}}' } } : claims },
  };
}

const RANDOM_BYTES = 16;

function timeGap(name: string, json: Json | undefined): readonly Found[] {
  if (typeof json !== 'string' && typeof json !== 'number') return [];
  const shown = String(json);
  const length = shown.startsWith('+') ? shown.slice(1).trim() : undefined;
  const [from, until] = ['Valid from', 'Valid until'];
  // a moment of today is no help to whoever fills it in tomorrow
  if (length === undefined || parseDuration(length) === undefined)
    return [
      {
        path: [name],
        shown,
        variable: { name: name === 'nbf' ? 'from' : 'until', label: name === 'nbf' ? from : until, type: 'moment' },
        written: name === 'nbf' ? '{{from}}' : '{{until}}',
      },
    ];
  return name === 'nbf'
    ? []
    : [
        {
          path: [name],
          shown,
          variable: { name: 'length', label: 'Valid for', type: 'duration', unit: 'h', otherwise: length },
          written: '+{{length}}',
        },
      ];
}

function ruleGaps(json: Json | undefined): readonly Found[] {
  if (!isJsonObject(json)) return [];
  return Object.entries(json).flatMap(([part, matches]) =>
    !isJsonObject(matches)
      ? []
      : Object.entries(matches).flatMap(([match, value]): readonly Found[] => {
          if (typeof value !== 'string' || value === '') return [];
          const isId = part === 'path' && match === 'contains' && /^[\w.-]{1,200}$/.test(value);
          const name = isId ? 'video' : part.replace(/[^a-z0-9]/gi, '') || 'part';
          const label = isId ? 'Video' : `${part.charAt(0).toUpperCase()}${part.slice(1)}`;
          return [
            {
              path: ['catu', part, match],
              shown: value,
              variable: { name, label, type: isId ? 'id' : 'text', example: value },
              written: `{{${name}}}`,
            },
          ];
        }),
  );
}

function listGap(
  claim: string,
  json: Json | undefined,
  variable: Pick<TemplateVariable, 'name' | 'label' | 'type'>,
): readonly Found[] {
  if (!Array.isArray(json) || json.length === 0) return [];
  const shown = json.map((one: Json) => (typeof one === 'string' ? one : JSON.stringify(one))).join(', ');
  // an address is somebody's: it is no value for everybody else
  const kept = claim === 'catnip' ? { example: '203.0.113.0/24' } : { otherwise: shown };
  return [{ path: [claim], shown, variable: { ...variable, ...kept }, written: `{{${variable.name}}}` }];
}

const textGap = (
  claim: string,
  json: Json | undefined,
  variable: Pick<TemplateVariable, 'name' | 'label'>,
): readonly Found[] =>
  typeof json !== 'string' || json === ''
    ? []
    : [
        {
          path: [claim],
          shown: json,
          variable: { ...variable, type: 'text', ...(claim === 'iss' && { otherwise: json }) },
          written: `{{${variable.name}}}`,
        },
      ];

/** The variable that a template has in a place, alone or within text. */
function askedAt(
  { draft, variables }: Template,
  path: readonly string[],
): { readonly variable: TemplateVariable; readonly written: Json } | undefined {
  let json: Json | undefined = draft.claims;
  for (const step of path) json = isJsonObject(json) ? json[step] : undefined;
  if (json === undefined) return undefined;
  const names = namesIn(json);
  const variable = variables.find(({ name }) => names.has(name));
  return variable === undefined || names.size > 1 ? undefined : { variable, written: json };
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}${number}`;
  taken.add(free);
  return free;
}

const renamed = (written: Json, from: string, to: string): Json =>
  typeof written === 'string' ? written.replace(`{{${from}}}`, `{{${to}}}`) : written;
