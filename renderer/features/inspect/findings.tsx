import { quietChecks } from '../../../shared/findings/checks.ts';
import type { Finding } from '../../../shared/findings/finding.ts';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { VerdictIcon } from '../../ui/verdict.tsx';
import type { TokenView } from '../../workers/token-view/token-view.ts';
import './findings.css';
import { useLink } from './link.ts';
import { chosenView, useInspect, useInspectModel } from './model.ts';

const ORDER: readonly Finding['severity'][] = ['error', 'warning', 'info'];

/** What is odd about the token, the worst first, each with the bytes it is about. */
export function Findings() {
  const view = useInspect(chosenView);
  if (view === undefined) return null;
  const sorted = ORDER.flatMap((severity) => view.findings.filter((finding) => finding.severity === severity));
  return (
    <div className="scroll">
      <ul className="findings copyable">
        {sorted.map((finding, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one code may be met several times, and the list of a token never moves
          <FindingView key={index} finding={finding} view={view} />
        ))}
      </ul>
      <Quiet findings={view.findings} />
    </div>
  );
}

/** What was looked for and not found: a clean answer says what it is about. */
function Quiet({ findings }: { readonly findings: readonly Finding[] }) {
  const quiet = quietChecks(findings);
  return (
    <details className="clean" open={findings.length === 0}>
      <summary>
        <VerdictIcon kind="pass" size={13} />
        {findings.length === 0 ? `No quirks found in ${quiet.length} checks` : `${quiet.length} checks found nothing`}
      </summary>
      <ul>
        {quiet.map(({ title }) => (
          <li key={title}>{title}</li>
        ))}
      </ul>
    </details>
  );
}

function FindingView({ finding, view }: { readonly finding: Finding; readonly view: TokenView }) {
  const model = useInspectModel();
  const { range: said } = finding;
  // what is about the whole token needs no place
  const range = said !== undefined && said.end - said.start >= view.envelope.size ? undefined : said;
  const item =
    range === undefined
      ? undefined
      : view.items.findLast((candidate) => candidate.start <= range.start && range.start < candidate.end);
  return (
    <li {...useLink(item?.id)} onMouseEnter={() => model.hover(item?.id)} onMouseLeave={() => model.hover(undefined)}>
      <span className="fi">
        {finding.severity === 'info' ? (
          <Icon name="info" className="faint" />
        ) : (
          <VerdictIcon kind={finding.severity === 'error' ? 'fail' : 'warning'} />
        )}
      </span>
      <div>
        <p>
          <Literal text={finding.message} />
          {range === undefined ? null : (
            <button
              type="button"
              className="f-at"
              onClick={() => {
                if (item === undefined) return;
                model.select(item.id, 'findings');
                model.setTab('bytes');
              }}
            >
              {range.end - range.start <= 1 ? `byte ${range.start}` : `bytes ${range.start}–${range.end - 1}`}
            </button>
          )}
        </p>
        {finding.mend === undefined ? null : (
          <p className="muted">
            <Literal text={finding.mend} />
          </p>
        )}
      </div>
    </li>
  );
}
