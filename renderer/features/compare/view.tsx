import { useEffect } from 'react';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useJudgedAt } from '../../shell/clock.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import type { Comparison, Side } from '../../workers/compare-protocol.ts';
import { Bytes } from './bytes.tsx';
import { Changes } from './changes.tsx';
import './compare.css';
import { Effect } from './effect.tsx';
import { type CompareTab, type SideName, useCompare, useCompareModel } from './model.ts';

/** Two tokens side by side: what one lets through and the other does not, and why. */
export function CompareView() {
  const model = useCompareModel();
  const comparison = useCompare((state) => state.comparison);
  const go = useNavigation((navigation) => navigation.go);
  const request = useNavigation((navigation) => navigation.request);
  const settle = useNavigation((navigation) => navigation.settle);
  useEffect(() => {
    if (request?.kind !== 'compare') return;
    model.setSide('a', request.token);
    settle();
  }, [request, settle, model]);
  return (
    <div className="view-compare">
      <div className="vh" data-region>
        <h1>Compare</h1>
        <span className="hint">two tokens, from any paste</span>
        <span className="vh-end">
          <Button icon="refresh" onPress={model.swap}>
            Swap A and B
          </Button>
          <Button icon="inspect" onPress={() => go('inspect')}>
            Back to Inspect
          </Button>
        </span>
      </div>
      <div className="cmp-in" data-region>
        <Input name="a" side={comparison?.a} />
        <Input name="b" side={comparison?.b} />
      </div>
      <div className="cmp-out" data-region>
        {comparison?.diff === undefined ? <Waiting comparison={comparison} /> : <Result comparison={comparison} />}
      </div>
    </div>
  );
}

function Input({ name, side }: { readonly name: SideName; readonly side: Side | undefined }) {
  const model = useCompareModel();
  const text = useCompare((state) => state[name]);
  const at = useJudgedAt();
  const title = name.toUpperCase();
  const token = text.trim() === '' ? undefined : side?.token;
  return (
    <Panel label={`Token ${title}`} className="cmp-side">
      <div className="ph">
        <h2>{title}</h2>
        <span className="hint ell" title={token === undefined ? undefined : escapeText(token.where)}>
          {token === undefined
            ? describeNone(text, side)
            : `${token.size} bytes${token.isDamaged ? ', damaged' : ''}${side !== undefined && side.count > 1 ? `, the first of ${side.count}` : ''}`}
        </span>
      </div>
      <textarea
        className="cmp-text mono"
        aria-label={`Text of token ${title}`}
        placeholder="Paste a token, a URL, a curl command, a HAR…"
        spellCheck={false}
        value={text}
        onChange={(event) => model.setSide(name, event.currentTarget.value)}
      />
      <p className="cmp-say copyable">{token === undefined ? null : <Rich text={token.sentence} now={at} />}</p>
    </Panel>
  );
}

function describeNone(text: string, side: Side | undefined): string {
  if (text.trim() === '' || side === undefined) return 'nothing yet';
  return side.instead === undefined ? 'no token was found in it' : escapeText(side.instead);
}

function Waiting({ comparison }: { readonly comparison: Comparison | undefined }) {
  const missing =
    comparison?.a.token === undefined ? (comparison?.b.token === undefined ? 'Two tokens' : 'Token A') : 'Token B';
  return (
    <EmptyState icon="compare" title={`${missing} ${missing === 'Two tokens' ? 'are' : 'is'} still missing`}>
      Paste the one that plays as A and the one that is refused as B. Claims, envelope and bytes are laid side by side,
      and both are tried on the same requests.
    </EmptyState>
  );
}

function Result({ comparison }: { readonly comparison: Comparison }) {
  const model = useCompareModel();
  const tab = useCompare((state) => state.tab);
  const verifier = useLive(useSession().settings).value?.verifier;
  const { diff, effect, a, b } = comparison;
  if (diff === undefined) return null;
  const differing = effect.filter((row) => row.differs).length;
  return (
    <Panel label="Comparison" className="cmp-res">
      <p className="cmp-sum" role="status">
        <Summary comparison={comparison} differing={differing} />
      </p>
      <Tabs
        label="Comparison"
        selected={tab}
        onSelect={(id) => model.setTab(id as CompareTab)}
        items={[
          { id: 'effect', title: 'Effect', count: differing, content: <Effect rows={effect} verifier={verifier} /> },
          {
            id: 'claims',
            title: 'Claims',
            count: diff.claims.length,
            content: <Changes changes={diff.claims} same="Both have the same claims." />,
          },
          {
            id: 'envelope',
            title: 'Envelope',
            count: diff.envelope.length,
            content: <Changes changes={diff.envelope} same="Both have the same envelope." />,
          },
          {
            id: 'bytes',
            title: 'Bytes',
            count: diff.bytes.length,
            content: <Bytes changes={diff.bytes} a={a.token?.bytes} b={b.token?.bytes} />,
          },
        ]}
      />
    </Panel>
  );
}

function Summary({ comparison, differing }: { readonly comparison: Comparison; readonly differing: number }) {
  const { diff, effect } = comparison;
  if (diff === undefined) return null;
  if (diff.same) return 'They are the same token, byte for byte.';
  const claims =
    diff.claims.length === 0
      ? 'the same claims'
      : `${diff.claims.length} ${diff.claims.length === 1 ? 'difference' : 'differences'} in their claims`;
  const worse = effect.filter(({ a, b }) => a.decision === 'accept' && b.decision === 'reject').length;
  const better = effect.filter(({ a, b }) => a.decision === 'reject' && b.decision === 'accept').length;
  return (
    <>
      They have {claims}. Of {effect.length} requests that were tried,{' '}
      {differing === 0 ? 'none comes' : `${differing} come`} out otherwise
      {worse === 0 ? '' : `, ${worse} of them denied by B and let in by A`}
      {better === 0 ? '' : `, ${better} denied by A and let in by B`}.
      {diff.claims.length === 0 ? <Literal text=" They differ in how they are written or signed." /> : null}
    </>
  );
}
