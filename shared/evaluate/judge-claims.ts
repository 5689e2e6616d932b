import type { CborNode } from '../cbor/node.ts';
import type { ClaimDefinition, ClaimIssue, EvaluateContext } from '../claims/claim.ts';
import type { ClaimEntry, ClaimsSet } from '../claims/claims-set.ts';
import { kindInWords } from '../claims/codec/codec.ts';
import { asList } from '../claims/codec/list.ts';
import { foreignLabelName } from '../claims/foreign-labels.ts';
import { value as literal, type RichText, rich } from '../explain/rich-text.ts';
import { type IllFormedAnswer, type Rules, supportOf } from '../verifiers/rules.ts';
import type { Verifier } from '../verifiers/verifier.ts';
import { findUndecodable } from './decodability.ts';
import { understandsLabel, understandsShape } from './dialect-rules.ts';
import { splitDuplicates } from './duplicates.ts';
import { type ClaimIdentity, denied, ignored, undecided } from './make-verdict.ts';
import { createRegexBudget } from './match.ts';
import type { RecipientFacts, RequestFacts } from './request.ts';
import type { ClaimVerdict } from './verdict.ts';

/**
 * A verdict for every entry of a claims set, in its order, and for what the verifier misses. Total: nothing in a token
 * or a request makes it throw.
 */
export function judgeClaims(
  set: ClaimsSet,
  request: RequestFacts,
  recipient: RecipientFacts,
  verifier: Verifier,
): readonly ClaimVerdict[] {
  return new ClaimsJudge(request, recipient, verifier).base(set);
}

/** A set being judged, with what holds from the sets around it. */
interface Scope {
  readonly ctx: EvaluateContext;
  /** claims that must be understood (`crit`): with it, others need not be known; `undefined` = no crit */
  readonly critical: ReadonlySet<string> | undefined;
}

class ClaimsJudge {
  private readonly request: RequestFacts;
  private readonly recipient: RecipientFacts;
  private readonly verifier: Verifier;
  private readonly regexBudget = createRegexBudget();

  constructor(request: RequestFacts, recipient: RecipientFacts, verifier: Verifier) {
    this.request = request;
    this.recipient = recipient;
    this.verifier = verifier;
  }

  base(set: ClaimsSet): readonly ClaimVerdict[] {
    const undecodable = findUndecodable(set, this.verifier.rules.decoding);
    const verdicts = this.judgeSet(set, undefined);
    if (undecodable !== undefined) {
      const at = set.entries.indexOf(undecodable.entry);
      verdicts[at] = denied(
        identityOf(undecodable.entry),
        'DENY_VERIFIER_ERROR',
        rich`The verifier cannot decode ${undecodable.what}, and loses the whole token over it`,
      );
    }
    verdicts.push(...this.missing(set));
    return verdicts;
  }

  private judgeSet(set: ClaimsSet, outer: Scope | undefined): ClaimVerdict[] {
    const { rules } = this.verifier;
    const { effective, superseded } = splitDuplicates(set, rules.duplicates);
    const claims =
      outer === undefined ? effective : { ...effective, entries: [...effective.entries, ...outer.ctx.claims.entries] };
    const scope: Scope = {
      ctx: {
        request: this.request,
        recipient: this.recipient,
        rules,
        claims,
        regexBudget: this.regexBudget,
        evaluateClaims: (nested) => this.judgeSet(nested, scope),
      },
      critical: criticalNames(effective, rules) ?? outer?.critical,
    };
    return set.entries.map((entry) =>
      superseded?.has(entry) ? this.judgeRepeat(entry) : this.judgeEntry(entry, scope),
    );
  }

  /** RFC 8949 §5.6: a map with two entries of one key is not valid. */
  private judgeRepeat(entry: ClaimEntry): ClaimVerdict {
    return this.verifier.rules.duplicates === 'reject'
      ? denied(identityOf(entry), 'DENY_ILL_FORMED', rich`It stands twice`)
      : ignored(identityOf(entry), 'NOT_ENFORCED', rich`It stands again further on, and the last one counts`);
  }

