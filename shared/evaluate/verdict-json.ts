import { toPlainText } from '../explain/rich-text.ts';
import { UTC_STYLE } from '../explain/time-style.ts';
import type { JsonObject } from '../json.ts';
import type { Mend } from './mend.ts';
import type { ClaimVerdict } from './verdict.ts';

/** A verdict as `check --json` and reports print it; nested rules stand under `children`. */
export const verdictToJson = (verdict: ClaimVerdict): JsonObject => ({
  name: verdict.name,
  label: verdict.label,
  verdict: verdict.verdict,
  code: verdict.code,
  reason: toPlainText(verdict.reason, UTC_STYLE),
  path: verdict.path,
  ...(verdict.unknown === undefined ? {} : { unknown: verdict.unknown }),
  ...(verdict.expected === undefined ? {} : { expected: verdict.expected }),
  ...(verdict.actual === undefined ? {} : { actual: verdict.actual }),
  ...(verdict.at === undefined ? {} : { at: verdict.at }),
  ...(verdict.children === undefined ? {} : { children: verdict.children.map(verdictToJson) }),
});

/** A mend: the patch of the claims JSON, what stays a person's decision, and whether the patch is enough. */
export const mendToJson = (mend: Mend): JsonObject => ({
  sufficient: mend.sufficient,
  sentence: toPlainText(mend.sentence, UTC_STYLE),
  changes: mend.changes.map((change) => ({
    claim: change.claim,
    path: change.path,
    before: change.before ?? null,
    after: change.after ?? null,
    sentence: toPlainText(change.sentence, UTC_STYLE),
  })),
  decisions: mend.decisions.map((decision) => ({
    claim: decision.claim,
    reason: toPlainText(decision.reason, UTC_STYLE),
  })),
});
