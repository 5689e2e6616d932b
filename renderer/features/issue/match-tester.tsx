import { useMemo } from 'react';
import { judgeClaims } from '../../../shared/evaluate/judge-claims.ts';
import type { ClaimVerdict, Verdict as Judged } from '../../../shared/evaluate/verdict.ts';
import { isJsonObject, type JsonObject } from '../../../shared/json.ts';
import { seconds } from '../../../shared/units.ts';
import { verifierById } from '../../../shared/verifiers/registry.ts';
import { TextField } from '../../ui/field.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Verdict, VerdictIcon } from '../../ui/verdict.tsx';
import type { RuleLine } from './fields/field-text.ts';
import { useIssue, useIssueModel } from './model.ts';
import type { Preview } from './use-preview.ts';

const MOST_URLS = 200;
const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, MOST_URLS);

/** A path alone is asked of the host that the rules name. */
function absolute(line: string, claims: JsonObject): string {
  if (!line.startsWith('/')) return line;
  const { catu } = claims;
  const host = isJsonObject(catu) && isJsonObject(catu['host']) ? catu['host']['exact'] : undefined;
  return `https://${typeof host === 'string' && host !== '' ? host : 'stream.invalid'}${line}`;
}

/** What the target's verifier says of the URL rules for each address. Nothing is asked of anybody. */
function judgeUrls(preview: Preview, lines: readonly string[]): readonly (ClaimVerdict | undefined)[] {
  const { result, target } = preview;
  const verifier = verifierById(target.verifier);
  if (!result.ok || verifier === undefined) return lines.map(() => undefined);
  const { claims, json } = result.value;
  return lines.map((line) =>
    judgeClaims(
      claims,
      { url: absolute(line, json) },
      { now: seconds(0), skew: seconds(verifier.rules.time.skew) },
      verifier,
    ).find(({ name }) => name === 'catu'),
  );
}

/** Without URL rules every address is let in. */
const verdictOf = (claim: ClaimVerdict | undefined): Judged => claim?.verdict ?? 'pass';

const WORDS: Readonly<Record<Judged, string>> = {
  pass: 'Match',
  fail: 'No match',
  unknown: 'Can’t know',
  ignored: 'Not looked at',
};

/** Addresses that should and should not play, against the rules as they are typed. */
export function MatchTester({ preview }: { readonly preview: Preview }) {
  const model = useIssueModel();
  const shouldPlay = useIssue((state) => state.shouldPlay);
  const shouldNot = useIssue((state) => state.shouldNot);
  const wanted = useMemo(() => linesOf(shouldPlay), [shouldPlay]);
  const unwanted = useMemo(() => linesOf(shouldNot), [shouldNot]);
  const play = judgeUrls(preview, wanted).map(verdictOf);
  const not = judgeUrls(preview, unwanted).map(verdictOf);
  const total = play.length + not.length;
  const rows = Math.min(6, Math.max(2, shouldPlay.split('\n').length, shouldNot.split('\n').length));
  const asExpected =
    play.filter((verdict) => verdict === 'pass' || verdict === 'ignored').length +
    not.filter((verdict) => verdict === 'fail').length;
  return (
    <div className="is-tester">
      <div className="is-tester-h">
        <b>Match tester</b>
        {total === 0 ? (
          <span className="hint">Paste URLs or paths, one a line.</span>
        ) : (
          <Verdict kind={asExpected === total ? 'pass' : 'warning'} word={`${asExpected} of ${total} as expected`} />
        )}
      </div>
      <div className="is-two">
        <TextField
          label="Should play"
          isMono
          rows={rows}
          value={shouldPlay}
          placeholder="/hls/<id>/playlist.m3u8"
          onChange={(text) => model.set({ shouldPlay: text })}
        />
        <TextField
          label="Should not play"
          isMono
          rows={rows}
          value={shouldNot}
          onChange={(text) => model.set({ shouldNot: text })}
        />
      </div>
      {total === 0 ? null : (
        <ul aria-label="Tested URLs">
          {wanted.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines are their places
            <Line key={index} line={line} verdict={play[index] ?? 'unknown'} isWanted />
          ))}
          {unwanted.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines are their places
            <Line key={index} line={line} verdict={not[index] ?? 'unknown'} isWanted={false} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Line({
  line,
  verdict,
  isWanted,
}: {
  readonly line: string;
  readonly verdict: Judged;
  readonly isWanted: boolean;
}) {
  const isLetIn = verdict === 'pass' || verdict === 'ignored';
  const kind = verdict === 'unknown' ? 'cannot-know' : isLetIn === isWanted ? 'pass' : 'warning';
  return (
    <li>
      <span className="hint is-tested">{isWanted ? 'Should play' : 'Should not'}</span>
      <VerdictIcon kind={kind} size={13} />
      <span className="is-tv">{WORDS[verdict]}</span>
      <span className="mono is-tu copyable">
        <Literal text={line} />
      </span>
    </li>
  );
}

/** How many of the tested addresses a rule lets through. */
export function RuleHits({ line, preview }: { readonly line: RuleLine; readonly preview: Preview }) {
  const shouldPlay = useIssue((state) => state.shouldPlay);
  const shouldNot = useIssue((state) => state.shouldNot);
  const lines = useMemo(() => [...linesOf(shouldPlay), ...linesOf(shouldNot)], [shouldPlay, shouldNot]);
  if (lines.length === 0) return null;
  const hits = judgeUrls(preview, lines).filter((claim) => {
    const part = claim?.children?.find(({ path }) => path[1] === line.part);
    return (part?.children?.find(({ path }) => path[2] === line.match) ?? part)?.verdict === 'pass';
  }).length;
  return (
    <span className="is-hit" title={`Matches ${hits} of ${lines.length} test URLs`}>
      {hits} of {lines.length}
    </span>
  );
}
