import type { JsonProblem } from '../claims/claim.ts';
import type { CandidateKey, CryptoPort } from '../cose/crypto-port.ts';
import type { Json } from '../json.ts';
import { err, ok, type Result } from '../result.ts';
import { createIssuer, type Issuer, type ReadyClaim } from './create-issuer.ts';
import {
  checkTemplate,
  compileValue,
  drawRandom,
  type FillProblem,
  namesIn,
  readFilled,
  substitute,
} from './fill-template.ts';
import type { IssueNote } from './issue-note.ts';
import type { IssueError } from './issue-token.ts';
import { type KeyFacts, withKeyDefaults } from './key-defaults.ts';
import type { Clock } from './moments.ts';
import type { VariableValue } from './read-variable.ts';
import { MOMENT_CLAIMS, resolveTimes } from './relative-times.ts';
import type { Target } from './target.ts';
import type { Template, TemplateVariable } from './template.ts';

/** Makes one token of a template for each row of values. */
export interface RowIssuer {
  /** what there is to say about the template, for every row */
  readonly notes: readonly IssueNote[];
  /** `filled` holds the texts of the template's variables, in their order; blank ones get what stands for them */
  issue(filled: readonly string[]): Result<IssuedRow, readonly RowFault[]>;
}

export interface IssuedRow {
  /** written over by the next row's: copy what is kept */
  readonly bytes: Uint8Array;
  /** NumericDate, when the token's own claims have an expiry that is one */
  readonly expires: number | undefined;
  readonly notes: readonly IssueNote[];
  /** variables that were blank, and what was taken instead */
  readonly assumed: readonly { readonly variable: string; readonly otherwise: string }[];
}

/** Why a row makes no token. */
export interface RowFault {
  /** the one that is to blame, when there is one */
  readonly variable?: string;
  /** the claim and the place in it: `catu.path.contains` */
  readonly claim?: string;
  readonly message: string;
}

export interface RowIssuerInput {
  readonly template: Template;
  readonly target: Target;
  readonly key: KeyFacts & { readonly material: CandidateKey['material'] };
  /** of the run: "+2h" counts from its start in every row */
  readonly clock: Clock;
}

/** Values of a claim that are kept ready; a column of countries has few, a column of viewers would fill memory. */
const MOST_KEPT = 2000;

/** A member of the draft that rows change. */
interface Gap {
  readonly member: string;
  readonly fill: ReturnType<typeof compileValue>;
  readonly isMoment: boolean;
  /** places of its variables in the template's list */
  readonly reads: readonly number[];
  /** whether it has `{{random}}`, which makes every value new */
  readonly random: boolean;
  /** of claims without variables: the value with its random bytes to be written in */
  readonly patch?: { readonly claim: ReadyClaim; readonly result: Result<ReadyClaim, never>; readonly at: number };
  readonly kept: Kept;
}

type Made = Result<ReadyClaim, readonly RowFault[]>;

/** Claims by the texts they were made of, as long as the same texts come again. */
interface Kept {
  claims: Map<string, Made> | undefined;
  hits: number;
}

