import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import { claimsToJson } from '../../../shared/claims/claims-to-json.ts';
import { readClaims } from '../../../shared/claims/read-claims.ts';
import type { CandidateKey } from '../../../shared/cose/crypto-port.ts';
import { openEnvelope } from '../../../shared/cose/open.ts';
import { verify } from '../../../shared/cose/verify.ts';
import { type Draft, EMPTY_DRAFT, type EnvelopeChoices } from '../../../shared/issue/draft.ts';
import type { IssueNote } from '../../../shared/issue/issue-note.ts';
import { type IssuedToken, issueToken } from '../../../shared/issue/issue-token.ts';
import { type PreparedToken, prepareToken } from '../../../shared/issue/prepare-token.ts';
import type { TargetId } from '../../../shared/issue/target.ts';
import { findTarget } from '../../../shared/issue/targets.ts';
import type { JsonObject } from '../../../shared/json.ts';

export const SECRET_HEX = '403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79569388';
export const KEY: CandidateKey = {
  ref: 'k1',
  encoding: 'hex',
  kid: 'k1',
  alg: 'HS256',
  material: { kind: 'secret', bytes: new Uint8Array(Buffer.from(SECRET_HEX, 'hex')) },
};

export const draft = (claims: JsonObject, envelope: EnvelopeChoices = { kid: 'k1' }): Draft => ({
  ...EMPTY_DRAFT,
  claims,
  envelope,
});

export function target(id: TargetId) {
  const found = findTarget(id);
  if (found === undefined) throw new Error(`no target ${id}`);
  return found;
}

export function prepare(id: TargetId, claims: JsonObject, envelope?: EnvelopeChoices): PreparedToken {
  const prepared = prepareToken(draft(claims, envelope), target(id));
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  return prepared.value;
}

export function issue(id: TargetId, claims: JsonObject, envelope?: EnvelopeChoices): IssuedToken {
  const issued = issueToken(draft(claims, envelope), target(id), KEY.material, nodeCrypto);
  if (!issued.ok) throw new Error(JSON.stringify(issued.error));
  return issued.value;
}

/** Kind and code of each note about a claim, or of all. */
export const notesOf = (notes: readonly IssueNote[], claim?: string): readonly string[] =>
  notes.filter((note) => claim === undefined || note.claim === claim).map(({ kind, code }) => `${kind} ${code}`);

/** What stands in a token, as the engine reads it. */
export function readBack(bytes: Uint8Array) {
  const envelope = openEnvelope(bytes);
  const claims = envelope.payload?.claims;
  if (claims === undefined) throw new Error(`no claims in ${encodeHex(bytes)}`);
  const set = readClaims(claims);
  return { envelope, set, json: claimsToJson(set), integrity: verify(envelope, [KEY], nodeCrypto) };
}
