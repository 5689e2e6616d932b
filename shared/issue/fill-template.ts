import { encodeHex } from '../bytes/hex.ts';
import type { JsonProblem } from '../claims/claim.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { err, ok, type Result } from '../result.ts';
import type { Draft, EnvelopeChoices } from './draft.ts';
import type { Clock } from './moments.ts';
import { readVariable, type VariableValue } from './read-variable.ts';
import type { Template, TemplateVariable } from './template.ts';

/** Why a template cannot be filled: a variable's text, or the template itself, whose problems name a place instead. */
export interface FillProblem {
  readonly variable?: string;
  readonly path?: JsonProblem['path'];
  readonly message: string;
}

export interface FilledTemplate {
  readonly draft: Draft;
  /** variables that were left blank, and what stands for them */
  readonly assumed: readonly { readonly variable: string; readonly otherwise: string }[];
}

/** Bytes of `{{random}}`: enough that two never meet. */
const RANDOM_BYTES = 16;
const PLACEHOLDER = /\{\{ ?([a-zA-Z][a-zA-Z0-9_-]*) ?\}\}/g;

/** Puts what was filled in, by variable, into a template's gaps. Blank counts as not filled in. */
export function fillTemplate(
  template: Template,
  filled: Readonly<Record<string, string>>,
  clock: Clock,
  randomBytes: (length: number) => Uint8Array,
): Result<FilledTemplate, readonly FillProblem[]> {
  const wrong = checkTemplate(template);
  if (wrong.length > 0) return err(wrong);
  const values = new Map<string, VariableValue>();
  const problems: FillProblem[] = [];
  const assumed: { variable: string; otherwise: string }[] = [];
  for (const variable of template.variables) {
    const value = readFilled(variable, filled[variable.name], clock);
    if (!value.ok) problems.push({ variable: variable.name, message: value.error });
    else {
      values.set(variable.name, value.value);
      if (value.value.assumed !== undefined) assumed.push({ variable: variable.name, otherwise: value.value.assumed });
    }
  }
  if (problems.length > 0) return err(problems);
  const look = (name: string): VariableValue => values.get(name) ?? drawRandom(randomBytes);
  const { claims, kept, envelope } = template.draft;
  return ok({
    draft: { claims: substitute(claims, look) as JsonObject, kept, envelope: substituteKid(envelope, look) },
    assumed,
  });
}

/** A variable's value, of its text or of what stands for a blank. */
export function readFilled(
  variable: TemplateVariable,
  filled: string | undefined,
  clock: Clock,
): Result<VariableValue & { readonly assumed?: string }, string> {
  if (filled !== undefined && filled.trim() !== '') return readVariable(variable, filled, clock);
  const { otherwise } = variable;
  if (otherwise === undefined) return err(`${variable.label} is needed`);
  const value = readVariable(variable, otherwise, clock);
  return value.ok ? ok({ ...value.value, assumed: otherwise }) : value;
}

export function drawRandom(randomBytes: (length: number) => Uint8Array): VariableValue {
  const text = encodeHex(randomBytes(RANDOM_BYTES));
  return { json: text, text };
}

/** What is wrong with a template before anything is filled in. */
export function checkTemplate({ variables, draft }: Template): readonly FillProblem[] {
  const problems: FillProblem[] = [];
  const names = new Set<string>();
  for (const [index, { name }] of variables.entries()) {
    const message = name === 'random' ? '“random” is a name of Catwalk’s own' : `“${name}” stands twice`;
    if (names.has(name) || name === 'random') problems.push({ path: ['variables', index], message });
    names.add(name);
  }
  for (const { path, name } of placeholders(draft.claims, ['draft', 'claims']))
    if (name !== 'random' && !names.has(name)) problems.push({ path, message: `There is no variable “${name}”` });
  for (const name of namesIn(draft.envelope.kid ?? ''))
    if (!names.has(name))
      problems.push({ path: ['draft', 'envelope', 'kid'], message: `There is no variable “${name}”` });
  return problems;
}

/** The names of all placeholders in a value, each once. */
export const namesIn = (json: Json): ReadonlySet<string> => new Set(placeholders(json, []).map(({ name }) => name));

function placeholders(json: Json, path: JsonProblem['path']): readonly { path: JsonProblem['path']; name: string }[] {
  if (typeof json === 'string') return [...json.matchAll(PLACEHOLDER)].map(([, name = '']) => ({ path, name }));
  if (Array.isArray(json)) return json.flatMap((item: Json, index) => placeholders(item, [...path, index]));
  if (!isJsonObject(json)) return [];
  // members are names of claims and components: a gap there would make another template of it
  return Object.entries(json).flatMap(([member, item]) => placeholders(item, [...path, member]));
}

type Look = (name: string) => VariableValue;

/** A value with its placeholders replaced. */
export const substitute = (json: Json, look: Look): Json => compileValue(json)(look);

/** As `substitute`, for a value that is filled in many times. */
export function compileValue(json: Json): (look: Look) => Json {
  if (typeof json === 'string') return compileText(json);
  if (Array.isArray(json)) {
    const items = json.map((item: Json) => compileValue(item));
    return (look) => items.map((item) => item(look));
  }
  if (!isJsonObject(json)) return () => json;
  const members = Object.entries(json).map(([member, item]) => [member, compileValue(item)] as const);
  return (look) => {
    const filled: Record<string, Json> = {};
    // a member may be called __proto__, which assignment would not make one
    for (const [member, item] of members)
      Object.defineProperty(filled, member, {
        value: item(look),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    return filled;
  };
}

function compileText(text: string): (look: Look) => Json {
  const [first] = text.matchAll(PLACEHOLDER);
  if (first === undefined) return () => text;
  const [all, name = ''] = first;
  if (all === text) return (look) => look(name).json;
  return (look) => text.replace(PLACEHOLDER, (_, inner: string) => look(inner).text);
}

function substituteKid(envelope: EnvelopeChoices, look: (name: string) => VariableValue): EnvelopeChoices {
  const { kid } = envelope;
  return typeof kid === 'string'
    ? { ...envelope, kid: kid.replace(PLACEHOLDER, (_, name: string) => look(name).text) }
    : envelope;
}
