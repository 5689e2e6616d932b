import type { TraceRow } from '../../shared/contract/preview.ts';
import { type HarOptions, type HarRow, writeHar } from '../../shared/preview/write-har.ts';
import { createRedactor, type Redactor } from '../../shared/report/redact.ts';
import type { RowFacts } from './player-requests.ts';

/** Ids of what is watched stay: without them nobody finds the request that was refused. */
const HAR_MASKS = { viewers: true, content: false, addresses: true, hosts: false };

/** The trace as a HAR without tokens: those it knows are taken out by name, and any other where it looks like one. */
export function traceToHar(
  rows: readonly TraceRow[],
  factsOf: (id: number) => RowFacts | undefined,
  creator: HarOptions['creator'],
): string {
  const found = rows.map((row) => ({ row, facts: factsOf(row.id) }));
  const tokens = new Set(found.flatMap(({ facts }) => facts?.answer.judgement.copies.map(({ text }) => text) ?? []));
  const redactor = createRedactor(HAR_MASKS);
  const without = (text: string) =>
    [...tokens].reduce((left, token) => left.replaceAll(token, '…').replaceAll(encodeURIComponent(token), '…'), text);
  const redact: Pick<Redactor, 'url' | 'header' | 'text'> = {
    url: (text) => redactor.url(without(text)),
    // the whole value tells the redactor that there was a token, and what else is in it
    header: (name, text) => without(redactor.header(name, text)),
    text: (text) => redactor.text(without(text)),
  };
  return writeHar(
    found.map(({ row, facts }) => toHarRow(row, facts)),
    { creator, redact },
  );
}

function toHarRow(row: TraceRow, facts: RowFacts | undefined): HarRow {
  if (facts === undefined) return { row };
  const { request, answer } = facts;
  return {
    row,
    sent: request.headers.map(({ name, value }) => [name, value]),
    got: answer.headers,
    ...(answer.said !== undefined && { said: answer.said }),
  };
}
