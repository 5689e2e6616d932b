import type { Mend } from '../../../shared/evaluate/mend.ts';
import type { RichText } from '../../../shared/explain/rich-text.ts';
import type { ClaimFacts, ReportFacts } from '../../../shared/report/report.ts';
import type { Seconds } from '../../../shared/units.ts';
import { verifierById } from '../../../shared/verifiers/registry.ts';
import type { VerdictKind } from '../../ui/verdict.tsx';
import type { TokenView } from '../../workers/token-view/token-view.ts';
import { type JudgedRow, meaningOf } from './judged-rows.ts';
import type { InspectState } from './model.ts';
import { describeToken } from './sentence.ts';
import { type Answer, answerIntegrity, answerRequest, answerTime, describeRepair } from './words.ts';

const VERDICT_WORDS: Readonly<Record<VerdictKind, string>> = {
  pass: 'Pass',
  fail: 'Fail',
  warning: 'Warning',
  'not-checked': 'Not checked',
  'cannot-know': 'Can’t know here',
  info: 'Info',
};

/** What the screen shows now, for a report; nothing is redacted yet. */
export function readReportFacts(state: InspectState, view: TokenView, at: Seconds, verifier: string): ReportFacts {
  const { integrity, rows, request, mend } = state;
  const answer = (question: string, given: Answer | undefined) => ({
    question,
    word: given?.word ?? 'Not checked',
    detail: given?.detail ?? '',
  });
  const { envelope, token } = view;
  return {
    judgedAt: at,
    verifier: verifierById(verifier)?.name ?? verifier,
    sentence: describeToken({ view, integrity, rows, at }),
    answers: [
      answer('Integrity', answerIntegrity(integrity, view)),
      answer('Time', answerTime(view, at)),
      answer('Request', envelope.hasClaims ? answerRequest(rows, request) : undefined),
    ],
    token: {
      text: token.text,
      proofAt: proofAt(view),
      envelope: envelope.title,
      bytes: envelope.size,
      alg: envelope.alg,
      kid: envelope.kid,
      where: token.source.where,
      repairs: token.repairs.map(describeRepair),
    },
    request,
    claims: claimFacts(rows),
    findings: view.findings,
    fix: fixOf(mend),
  };
}

/** Whole characters before the first byte of the MAC or signature. */
function proofAt({ items, token }: TokenView): number | undefined {
  const proof = items.find((item) => item.segment === 'mac');
  if (proof === undefined) return undefined;
  return token.kind === 'c4m-dot' ? proof.start : Math.floor((proof.start * 4) / 3);
}

function claimFacts(rows: readonly JudgedRow[]): readonly ClaimFacts[] {
  let of = '';
  return rows.map((row): ClaimFacts => {
    if (row.depth === 0) of = row.name;
    const { kind, word, diff } = row.verdict;
    return {
      name: row.name,
      label: row.label,
      depth: row.depth,
      of,
      verdict: word ?? VERDICT_WORDS[kind],
      means: meaningOf(row),
      raw: row.raw,
      ...(diff === undefined ? {} : { expected: diff.expected, actual: diff.actual }),
    };
  });
}

const fixOf = (mend: Mend | undefined): RichText | undefined => mend?.sentence;
