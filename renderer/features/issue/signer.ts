import type { Environment, KeyRecord } from '../../../shared/contract/keys.ts';
import type { OvpWorkspace } from '../../../shared/contract/ovp.ts';

/** Who makes the token: a key of this installation here, or the OVP with a key it knows by its id. */
export type Signer =
  | { readonly kind: 'key'; readonly key: KeyRecord }
  | {
      readonly kind: 'ovp';
      readonly workspace: OvpWorkspace;
      readonly kid: string;
      readonly name: string;
      /** of the key's record, where the key is here as well */
      readonly key: KeyRecord | undefined;
    };

const ALGORITHM: Readonly<Record<KeyRecord['family'], string>> = { hmac: 'HS256', 'ec-p256': 'ES256', rsa: 'PS256' };
export const algorithmOf = (key: KeyRecord): string => key.alg ?? ALGORITHM[key.family];

export const canSign = (key: KeyRecord): boolean =>
  key.part !== 'public' && key.secret === 'ready' && key.replacedBy === undefined;

export const signerName = (signer: Signer): string => (signer.kind === 'key' ? signer.key.name : signer.name);

export const environmentOf = (signer: Signer): Environment | undefined => signer.key?.environment;

/** Whether a person has to type the key's name before a token is made with it. */
export const wantsName = (signer: Signer): boolean => signer.key?.guard === 'type-the-name';

/** What a token is made by, as text: another signer's token is not this one's. */
export const signerOrder = (signer: Signer | undefined): readonly string[] =>
  signer === undefined ? [] : signer.kind === 'key' ? ['key', signer.key.id] : ['ovp', signer.workspace.id, signer.kid];
