import type { CommandOutput } from '../../../shared/contract/contract.ts';
import type { AppError } from '../../../shared/errors.ts';
import { resolveTimes } from '../../../shared/issue/relative-times.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { useSession } from '../../platform/session.ts';
import { localClock, localZone, type Made, useIssueModel } from './model.ts';
import { readClaimsOf } from './read-claims-of.ts';
import { type Signer, signerName, wantsName } from './signer.ts';
import type { Preview } from './use-preview.ts';

export interface Make {
  /** makes the draft's token; what is typed meanwhile is not of it. `isDraft`: nobody asked for it by hand */
  readonly make: (isDraft: boolean) => Promise<void>;
  /** the draft's token and those that are wrong in one thing each */
  readonly makePack: () => Promise<void>;
  readonly cancel: () => Promise<void>;
}

/** Makes the token where it is to be made: by main with a key that is here, or by the OVP. */
export function useMake(preview: Preview): Make {
  const model = useIssueModel();
  const { platform, queue } = useSession();
  const { signer, order, target } = preview;

  const finish = (error: AppError | undefined, made?: Made) =>
    model.store.setState({
      isSigning: false,
      request: undefined,
      // a request that its owner cancelled is no fault
      error: error?.code === 'ERR_OVP_CANCELLED' ? undefined : error,
      ...(made !== undefined && { made, confirmName: '' }),
    });

  const requestOf = (by: Signer & { readonly kind: 'key' }) => {
    const { draft, confirmName } = model.store.getState();
    return {
      ...{ draft, target: target.id, keyId: by.key.id, zone: localZone() },
      ...(wantsName(by) && { confirmName }),
    };
  };

  const sign = async (isDraft: boolean) => {
    if (signer?.kind !== 'key') return;
    const answer = await platform.issue.sign({ ...requestOf(signer), ...(isDraft && { isDraft }) });
    if (!answer.ok) return finish(answer.error);
    const { id, token, size, readAs } = answer.value;
    finish(undefined, {
      ...{ order, token, size, remarks: [] },
      by: signerName(signer),
      signedWith: { keyId: signer.key.id, readAs, ...(isDraft && { logId: id }) },
    });
  };

  const request = async () => {
    if (signer?.kind !== 'ovp') return;
    const claims = resolveTimes(model.store.getState().draft.claims, localClock());
    if (!claims.ok) return finish(undefined);
    const id = crypto.randomUUID();
    model.store.setState({ request: id });
    const { workspace, kid } = signer;
    const answer = await platform.ovp.requestToken({ workspace: workspace.id, kid, claims: claims.value, request: id });
    if (answer.ok) finish(undefined, describeRequested(answer.value, claims.value));
    else finish(answer.error);
  };

  function describeRequested({ token, notes }: CommandOutput<'ovp.requestToken'>, asked: JsonObject): Made {
    const leftOut = new Set(notes.filter(({ kind }) => kind === 'left-out').map(({ claim }) => claim));
    return {
      ...{ order, token, size: Math.floor((token.length * 3) / 4) },
      by: `the OVP with ${signer === undefined ? 'its key' : signerName(signer)}`,
      remarks: describeOther(asked, readClaimsOf(token), leftOut),
    };
  }

  return {
    make: async (isDraft) => {
      if (signer === undefined || model.store.getState().isSigning) return;
      model.store.setState({ isSigning: true, error: undefined });
      await (signer.kind === 'key' ? sign(isDraft) : request());
    },
    makePack: async () => {
      if (signer?.kind !== 'key' || model.store.getState().isSigning) return;
      model.store.setState({ isSigning: true, error: undefined });
      const answer = await platform.issue.negativePack(requestOf(signer));
      model.store.setState({
        isSigning: false,
        error: answer.ok ? undefined : answer.error,
        pack: answer.ok ? answer.value : undefined,
        confirmName: '',
      });
    },
    cancel: async () => {
      const { request: id } = model.store.getState();
      if (id === undefined) return;
      const answer = await platform.ovp.cancel({ requests: [id] });
      if (answer.ok) queue.set(answer.value);
    },
  };
}

/** In words: where the OVP's token is not what it was asked for. */
export function describeOther(
  asked: JsonObject,
  got: JsonObject | undefined,
  leftOut: ReadonlySet<string | undefined>,
): readonly string[] {
  if (got === undefined) return ['What the OVP answered cannot be read as a token.'];
  const names = [...new Set([...Object.keys(asked), ...Object.keys(got)])].filter((name) => !leftOut.has(name));
  const missing = names.filter((name) => got[name] === undefined);
  const added = names.filter((name) => asked[name] === undefined);
  const other = names.filter(
    (name) =>
      asked[name] !== undefined && got[name] !== undefined && JSON.stringify(asked[name]) !== JSON.stringify(got[name]),
  );
  return [
    ...(missing.length === 0 ? [] : [`The OVP left out ${missing.join(', ')}.`]),
    ...(added.length === 0 ? [] : [`The OVP added ${added.join(', ')}.`]),
    ...(other.length === 0 ? [] : [`The OVP wrote ${other.join(', ')} otherwise than asked.`]),
  ];
}
