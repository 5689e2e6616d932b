import type { Refusal } from '../../../shared/contract/preview-why.ts';
import { type RichText, toPlainText } from '../../../shared/explain/rich-text.ts';
import { formatDuration } from '../../../shared/explain/time-style.ts';
import { type Seconds, seconds, toSeconds } from '../../../shared/units.ts';
import { useClock } from '../../shell/clock.ts';
import { IconButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { EnvTag } from '../../ui/env-tag.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { localStyle } from '../../ui/local-time.ts';
import { Panel } from '../../ui/panel.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Verdict, VerdictIcon } from '../../ui/verdict.tsx';
import { stepDenial, usePreview, usePreviewModel } from './model.ts';
import { PathDiff } from './path-diff.tsx';
import { writeRowCurl } from './row-curl.ts';
import { useOpenInInspect } from './use-open-in-inspect.ts';
import { WhyFix } from './why-fix.tsx';
import './why-panel.css';
import {
  asSentence,
  claimKind,
  claimsOf,
  describeBefore,
  describeClocks,
  describeIntegrity,
  describeRefusal,
  describeRequest,
  describeTime,
  isText,
  shortenValues,
} from './why-words.ts';
import { formatInstant, formatSize } from './words.ts';

/** Why one request was refused: all that fails, the difference, both clocks, what passed before, and the smallest fix. */
export function WhyPanel({ refusal }: { readonly refusal: Refusal }) {
  const model = usePreviewModel();
  const now = useClock((clock) => clock.now);
  const openInInspect = useOpenInInspect();
  const { row, diff } = refusal;
  const isRefused = refusal.cause !== null;
  return (
    <Panel label="Why it was denied" className="pv-side pv-why">
      <div className="ph" data-region>
        <span className={isRefused ? 'pv-st is-bad' : 'pv-st'}>
          <Icon name={isRefused ? 'fail' : 'pass'} />
          {refusal.said.status}
        </span>
        <h2>{isRefused ? `Why was request ${row.id} denied?` : `Why was request ${row.id} let in?`}</h2>
        <span className="hint mono nowrap">{formatInstant(row.at)}</span>
        <span className="ph-end">
          <IconButton label="Open in Inspect" icon="inspect" placement="top" onPress={() => openInInspect(row.id)} />
          <CopyButton label="Copy as curl, without the token" text={() => writeRowCurl(row)} />
          <IconButton label="Previous denied request" icon="up" placement="top" onPress={() => stepDenial(model, -1)} />
          <IconButton label="Next denied request" icon="down" placement="top" onPress={() => stepDenial(model, 1)} />
          <IconButton label="Close" icon="close" placement="top" onPress={() => void model.select(undefined)} />
        </span>
      </div>
      <div className="pv-why-b" data-region>
        <p className="pv-sentence" data-testid="why-sentence" title={plainOf(describeRefusal(refusal), now)}>
          <Rich text={shortenValues(describeRefusal(refusal))} now={now} />
        </p>
        <Three refusal={refusal} />
        {diff === undefined || !isText(diff.claim) ? null : (
          <PathDiff
            first={refusal.row.copy?.slot === 'B' ? 'Token B' : 'Token A'}
            second="Request"
            expected={diff.expected}
            actual={diff.actual}
            at={diff.at ?? 1}
          />
        )}
        <Comparison refusal={refusal} />
        <div className="pv-why-g">
          <Rules claims={claimsOf(refusal)} />
          <Facts refusal={refusal} />
        </div>
      </div>
      {isRefused ? <WhyFix refusal={refusal} /> : null}
    </Panel>
  );
}

function Three({ refusal }: { readonly refusal: Refusal }) {
  const integrity = describeIntegrity(refusal);
  const time = describeTime(refusal);
  const request = describeRequest(refusal);
  return (
    <p className="pv-v3">
      {[['Integrity', integrity] as const, ['Time', time] as const, ['Request', request] as const].map(
        ([question, answer]) => (
          <span key={question}>
            <em>{question}</em>
            <Verdict kind={answer.kind} word={answer.word} />
          </span>
        ),
      )}
    </p>
  );
}

function Rules({ claims }: { readonly claims: Refusal['claims'] }) {
  const now = useClock((clock) => clock.now);
  if (claims.length === 0) return <p className="hint">No claim was judged: it did not come to that.</p>;
  return (
    <ul className="pv-rules" aria-label="Claims">
      {claims.toSorted(failedFirst).map((claim) => (
        <li key={claim.claim}>
          <VerdictIcon kind={claimKind(claim.verdict)} />
          <b>{claim.name}</b>
          <span title={plainOf(claim.reason, now)}>
            <Rich text={shortenValues(claim.reason)} now={now} />
          </span>
        </li>
      ))}
    </ul>
  );
}

const plainOf = (text: RichText, now: Seconds): string => escapeText(toPlainText(text, localStyle(now)));

const failedFirst = (a: Refusal['claims'][number], b: Refusal['claims'][number]): number =>
  Number(b.verdict === 'fail') - Number(a.verdict === 'fail');

function Facts({ refusal }: { readonly refusal: Refusal }) {
  const now = useClock((clock) => clock.now);
  const { integrity, said, copies } = refusal;
  return (
    <dl className="pv-facts">
      <dt>Token sent</dt>
      <dd>
        {copies.length === 0 ? (
          <b>none</b>
        ) : (
          copies.map((copy) => (
            <span key={`${copy.channel} ${copy.name}`} className="pv-fact-l">
              <b>{copy.channel}</b>
              {copy.slot === null ? '' : `, token ${copy.slot}`}
              {copy.judged ? '' : ', not looked at'}
            </span>
          ))
        )}
      </dd>
      <dt>Key</dt>
      <dd>
        {integrity.state === 'no-token' ? (
          'not asked for: no token came'
        ) : integrity.key === undefined ? (
          <span title={escapeText(integrity.reason)}>none that fits</span>
        ) : (
          <span className="row">
            <b>
              <Literal text={integrity.key.name} />
            </b>
            <EnvTag environment={integrity.key.environment} />
            {integrity.kidMatches === undefined ? '' : integrity.kidMatches ? 'kid matches' : 'kid differs'}
          </span>
        )}
      </dd>
      <dt>Edge said</dt>
      <dd className="pv-fact-1">
        {said.words === '' ? (
          `${formatSize(said.size)} of media`
        ) : (
          <>
            <code className="ell" title={escapeText(said.words)}>
              <Literal text={said.words} />
            </code>
            <span className="nowrap">, {formatSize(said.size)}</span>
          </>
        )}
      </dd>
      <dt>Clocks</dt>
      <dd>{describeClocks(refusal.clocks)}</dd>
      {refusal.renewed === undefined ? null : (
        <>
          <dt>Renewed</dt>
          <dd>
            <span>
              <Rich text={asSentence(refusal.renewed.sentence)} now={now} />
            </span>
          </dd>
        </>
      )}
      <dt>Before it</dt>
      <dd>{describeBefore(refusal)}</dd>
    </dl>
  );
}

/** The denied request beside one that passed with the same token. */
function Comparison({ refusal }: { readonly refusal: Refusal }) {
  const id = usePreview((screen) => screen.comparedWith);
  const passed = usePreview((screen) => screen.rows.find((row) => row.id === id));
  if (passed === undefined) return null;
  const { row } = refusal;
  const at = firstDifference(passed.path, row.path);
  return (
    <div data-testid="comparison">
      <PathDiff
        first={`Request ${passed.id}`}
        second={`Request ${row.id}`}
        expected={passed.path}
        actual={row.path}
        at={at}
      />
      <p className="hint">
        Request {row.id} came {formatDuration(seconds(toSeconds(row.at) - toSeconds(passed.at)))} later
        {at > Math.max(passed.path.length, row.path.length) ? ', and the very same path' : ''}.
      </p>
    </div>
  );
}

/** 1-based; beyond both ends when they are the same */
function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && index < b.length && a[index] === b[index]) index += 1;
  return index + 1;
}
