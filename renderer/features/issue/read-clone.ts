import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import { inspectToken } from '../../../shared/inspect/inspect-token.ts';
import { cloneToken } from '../../../shared/issue/clone-token.ts';
import type { Draft } from '../../../shared/issue/draft.ts';
import { currentSeconds } from '../../shell/clock.ts';
import { nameToken } from '../../shell/name-token.ts';

/** A draft that makes a token again. */
export interface Clone {
  readonly original: Draft;
  /** what the token is called; `undefined`: it says nothing of itself */
  readonly title: string | undefined;
}

/** The first token in a text that is one, in whatever it stands; `undefined`: there is none. */
export function readClone(text: string): Clone | undefined {
  const { tokens, requests, requestOf } = findTokens(text);
  const place = tokens.findIndex(({ kind }) => kind !== 'not-a-cat');
  const found = tokens[place];
  if (found === undefined) return undefined;
  const { envelope, claims } = inspectToken(found, { now: currentSeconds() });
  const original = cloneToken(envelope, claims);
  const { iss } = original.claims;
  const request = requestOf[place];
  return {
    original,
    title: nameToken({
      url: request === undefined ? undefined : requests[request]?.url,
      text: found.text,
      issuer: typeof iss === 'string' ? iss : undefined,
      kid: envelope.kid?.text,
    }),
  };
}
