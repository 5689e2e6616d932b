import type { EffectRow } from '../../../shared/diff/diff-effect.ts';
import type { Probe } from '../../../shared/diff/make-probes.ts';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import type { Seconds } from '../../../shared/units.ts';
import { verifierById } from '../../../shared/verifiers/registry.ts';
import { useJudgedAt } from '../../shell/clock.ts';
import { TextField } from '../../ui/field.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { formatMoment, localStyle } from '../../ui/local-time.ts';
import { Verdict, type VerdictKind } from '../../ui/verdict.tsx';
import { useCompare, useCompareModel } from './model.ts';

const WORDS = {
  accept: { kind: 'pass', word: 'Let in' },
  reject: { kind: 'fail', word: 'Denied' },
  'cannot-tell': { kind: 'cannot-know', word: 'Can’t tell' },
} as const satisfies Record<EffectRow['a']['decision'], { readonly kind: VerdictKind; readonly word: string }>;

/** The same requests with both tokens, those that come out otherwise first. */
export function Effect({
  rows,
  verifier,
}: {
  readonly rows: readonly EffectRow[];
  readonly verifier: string | undefined;
}) {
  const model = useCompareModel();
  const urls = useCompare((state) => state.urls);
  const at = useJudgedAt();
  return (
    <div className="scroll">
      <div className="cmp-urls">
        <TextField
          label="Addresses to try, one a line"
          placeholder="https://cdn.example.com/hls/…"
          isMono
          rows={2}
          value={urls}
          onChange={model.setUrls}
          hint={`Judged as ${verifierById(verifier ?? '')?.name ?? 'CTA-5007-B'}, were both genuine. Requests out of the pastes, and one for each URL, method, country and time that a claim names, are tried as well.`}
        />
      </div>
      <table className="tbl copyable" aria-label="Effect">
        <thead>
          <tr>
            <th>Request</th>
            <th className="cmp-v">A</th>
            <th className="cmp-v">B</th>
            <th>Why</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={`${JSON.stringify(row.probe.request)} ${row.probe.at}`}
              className={row.differs ? 'is-diff' : undefined}
            >
              <td title={escapeText(row.probe.request.url ?? '')}>
                <Literal text={describeProbe(row.probe, at)} />
              </td>
              <td>
                <Verdict {...WORDS[row.a.decision]} />
              </td>
              <td>
                <Verdict {...WORDS[row.b.decision]} />
              </td>
              <td className="cmp-why">{describeCauses(row, at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function describeProbe({ request, at, why }: Probe, now: Seconds): string {
  const place = `${request.method ?? 'GET'} ${request.url ?? ''}`;
  if (why === 'country') return `${place} from ${request.country ?? ''}`;
  return why === 'time' ? `${place} at ${formatMoment(at, now)}` : place;
}

/** The claims that make the difference; where none does, those that decide about both. */
function describeCauses({ a, b }: EffectRow, at: Seconds): string {
  const say = (side: string, causes: EffectRow['a']['causes']) =>
    causes.length === 0
      ? []
      : [
          `${side}: ${causes.map(({ claim, reason }) => `${claim}, ${toPlainText(reason, localStyle(at))}`).join('; ')}`,
        ];
  const without = (causes: EffectRow['a']['causes'], other: EffectRow['a']['causes']) =>
    causes.filter(({ claim }) => !other.some((one) => one.claim === claim));
  const lines = [...say('A', without(a.causes, b.causes)), ...say('B', without(b.causes, a.causes))];
  return escapeText((lines.length > 0 ? lines : say('both', a.causes)).join('. '));
}