/** Everything that is the same for all rows is fitted, encoded and checked once. */
export function createRowIssuer(
  { template, target, key, clock }: RowIssuerInput,
  crypto: CryptoPort,
): Result<RowIssuer, readonly FillProblem[] | IssueError> {
  const wrong = checkTemplate(template);
  if (wrong.length > 0) return err(wrong);
  const { variables } = template;
  if (namesIn(template.draft.envelope.kid ?? '').size > 0)
    return err([
      { path: ['draft', 'envelope', 'kid'], message: 'Rows share one key, so its kid can have no variable' },
    ]);

  const fixed: Record<string, Json> = {};
  const members: { member: string; json: Json; names: ReadonlySet<string> }[] = [];
  for (const [member, json] of Object.entries(template.draft.claims)) {
    const names = namesIn(json);
    if (names.size === 0) fixed[member] = json;
    else members.push({ member, json, names });
  }
  const claims = resolveTimes(fixed, clock);
  if (!claims.ok) return err({ code: 'ERR_ISSUE_CLAIMS', problems: claims.error });
  const draft = withKeyDefaults({ ...template.draft, claims: claims.value }, key);
  const issuer = createIssuer(draft, target, key.material, crypto);
  if (!issuer.ok) return issuer;
  const gaps = members.map(({ member, json, names }): Gap => {
    const reads = variables.flatMap(({ name }, index) => (names.has(name) ? [index] : []));
    const random = names.has('random');
    const patch = random && reads.length === 0 ? findPatch(issuer.value, member, json) : undefined;
    return {
      member,
      fill: compileValue(json),
      isMoment: MOMENT_CLAIMS.has(member),
      reads,
      random,
      kept: { claims: random ? undefined : new Map(), hits: 0 },
      ...(patch && { patch }),
    };
  });
  const optional = variables.flatMap(({ otherwise }, index) =>
    otherwise !== undefined && gaps.some(({ reads }) => reads.includes(index)) ? [index] : [],
  );
  const fixedExpiry = claims.value['exp'];
  const prepared = { issuer: issuer.value, gaps, variables, optional, clock, crypto, fixedExpiry, changes: [] };
  return ok({ notes: issuer.value.notes, issue: (filled) => issueRow(filled, prepared) });
}

interface Prepared {
  readonly issuer: Issuer;
  readonly gaps: readonly Gap[];
  readonly variables: readonly TemplateVariable[];
  /** places of the variables that may be blank and are read */
  readonly optional: readonly number[];
  readonly clock: Clock;
  readonly crypto: CryptoPort;
  readonly fixedExpiry: Json | undefined;
  /** room for the claims of a row, in the order of the gaps */
  readonly changes: ReadyClaim[];
}

function issueRow(filled: readonly string[], prepared: Prepared): Result<IssuedRow, readonly RowFault[]> {
  const { issuer, gaps, variables, optional, fixedExpiry } = prepared;
  // of the row before, and written over: an issuer keeps nothing of it
  const { changes } = prepared;
  let faults = NO_FAULTS;
  let expires = typeof fixedExpiry === 'number' ? fixedExpiry : undefined;
  for (let i = 0; i < gaps.length; i++) {
    const gap = gaps[i];
    if (gap === undefined) continue;
    const claim = fitGap(gap, filled, prepared);
    if (!claim.ok) {
      faults = [...faults, ...claim.error];
      continue;
    }
    changes[i] = claim.value;
    const written = claim.value.claim?.value;
    if (gap.member === 'exp' && (written?.kind === 'int' || written?.kind === 'float')) expires = Number(written.value);
  }
  if (faults.length > 0) return err(faults);
  const issued = issuer.issueReady(changes);
  if (!issued.ok) return err(explain(issued.error, prepared));
  let assumed: IssuedRow['assumed'] = NONE;
  for (const index of optional) {
    const { name, otherwise } = variables[index] ?? {};
    if (name !== undefined && otherwise !== undefined && isBlank(filled[index]))
      assumed = [...assumed, { variable: name, otherwise }];
  }
  return ok({ bytes: issued.value.bytes, notes: issued.value.notes, assumed, expires });
}

const NONE: IssuedRow['assumed'] = [];
const NO_FAULTS: readonly RowFault[] = [];
const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

function fitGap(gap: Gap, filled: readonly string[], prepared: Prepared): Made {
  const { patch, reads, kept } = gap;
  if (patch !== undefined) {
    // written in place: the token that was made of it has a copy
    patch.claim.value.set(prepared.crypto.randomBytes(RANDOM_BYTES), patch.at);
    return patch.result;
  }
  if (kept.claims === undefined) return makeClaim(gap, filled, prepared);
  const identity = reads.length === 1 ? (filled[reads[0] ?? 0] ?? '') : reads.map((at) => filled[at] ?? '').join('\0');
  const known = kept.claims.get(identity);
  if (known !== undefined) {
    kept.hits++;
    return known;
  }
  const made = makeClaim(gap, filled, prepared);
  if (!made.ok) return made;
  if (kept.claims.size >= MOST_KEPT) {
    // a column in which nothing comes again is not worth its memory
    if (kept.hits < MOST_KEPT) kept.claims = undefined;
    else kept.claims.clear();
    kept.hits = 0;
  }
  kept.claims?.set(identity, made);
  return made;
}

