import { decodeBase64url } from '../bytes/base64.ts';
import { encodeHex } from '../bytes/hex.ts';
import { type ClaimsSet, claimValue } from '../claims/claims-set.ts';
import { catreplay } from '../claims/definitions/catreplay.ts';
import { cti } from '../claims/definitions/cti.ts';
import { exp } from '../claims/definitions/exp.ts';
import { iss } from '../claims/definitions/iss.ts';
import { readClaims } from '../claims/read-claims.ts';
import type { CandidateKey, CryptoPort, Integrity } from '../cose/crypto-port.ts';
import type { Envelope } from '../cose/envelope.ts';
import { openEnvelope } from '../cose/open.ts';
import { openDotEnvelope } from '../cose/open-dot.ts';
import { openClaims } from '../inspect/open-claims.ts';

/** A token as an edge holds it: all that does not depend on the request. */
export interface OpenedToken {
  readonly text: string;
  readonly envelope: Envelope;
  readonly claims: ClaimsSet | undefined;
  readonly integrity: Integrity;
  /** what is asked of every request again, read once */
  readonly issuer: string | undefined;
  readonly expires: number | undefined;
  /** hex of its cti, when it must be counted */
  readonly counted: string | undefined;
}

/** Opens a token's text; `undefined`: it is neither base64url nor the dot form. */
export function openToken(
  text: string,
  candidates: readonly CandidateKey[],
  crypto: CryptoPort,
): OpenedToken | undefined {
  const envelope = readEnvelope(text);
  if (envelope === undefined) return undefined;
  const node = envelope.payload?.claims;
  const { integrity, claims } = openClaims(
    { envelope, claims: node === undefined ? undefined : readClaims(node) },
    candidates,
    crypto,
  );
  const issuer = claims && claimValue(claims, iss);
  const expires = claims && claimValue(claims, exp);
  const id = claims && claimValue(claims, cti);
  const replay = claims && claimValue(claims, catreplay);
  return {
    ...{ text, envelope, claims, integrity, issuer },
    expires: expires === undefined ? undefined : Number(expires),
    counted: id !== undefined && replay !== undefined ? encodeHex(id) : undefined,
  };
}

function readEnvelope(text: string): Envelope | undefined {
  if (text.includes('.')) return openDotEnvelope(text);
  const bytes = decodeBase64url(text);
  return bytes.ok && bytes.value.length > 0 ? openEnvelope(bytes.value) : undefined;
}

/** Tokens that an edge has seen lately: a stream sends the same one with every request. */
export interface OpenedTokens {
  open(text: string): OpenedToken | undefined;
}

const MOST_KEPT = 64;

export function keepOpened(candidates: readonly CandidateKey[], crypto: CryptoPort): OpenedTokens {
  const kept = new Map<string, OpenedToken | undefined>();
  return {
    open: (text) => {
      if (kept.has(text)) return kept.get(text);
      const opened = openToken(text, candidates, crypto);
      const [oldest] = kept.keys();
      if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      kept.set(text, opened);
      return opened;
    },
  };
}
