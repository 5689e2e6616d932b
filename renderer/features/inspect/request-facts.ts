import type { RequestFacts } from '../../../shared/evaluate/request.ts';
import type { Reading } from '../../workers/token-view/protocol.ts';

/** The request that came with the token that is looked at; empty when none did. */
export function importRequest(reading: Reading): RequestFacts {
  if (reading.request === undefined) return {};
  const { url, method, headers, ip } = reading.request;
  return {
    ...(url === undefined ? {} : { url }),
    ...(method === undefined ? {} : { method }),
    ...(headers.length === 0 ? {} : { headers }),
    ...(ip === undefined ? {} : { ip }),
  };
}

/** Takes a text field's value into the facts: an empty field leaves the member out, so that it counts as not known. */
export function withFact(facts: RequestFacts, name: 'url' | 'method' | 'ip' | 'country', text: string): RequestFacts {
  const { [name]: _before, ...rest } = facts;
  const value = text.trim();
  return value === '' ? rest : { ...rest, [name]: value };
}

/** Nothing is known to judge against. */
export const isEmptyRequest = (facts: RequestFacts): boolean => Object.keys(facts).length === 0;
