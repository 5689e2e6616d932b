import { useMemo } from 'react';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import { inspectToken } from '../../../shared/inspect/inspect-token.ts';
import { seconds } from '../../../shared/units.ts';
import { Literal } from '../../ui/literal.tsx';
import { readTokenView } from '../../workers/token-view/read-token-view.ts';

/** The token in its colours; a proof that is still to come is dots. */
export function TokenText({ token, isSigned }: { readonly token: string; readonly isSigned: boolean }) {
  const runs = useMemo(() => {
    const [found] = findTokens(token).tokens;
    return found === undefined || found.kind === 'not-a-cat'
      ? []
      : readTokenView(inspectToken(found, { now: seconds(0) })).runs;
  }, [token]);
  if (runs.length === 0) return <Literal text={token} />;
  return runs.map(({ start, end, segment }) => (
    <span
      key={start}
      className={`s-${segment}`}
      title={segment === 'mac' && !isSigned ? 'The proof, filled in when signed' : undefined}
    >
      {segment === 'mac' && !isSigned ? '·'.repeat(end - start) : token.slice(start, end)}
    </span>
  ));
}
