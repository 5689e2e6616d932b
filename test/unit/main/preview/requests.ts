import { nodeCrypto } from '../../../../main/crypto/node-crypto.ts';
import { createEdge, type EdgeStage } from '../../../../main/edge/edge.ts';
import type { AskOrigin } from '../../../../main/edge/origin.ts';
import { createLedger } from '../../../../main/egress/ledger.ts';
import { explainRow } from '../../../../main/preview/explain-row.ts';
import { createPlayerRequests, type RowFacts } from '../../../../main/preview/player-requests.ts';
import { createTrace } from '../../../../main/preview/trace.ts';
import type { TokenSlot, TraceRow } from '../../../../shared/contract/preview.ts';
import { KEY } from '../../issue/issuing.ts';
import { NOW } from '../edge/stages.ts';

const nobody: AskOrigin = async () => {
  throw new Error('the origin was asked');
};

/** What main has behind the player's page, without the page. */
export function startRequests(stage: () => EdgeStage | undefined, { askOrigin = nobody, token = '' } = {}) {
  const ledger = createLedger({ offline: false, changed: () => undefined, now: () => NOW });
  const edge = createEdge({ askOrigin, now: () => NOW });
  const trace = createTrace(() => undefined);
  const ended: TraceRow[] = [];
  const slotOf = (text: string): TokenSlot | null => (text === token ? 'A' : null);
  const requests = createPlayerRequests({
    ...{ edge, trace, ledger, slotOf },
    stage: async () => stage(),
    answered: (row) => void ended.push(row),
    now: () => NOW,
  });
  const ask = (url: string, headers: Readonly<Record<string, string>> = {}) =>
    requests.answer(new Request(url, { headers }));
  const factsOf = (row: TraceRow): RowFacts => {
    const facts = requests.facts(row.id);
    if (facts === undefined) throw new Error(`nothing is known of row ${row.id}`);
    return facts;
  };
  const explain = (row: TraceRow, more: Partial<Parameters<typeof explainRow>[2]> = {}) =>
    explainRow(row, factsOf(row), {
      ...{ rows: trace.rows(), keys: [], candidates: [KEY], slotOf, spare: undefined, crypto: nodeCrypto },
      ...more,
    });
  return { ledger, edge, trace, requests, ended, ask, explain };
}
