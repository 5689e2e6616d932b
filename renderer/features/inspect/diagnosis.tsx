import { type ReactNode, useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import type { KeyId } from '../../../shared/units.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useClock, useJudgedAt } from '../../shell/clock.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { LinkButton } from '../../ui/button.tsx';
import { EnvTag } from '../../ui/env-tag.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { formatMoment } from '../../ui/local-time.ts';
import { Panel } from '../../ui/panel.tsx';
import { Rich } from '../../ui/rich.tsx';
import { VerdictCell, VerdictCellSkeleton, VerdictStrip } from '../../ui/verdict.tsx';
import type { TokenView } from '../../workers/token-view/token-view.ts';
import './diagnosis.css';
import { isSample } from './first-run.ts';
import { chosenView, type IntegrityState, useInspect, useInspectModel } from './model.ts';
import { Timeline } from './timeline.tsx';
import { useSentence } from './use-sentence.ts';
import { answerIntegrity, answerRequest, answerTime, READING, type Verified } from './words.ts';

/** The answer first: the sentence, then the verdicts side by side, then the time line. */
export function Diagnosis() {
  const view = useInspect(chosenView);
  const sentence = useSentence();
  const at = useJudgedAt();
  if (view === undefined) return null;
  return (
    <Panel label="Diagnosis" className="diag">
      <p className="sentence copyable">
        <Rich text={sentence} now={at} />
      </p>
      <Verdicts view={view} />
      <Timeline key={view.token.start} view={view} />
    </Panel>
  );
}

/** The three answers beside each other. */
export function Verdicts({ view }: { readonly view: TokenView }) {
  const integrity = useInspect((state) => state.integrity);
  return (
    <VerdictStrip>
      <IntegrityCell state={integrity} view={view} />
      <TimeCell view={view} />
      <RequestCell view={view} />
    </VerdictStrip>
  );
}

function IntegrityCell({ state, view }: { readonly state: IntegrityState; readonly view: TokenView }) {
  const go = useNavigation((navigation) => navigation.go);
  const answer = answerIntegrity(state, view);
  if (answer === undefined) return <VerdictCellSkeleton question="Integrity" />;
  const { kid } = view.envelope;
  let detail: ReactNode = (
    <span className="ell" title={escapeText(answer.detail)}>
      <Literal text={answer.detail} />
    </span>
  );
  if (state.kind === 'answered' && state.verification.state === 'verified') {
    const { key } = state.verification;
    detail = (
      <>
        <span>key</span>
        <b className="ell" title={escapeText(key.name)}>
          <Literal text={key.name} />
        </b>
        <EnvTag environment={key.environment} />
        {detail}
        <Remember id={key.id} encoding={state.verification.encoding} withNewline={state.verification.withNewline} />
      </>
    );
  } else if (state.kind === 'answered' && state.verification.state === 'failed' && state.verification.wouldVerify) {
    const { key, ...reading } = state.verification.wouldVerify;
    detail = (
      <>
        {detail}
        <Remember id={key.id} {...reading} />
      </>
    );
  } else if (answer.kind === 'not-checked' && isSample(view)) {
    detail = <SampleOfBefore />;
  } else if (answer.kind === 'not-checked') {
    detail = (
      <>
        {detail}
        <LinkButton
          onPress={() => go('keys', kid === undefined ? { kind: 'import-key' } : { kind: 'import-key', kid })}
        >
          Add a key
        </LinkButton>
      </>
    );
  }
  return (
    <VerdictCell question="Integrity" kind={answer.kind} word={answer.word}>
      {detail}
    </VerdictCell>
  );
}

/** A sample outlives its key, which is made anew at each start and stored nowhere: a new one is verified again. */
function SampleOfBefore() {
  const { platform } = useSession();
  const model = useInspectModel();
  const renew = async () => {
    const answer = await platform.sample.make({ changes: [] });
    if (answer.ok) model.setText(answer.value.text);
  };
  return (
    <>
      <span className="ell" title="The key of a sample is made when Catwalk starts, and gone when it is closed.">
        an earlier sample
      </span>
      <LinkButton onPress={() => void renew()}>Sign a new one</LinkButton>
    </>
  );
}

/** The reading that made the token, kept for the key: offered while the key is read otherwise, or in every way. */
function Remember(props: {
  readonly id: KeyId;
  readonly encoding: Verified['encoding'];
  readonly withNewline: boolean;
}) {
  const { id, encoding } = props;
  const { platform, keys } = useSession();
  const record = useLive(keys).value?.find((key) => key.id === id);
  const [error, setError] = useState<AppError | undefined>(undefined);
  if (record === undefined || record.family !== 'hmac' || record.encoding === encoding || props.withNewline)
    return null;
  if (error !== undefined) return <span className="v-fail">{error.message}</span>;
  return (
    <LinkButton
      aria-label={`Read ${escapeText(record.name)} as ${READING[encoding]} from now on`}
      onPress={() =>
        void platform.keys.update({ id, encoding }).then((answer) => setError(answer.ok ? undefined : answer.error))
      }
    >
      Remember
    </LinkButton>
  );
}

function TimeCell({ view }: { readonly view: TokenView }) {
  const at = useJudgedAt();
  const asOf = useClock((clock) => clock.asOf);
  const now = useClock((clock) => clock.now);
  const answer = answerTime(view, at);
  const detail = asOf === undefined ? answer.detail : `as of ${formatMoment(asOf, now)}: ${answer.detail}`;
  return (
    <VerdictCell question="Time" kind={answer.kind} word={answer.word}>
      <span className="ell" title={detail}>
        {detail}
      </span>
    </VerdictCell>
  );
}

function RequestCell({ view }: { readonly view: TokenView }) {
  const rows = useInspect((state) => state.rows);
  const isJudged = useInspect((state) => state.isJudged);
  const request = useInspect((state) => state.request);
  if (!isJudged && view.claims.length > 0) return <VerdictCellSkeleton question="Request" />;
  const answer = view.envelope.hasClaims
    ? answerRequest(rows, request)
    : ({ kind: 'not-checked', word: 'Not checked', detail: 'no claims could be read' } as const);
  return (
    <VerdictCell question="Request" kind={answer.kind} word={answer.word}>
      <span className="ell" title={answer.detail}>
        {answer.detail}
      </span>
    </VerdictCell>
  );
}
