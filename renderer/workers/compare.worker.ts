import { findTokens } from '../../shared/carrier/find-tokens.ts';
import type { Found } from '../../shared/carrier/found.ts';
import { diffEffect } from '../../shared/diff/diff-effect.ts';
import { diffTokens } from '../../shared/diff/diff-tokens.ts';
import { makeProbes } from '../../shared/diff/make-probes.ts';
import { inspectToken } from '../../shared/inspect/inspect-token.ts';
import type { Inspection } from '../../shared/inspect/inspection.ts';
import { VERIFIERS, verifierById } from '../../shared/verifiers/registry.ts';
import type { CompareAnswer, CompareRequest, Comparison, Side } from './compare-protocol.ts';

/** Reads two pastes and compares the first token of each, beside the window. */
self.onmessage = ({ data }: MessageEvent<CompareRequest>) => {
  const answer: CompareAnswer = { id: data.id, comparison: compare(data) };
  self.postMessage(answer);
};

interface Read {
  readonly found: Found;
  readonly inspection: Inspection | undefined;
}

function compare(asked: CompareRequest): Comparison {
  const a = read(asked.a, asked);
  const b = read(asked.b, asked);
  const sides = { a: sideOf(a), b: sideOf(b) };
  if (a.inspection === undefined || b.inspection === undefined) return { ...sides, diff: undefined, effect: [] };
  const diff = diffTokens(a.inspection, b.inspection);
  const sets = [a.inspection.claims, b.inspection.claims];
  const [setA, setB] = sets;
  const verifier = verifierById(asked.verifier) ?? VERIFIERS[0];
  if (setA === undefined || setB === undefined || verifier === undefined) return { ...sides, diff, effect: [] };
  const pasted = [a, b].flatMap(({ found }) =>
    found.requests.flatMap(({ url, method, headers, ip }) =>
      url === undefined
        ? []
        : [
            {
              url,
              method: method ?? 'GET',
              ...(headers.length === 0 ? {} : { headers }),
              ...(ip === undefined ? {} : { ip }),
            },
          ],
    ),
  );
  const typed = asked.urls.map((url) => ({ url, method: 'GET' }));
  const probes = makeProbes([setA, setB], [...typed, ...pasted.slice(0, MOST_PASTED)], asked.now);
  return { ...sides, diff, effect: diffEffect(setA, setB, probes, {}, verifier) };
}

/** requests of a HAR that are tried */
const MOST_PASTED = 200;

function read(text: string, { now }: CompareRequest): Read {
  const found = findTokens(text);
  const token = found.tokens.find((candidate) => candidate.kind !== 'not-a-cat');
  return { found, inspection: token === undefined ? undefined : inspectToken(token, { now }) };
}

function sideOf({ found, inspection }: Read): Side {
  return {
    count: found.tokens.length,
    instead: found.tokens[0]?.instead?.message,
    token:
      inspection === undefined
        ? undefined
        : {
            text: inspection.found.text,
            where: inspection.found.source.where,
            size: inspection.envelope.bytes.length,
            bytes: inspection.envelope.bytes,
            sentence: inspection.sentence,
            isDamaged: inspection.envelope.damagedAt !== undefined,
          },
  };
}