  private judgeEntry(entry: ClaimEntry, scope: Scope): ClaimVerdict {
    const { rules } = this.verifier;
    const { definition } = entry;
    if (definition === undefined || !understandsLabel(entry, rules.dialects)) return this.judgeUnknown(entry, scope);
    if (Object.hasOwn(rules.throwsOn, definition.name) && rules.throwsOn[definition.name]?.includes(entry.node.kind)) {
      const what = kindInWords(entry.node);
      return denied(identityOf(entry), 'DENY_VERIFIER_ERROR', rich`It is ${what}, and the verifier throws`);
    }
    const support = supportOf(rules, definition.name);
    if (support === 'ignore') {
      return definition.group === 'information'
        ? ignored(identityOf(entry), 'INFO', rich`Informs, and is no reason to refuse`)
        : ignored(identityOf(entry), 'NOT_ENFORCED', rich`${this.verifier.name} does not look at it`);
    }
    if (support === 'reject') {
      return denied(identityOf(entry), 'DENY_UNKNOWN_CLAIM', rich`${this.verifier.name} takes no token with it`);
    }
    if (rules.emptyIsAbsent.includes(definition.name) && isEmpty(entry.node)) {
      return ignored(identityOf(entry), 'NOT_ENFORCED', rich`It is empty, and is read as if it were not there`);
    }
    const verdict = this.judgeShape(entry, definition, scope) ?? this.evaluate(entry, definition, scope);
    if (support !== 'unconfirmed' || verdict.verdict === 'ignored') return verdict;
    const standard = verdict.verdict === 'fail' ? 'refused' : verdict.verdict === 'pass' ? 'accepted' : 'undecided';
    return this.unconfirmed(
      verdict,
      rich`Whether ${this.verifier.name} looks at it is not known; by the standard it is ${standard}: ${verdict.reason}`,
    );
  }

  private evaluate(entry: ClaimEntry, definition: ClaimDefinition, { ctx }: Scope): ClaimVerdict {
    const verdict = definition.evaluate(entry.value, ctx);
    const first = entry.label === verdict.label ? verdict : { ...verdict, label: labelOf(entry) };
    for (const { claim, question, rules } of this.verifier.open) {
      if (claim !== definition.name) continue;
      const other = definition.evaluate(entry.value, { ...ctx, rules });
      if (other.verdict === first.verdict) continue;
      return this.unconfirmed(
        first,
        rich`It depends on ${question}, which is not known for ${this.verifier.name}: ${first.reason}, or ${other.reason}`,
      );
    }
    return first;
  }

  private unconfirmed(verdict: ClaimVerdict, reason: RichText): ClaimVerdict {
    const { path, expected, actual, at, children } = verdict;
    return undecided(verdict, 'not-supported', reason, {
      path,
      ...(expected === undefined ? {} : { expected }),
      ...(actual === undefined ? {} : { actual }),
      ...(at === undefined ? {} : { at }),
      ...(children === undefined ? {} : { children }),
    });
  }

  /** What a claim of the wrong shape comes to; `undefined` = it is judged like any other. */
  private judgeShape(entry: ClaimEntry, definition: ClaimDefinition, scope: Scope): ClaimVerdict | undefined {
    const { rules } = this.verifier;
    const isUnreadable = entry.value === undefined;
    const odd = understandsShape(entry, rules.dialects) ? undefined : 'is written in a form of older drafts';
    if (!isUnreadable && odd === undefined && !isIllFormed(entry, rules)) return undefined;
    if (isUnreadable && definition.group === 'time' && rules.time.wrongType === 'absent') {
      return ignored(identityOf(entry), 'NOT_ENFORCED', rich`It is no number, and is read as if it were not there`);
    }
    const answer: IllFormedAnswer =
      (Object.hasOwn(rules.illFormedClaims, definition.name) ? rules.illFormedClaims[definition.name] : undefined) ??
      rules.illFormed;
    const issue = entry.issues.find(({ severity }) => severity === 'error');
    const what = rich`It ${odd ?? 'is ill-formed'}${issue === undefined ? '' : `: ${lowerFirst(issue.message)}`}`;
    if (answer === 'reject') return denied(identityOf(entry), 'DENY_ILL_FORMED', what, this.branches(entry, scope));
    if (answer === 'unconfirmed') {
      const reason = rich`${what}; what ${this.verifier.name} does about that is not known`;
      return undecided(identityOf(entry), 'not-supported', reason, this.branches(entry, scope));
    }
    const throws = answer === 'error' && (isUnreadable || entry.issues.some(isTypeError));
    if (odd !== undefined || throws) {
      return denied(identityOf(entry), 'DENY_VERIFIER_ERROR', rich`${what}, and the verifier throws`);
    }
    return isUnreadable ? ignored(identityOf(entry), 'NOT_ENFORCED', rich`${what}, and is skipped`) : undefined;
  }

  /** The branches of a composite get their verdicts even where it is refused for its shape. */
  private branches({ definition, value }: ClaimEntry, { ctx }: Scope): Pick<ClaimVerdict, 'children'> {
    const children = value === undefined ? undefined : definition?.evaluate(value, ctx).children;
    return children === undefined ? {} : { children };
  }