function makeClaim(gap: Gap, filled: readonly string[], prepared: Prepared): Made {
  const { member, fill, isMoment, reads } = gap;
  const { issuer, variables, clock, crypto } = prepared;
  let faults = NO_FAULTS;
  const values = new Array<VariableValue>(reads.length);
  for (let i = 0; i < reads.length; i++) {
    const index = reads[i] ?? 0;
    const value = readCell(variables[index], filled[index], clock);
    if (value.ok) values[i] = value.value;
    else faults = [...faults, { ...value.error, claim: member }];
  }
  if (faults.length > 0) return err(faults);
  const only = reads.length === 1 && !gap.random ? values[0] : undefined;
  const written = fill(
    only === undefined
      ? (name) => values[reads.findIndex((at) => variables[at]?.name === name)] ?? drawRandom(crypto.randomBytes)
      : () => only,
  );
  const resolved = isMoment ? resolveTimes({ [member]: written }, clock) : undefined;
  if (resolved?.ok === false) return blame(resolved.error, gap, variables);
  const claim = issuer.fit(member, resolved === undefined ? written : (resolved.value[member] ?? null));
  return claim.ok ? claim : blame(claim.error, gap, variables);
}

function readCell(
  variable: TemplateVariable | undefined,
  text: string | undefined,
  clock: Clock,
): Result<VariableValue, RowFault> {
  if (variable === undefined) return err({ message: 'There is no such variable' });
  // what a reader puts where bytes are no UTF-8
  const value = text?.includes('\ufffd') ? err('It is not UTF-8 here') : readFilled(variable, text, clock);
  return value.ok ? value : err({ variable: variable.name, message: value.error });
}

function blame(
  problems: readonly JsonProblem[],
  { reads }: Gap,
  variables: readonly TemplateVariable[],
): Result<never, readonly RowFault[]> {
  const blamed = reads.length === 1 ? variables[reads[0] ?? 0]?.name : undefined;
  return err(
    problems.map(({ path, message }) => ({
      ...(blamed !== undefined && { variable: blamed }),
      claim: path.join('.'),
      message,
    })),
  );
}

/** What refused the row, with the variable that decides the claim in question. */
function explain(error: IssueError, { gaps, variables }: Prepared): readonly RowFault[] {
  if (error.code === 'ERR_ISSUE_CLAIMS')
    return error.problems.map(({ path, message }) => ({ claim: path.join('.'), message }));
  if (error.code === 'ERR_ISSUE_KEY') return [{ message: error.cause.message }];
  return error.notes
    .filter(({ kind }) => kind === 'refused')
    .map(({ claim, message }) => {
      const reads = gaps.find(({ member }) => member === claim)?.reads ?? [];
      const blamed = reads.length === 1 ? variables[reads[0] ?? 0]?.name : undefined;
      return {
        ...(blamed !== undefined && { variable: blamed }),
        ...(claim !== undefined && { claim }),
        message,
      };
    });
}

const RANDOM_BYTES = 16;

/**
 * Where a value's random bytes stand, found by fitting it twice with different ones; `undefined` where they do not stand
 * as bytes in one place, or where what is said about the value depends on them.
 */
function findPatch(issuer: Issuer, member: string, json: Json): Gap['patch'] {
  const fitWith = (byte: number) => {
    const written = substitute(json, () => drawRandom((length) => new Uint8Array(length).fill(byte)));
    const claim = issuer.fit(member, written);
    return claim.ok && claim.value.claim !== undefined && claim.value.notes.length === 0 ? claim.value : undefined;
  };
  const [low, high] = [fitWith(0), fitWith(255)];
  if (low === undefined || high === undefined || low.value.length !== high.value.length) return undefined;
  const differs = low.value.map((byte, index) => Number(byte !== high.value[index]));
  const at = differs.indexOf(1);
  const isOne =
    at >= 0 && differs.every((differ, index) => differ === Number(index >= at && index < at + RANDOM_BYTES));
  return isOne ? { claim: low, result: ok(low), at } : undefined;
}
