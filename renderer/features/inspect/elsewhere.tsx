import type { Prediction } from '../../../shared/evaluate/predict-elsewhere.ts';
import type { RichText } from '../../../shared/explain/rich-text.ts';
import type { Seconds } from '../../../shared/units.ts';
import { verifierById } from '../../../shared/verifiers/registry.ts';
import type { Verifier } from '../../../shared/verifiers/verifier.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useJudgedAt } from '../../shell/clock.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Verdict, type VerdictKind } from '../../ui/verdict.tsx';
import './elsewhere.css';
import { capitalise } from './judged-rows.ts';
import { useInspect } from './model.ts';

const WORDS = {
  accept: { kind: 'pass', word: 'Would let it in' },
  reject: { kind: 'fail', word: 'Would refuse' },
  'cannot-tell': { kind: 'cannot-know', word: 'Can’t tell' },
} as const satisfies Record<Prediction['decision'], { readonly kind: VerdictKind; readonly word: string }>;

const BASIS: Readonly<Record<Verifier['basis'], string>> = {
  standard: 'the standard',
  executed: 'its code was run',
  read: 'its code was read',
  documented: 'as its vendor writes, not confirmed',
};

const MOST = 4;

/** What every known verifier would say about the same token and request, and why they differ. */
export function Elsewhere() {
  const predictions = useInspect((state) => state.elsewhere);
  const settings = useLive(useSession().settings).value;
  const at = useJudgedAt();
  if (predictions === undefined) return <div className="scroll" aria-busy />;
  const chosen = verifierById(settings?.verifier ?? '');
  return (
    <div className="scroll">
      <ul className="else copyable" aria-label="What other verifiers would say">
        {predictions.map((prediction) => (
          <Row key={prediction.verifier} prediction={prediction} chosen={chosen} at={at} />
        ))}
      </ul>
      <p className="hint else-foot">
        Were the token genuine to each: whose key they have is not known here. “Refuse” is a prediction.
      </p>
    </div>
  );
}

function Row(props: { readonly prediction: Prediction; readonly chosen: Verifier | undefined; readonly at: Seconds }) {
  const { prediction, chosen, at } = props;
  const { platform, settings } = useSession();
  const verifier = verifierById(prediction.verifier);
  if (verifier === undefined) return null;
  const { kind, word } = WORDS[prediction.decision];
  const isChosen = verifier.id === chosen?.id;
  const judgeAs = async () => {
    const answer = await platform.settings.set({ verifier: verifier.id });
    if (answer.ok) settings.set(answer.value);
  };
  // what differs is the point; where nothing does, what decides is said
  const said = failsFirst(isChosen || prediction.differs.length === 0 ? prediction.causes : differing(prediction));
  const status = prediction.outcome?.status;
  return (
    <li className={isChosen ? 'is-on' : undefined}>
      <p className="else-n">
        <Verdict kind={kind} word={word} />
        <b>{verifier.name}</b>
        <span className="hint">{BASIS[verifier.basis]}</span>
        {status === undefined ? null : <span className="hint">answers {status}</span>}
        <span className="else-a">
          {isChosen ? (
            <span className="hint">judged as this</span>
          ) : (
            <LinkButton aria-label={`Judge as ${verifier.name}`} onPress={() => void judgeAs()}>
              Judge as this
            </LinkButton>
          )}
        </span>
      </p>
      {said.length === 0 ? (
        <p className="muted">Nothing in the token or the request speaks against it.</p>
      ) : (
        <ul className="else-why">
          {said.slice(0, MOST).map(({ claim, verdict, reason }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a claim may be met twice, and the list of one judgement never moves
            <li key={index}>
              <span className={verdict === 'fail' ? 'v-fail' : 'muted'}>
                <Literal text={claim ?? 'token'} /> {VERDICT_WORDS[verdict]}
              </span>
              <span>
                <Rich text={capitalise(reason)} now={at} />
              </span>
            </li>
          ))}
          {said.length > MOST ? <li className="hint">and {said.length - MOST} more</li> : null}
        </ul>
      )}
      {!isChosen && chosen !== undefined && prediction.differs.length === 0 && prediction.causes.length > 0 ? (
        <p className="hint">Each claim comes out as under {chosen.name}.</p>
      ) : null}
    </li>
  );
}

const VERDICT_WORDS = { pass: 'passes', fail: 'fails', unknown: 'can’t be told', ignored: 'is not enforced' } as const;

interface Said {
  readonly claim?: string;
  readonly verdict: keyof typeof VERDICT_WORDS;
  readonly reason: RichText;
}

const failsFirst = (said: readonly Said[]): readonly Said[] => [
  ...said.filter(({ verdict }) => verdict === 'fail'),
  ...said.filter(({ verdict }) => verdict !== 'fail'),
];

/** The envelope and the copy first: they decide before any claim is looked at. */
const differing = ({ causes, differs }: Prediction): readonly Said[] => [
  ...causes.filter(({ about }) => about !== 'claim'),
  ...differs,
];
