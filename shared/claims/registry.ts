import type { ClaimDefinition } from './claim.ts';
import { and } from './definitions/and.ts';
import { aud } from './definitions/aud.ts';
import { catalpn } from './definitions/catalpn.ts';
import { catdpop } from './definitions/catdpop.ts';
import { catgeoalt } from './definitions/catgeoalt.ts';
import { catgeocoord } from './definitions/catgeocoord.ts';
import { catgeoiso3166 } from './definitions/catgeoiso3166.ts';
import { cath } from './definitions/cath.ts';
import { catif } from './definitions/catif.ts';
import { catifdata } from './definitions/catifdata.ts';
import { catm } from './definitions/catm.ts';
import { catnip } from './definitions/catnip.ts';
import { catpor } from './definitions/catpor.ts';
import { catr } from './definitions/catr.ts';
import { catreplay } from './definitions/catreplay.ts';
import { cattpk } from './definitions/cattpk.ts';
import { cattprint } from './definitions/cattprint.ts';
import { catu } from './definitions/catu.ts';
import { catv } from './definitions/catv.ts';
import { cnf } from './definitions/cnf.ts';
import { crit } from './definitions/crit.ts';
import { cti } from './definitions/cti.ts';
import { enc } from './definitions/enc.ts';
import { exp } from './definitions/exp.ts';
import { geohash } from './definitions/geohash.ts';
import { iat } from './definitions/iat.ts';
import { iss } from './definitions/iss.ts';
import { moqt } from './definitions/moqt.ts';
import { moqtReval } from './definitions/moqt-reval.ts';
import { nbf } from './definitions/nbf.ts';
import { nor } from './definitions/nor.ts';
import { or } from './definitions/or.ts';
import { sub } from './definitions/sub.ts';
import { wmid } from './definitions/wmid.ts';
import { wmkeyver } from './definitions/wmkeyver.ts';
import { wmopid } from './definitions/wmopid.ts';
import { wmpatlen } from './definitions/wmpatlen.ts';
import { wmpattern } from './definitions/wmpattern.ts';
import { wmsegduration } from './definitions/wmsegduration.ts';
import { wmver } from './definitions/wmver.ts';
import { wmvnd } from './definitions/wmvnd.ts';

/** Every claim the house knows. A new claim is one file in `definitions/` and one line here. */
export const CLAIMS: readonly ClaimDefinition[] = [
  iss,
  sub,
  aud,
  exp,
  nbf,
  iat,
  cti,
  cnf,
  or,
  nor,
  and,
  enc,
  crit,
  geohash,
  wmver,
  wmvnd,
  wmpatlen,
  wmsegduration,
  wmpattern,
  wmid,
  wmopid,
  wmkeyver,
  catreplay,
  catpor,
  catv,
  catnip,
  catu,
  catm,
  catalpn,
  cath,
  catgeoiso3166,
  catgeocoord,
  catgeoalt,
  cattpk,
  catifdata,
  catdpop,
  catif,
  catr,
  cattprint,
  moqt,
  moqtReval,
];

const byLabel = new Map(CLAIMS.map((claim) => [claim.label, claim]));
const byName = new Map(CLAIMS.map((claim) => [claim.name, claim]));

/** The claim registered at a label; other dialects' labels are `labels.ts`. */
export const claimByLabel = (label: number): ClaimDefinition | undefined => byLabel.get(label);
export const claimByName = (name: string): ClaimDefinition | undefined => byName.get(name);