  private judgeUnknown(entry: ClaimEntry, { critical }: Scope): ClaimVerdict {
    const { unknownClaims } = this.verifier.rules;
    const identity = identityOf(entry);
    const what =
      entry.definition === undefined
        ? unknownInWords(entry.label)
        : rich`At label ${literal(String(entry.label))} the verifier does not know it as ${literal(entry.name)}`;
    if (unknownClaims === 'ignore') return ignored(identity, 'NOT_ENFORCED', rich`${what}, and it is skipped`);
    // draft-lemmons-cose-composite-claims: with crit, a claim it does not list may be unknown
    if (critical !== undefined && !critical.has(entry.name)) {
      return ignored(identity, 'NOT_ENFORCED', rich`${what}, and crit does not list it`);
    }
    if (unknownClaims === 'unconfirmed') {
      const reason = rich`${what}; what ${this.verifier.name} does about that is not known`;
      return undecided(identity, 'not-supported', reason);
    }
    return denied(identity, 'DENY_UNKNOWN_CLAIM', rich`${what}, and a claim that is not known refuses the token`);
  }

  /** Claims the verifier demands, whatever the token says. */
  private missing(set: ClaimsSet): readonly ClaimVerdict[] {
    const { rules, name } = this.verifier;
    const { issuers, audiences } = this.recipient;
    const lacks = (claim: string) => !set.entries.some((entry) => entry.name === claim);
    const verdicts: ClaimVerdict[] = [];
    if (rules.issuer.missing === 'reject' && issuers !== undefined && lacks('iss')) {
      verdicts.push(
        denied(ISS, 'DENY_MISSING', rich`The token names no issuer, and only known ones are let in`, {
          expected: issuers.join(', '),
        }),
      );
    }
    if (rules.audience.missing === 'reject' && audiences !== undefined && lacks('aud')) {
      verdicts.push(
        denied(AUD, 'DENY_MISSING', rich`The token names no audience, and ${name} wants to be named`, {
          expected: audiences.join(', '),
        }),
      );
    }
    if (rules.time.requireExpiry && lacks('exp')) {
      verdicts.push(denied(EXP, 'DENY_MISSING', rich`The token never expires, and ${name} takes none that does not`));
    }
    return verdicts;
  }
}

const ISS: ClaimIdentity = { name: 'iss', label: 1 };
const AUD: ClaimIdentity = { name: 'aud', label: 3 };
const EXP: ClaimIdentity = { name: 'exp', label: 4 };

function criticalNames(set: ClaimsSet, rules: Rules): ReadonlySet<string> | undefined {
  const entry = set.entries.find(({ name, value }) => name === 'crit' && value !== undefined);
  if (entry === undefined || !understandsLabel(entry, rules.dialects)) return undefined;
  return new Set(asList(entry.value as readonly { readonly name: string }[]).map(({ name }) => name));
}

/** Lengths, ranges and emptiness are no matter of shape to everybody. */
function isIllFormed(entry: ClaimEntry, rules: Rules): boolean {
  if (!entry.illFormed || rules.shape === 'full') return entry.illFormed;
  return entry.issues.some(
    ({ severity, code }) => severity === 'error' && code !== 'ERR_CLAIM_RANGE' && code !== 'ERR_CLAIM_EMPTY',
  );
}

/** What JavaScript takes for false. */
function isEmpty(node: CborNode): boolean {
  switch (node.kind) {
    case 'int':
      return node.value === 0;
    case 'float':
      return node.value === 0 || Number.isNaN(node.value);
    case 'text':
      return node.value === '';
    case 'simple':
      return node.value === 20 || node.value === 22 || node.value === 23;
    default:
      return false;
  }
}

const identityOf = (entry: ClaimEntry): ClaimIdentity => ({ name: entry.name, label: labelOf(entry) });
const labelOf = ({ label }: ClaimEntry): number | string => (typeof label === 'bigint' ? label.toString() : label);

const isTypeError = ({ severity, code }: ClaimIssue): boolean => severity === 'error' && code === 'ERR_CLAIM_TYPE';

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** A label that means something elsewhere is named by it: an attestation is no CAT. */
function unknownInWords(label: ClaimEntry['label']): RichText {
  const name = typeof label === 'number' ? foreignLabelName(label) : undefined;
  return name === undefined
    ? rich`Nobody here knows this claim`
    : rich`CAT has no claim ${String(label)}; elsewhere it is ${literal(name)}`;
}
