import { createHmac } from 'node:crypto';
import { CAT } from '@eyevinn/cat';
import { Decoder } from 'cbor-x/index-no-eval';
import { decode as cbor2Decode } from 'cbor2';
import { decode as cborgDecode } from 'cborg';
import { nodeCrypto } from '../../main/crypto/node-crypto.ts';
import { decodeBase64url } from '../../shared/bytes/base64.ts';
import { decode } from '../../shared/cbor/decode.ts';
import { readClaims } from '../../shared/claims/read-claims.ts';
import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import { openEnvelope } from '../../shared/cose/open.ts';
import { encodeSigned } from '../../shared/cose/structures.ts';
import { verify } from '../../shared/cose/verify.ts';
import { judge } from '../../shared/evaluate/evaluate-claims.ts';
import { inspectText } from '../../shared/inspect/inspect-text.ts';
import { createIssuer } from '../../shared/issue/create-issuer.ts';
import { findTarget } from '../../shared/issue/targets.ts';
import { seconds } from '../../shared/units.ts';
import { cta5007 } from '../../shared/verifiers/cta-5007.ts';
import { measure } from './measure.ts';
import type { Section } from './report.ts';

const SECRET = Buffer.from('403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79569388', 'hex');
const KEY: CandidateKey = { ref: 'bench', encoding: 'hex', alg: 'HS256', material: { kind: 'secret', bytes: SECRET } };
const KID = 'akamai_key_hs256';
const NOW = seconds(Math.floor(Date.now() / 1000));
const URL_TEXT = 'https://cdn.example.com/hls/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/1080p/seg_0017.ts';

/** A producer's token of about 250 bytes, in claims that node-cat reads too: times, a subject, two URL rules, methods. */
const CLAIMS = {
  iss: 'nordlys-media',
  sub: 'session-4f1c2a9e',
  exp: NOW + 7200,
  nbf: NOW - 60,
  iat: NOW - 60,
  cti: { hex: '4338ce01d9198ab1710436a5ec001332' },
  catv: 1,
  catu: { host: { exact: 'cdn.example.com' }, path: { contains: '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517' } },
  catm: ['GET', 'HEAD'],
};

export async function engineSections(): Promise<readonly Section[]> {
  const target = findTarget('node-cat');
  if (target === undefined) throw new Error('no target node-cat');
  const draft = { claims: CLAIMS, kept: [], envelope: { kid: KID } };
  const issuer = createIssuer(draft, target, KEY.material, nodeCrypto);
  if (!issuer.ok) throw new Error(JSON.stringify(issuer.error));
  const issued = issuer.value.issue();
  if (!issued.ok) throw new Error(JSON.stringify(issued.error));
  const bytes = Uint8Array.from(issued.value.bytes);
  const token = Buffer.from(bytes).toString('base64url');
  const envelope = openEnvelope(bytes);
  const payload = envelope.payload?.bytes;
  if (payload === undefined) throw new Error('the token has no payload');
  const signed = encodeSigned('MAC0', envelope.protected.bytes, { type: 'bytes', content: payload });

  const bareHmac = {
    name: 'bare createHmac over the same bytes',
    run: () => createHmac('sha256', SECRET).update(signed).digest(),
  };
  const recipient = { now: NOW, skew: seconds(0), issuers: ['nordlys-media'] };
  const request = { url: URL_TEXT, method: 'GET' };
  const cat = new CAT({ keys: { [KID]: SECRET }, expectCwtTag: true });
  const url = new URL(URL_TEXT);
  const judged = await cat.validate(token, 'mac', { issuer: 'nordlys-media', url });
  if (judged.error !== undefined) throw judged.error;
  const checkOnce = () => {
    const decoded = decodeBase64url(token);
    if (!decoded.ok) throw new Error('the token is no base64url');
    const opened = openEnvelope(decoded.value);
    const claims = opened.payload?.claims;
    if (claims === undefined) throw new Error('the token has no claims');
    const { state } = verify(opened, [KEY], nodeCrypto);
    return state === 'verified' && judge(readClaims(claims), request, recipient, cta5007).decision;
  };
  if (checkOnce() !== 'accept') throw new Error('the bench token is not accepted');

  const check = await measure([
    bareHmac,
    { name: 'Catwalk: decode, verify and judge every claim', run: checkOnce },
    {
      name: 'node-cat: CAT.validate',
      run: () => cat.validate(token, 'mac', { issuer: 'nordlys-media', url }),
    },
    { name: 'Catwalk: find and inspect, with findings and explanation', run: () => inspectText(token, { now: NOW }) },
  ]);
  const issue = await measure([
    bareHmac,
    { name: 'Catwalk: issue, a cti of its own', run: () => issuer.value.issue({ cti: CLAIMS.cti }) },
    {
      name: 'node-cat: generateFromJson',
      run: () => cat.generateFromJson(NODE_CAT_CLAIMS, { type: 'mac', alg: 'HS256', kid: KID, generateCwtId: true }),
    },
  ]);
  const cborX = new Decoder({ mapsAsObjects: false, useRecords: false, tagUint8Array: false });
  const reading = await measure([
    { name: 'Catwalk: tree with offsets, widths and issues', run: () => decode(payload) },
    { name: 'cbor-x', run: () => cborX.decode(payload) },
    { name: 'cborg', run: () => cborgDecode(payload, { useMaps: true }) },
    { name: 'cbor2', run: () => cbor2Decode(payload) },
  ]);
  return [
    { title: `Checking a token of ${bytes.length} bytes`, timings: check, against: bareHmac.name },
    { title: 'Issuing the same token', timings: issue, against: bareHmac.name },
    { title: `Reading its claims, ${payload.length} bytes of CBOR`, timings: reading, against: 'cbor-x' },
  ];
}

const NODE_CAT_CLAIMS = {
  iss: CLAIMS.iss,
  sub: CLAIMS.sub,
  exp: CLAIMS.exp,
  nbf: CLAIMS.nbf,
  iat: CLAIMS.iat,
  catv: CLAIMS.catv,
  catu: {
    host: { 'exact-match': CLAIMS.catu.host.exact },
    path: { 'contains-match': CLAIMS.catu.path.contains },
  },
  catm: CLAIMS.catm,
};
