import { useEffect, useMemo, useState } from 'react';
import type { OvpKeyList, OvpWorkspace } from '../../../shared/contract/ovp.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useIssue } from './model.ts';
import type { Signer } from './signer.ts';

type OvpSigner = Extract<Signer, { kind: 'ovp' }>;

export interface OvpKeys {
  readonly workspaces: readonly OvpWorkspace[];
  readonly workspace: OvpWorkspace | undefined;
  /** of the workspace: those made here, and those of its list as it came last */
  readonly signers: readonly OvpSigner[];
  readonly signer: OvpSigner | undefined;
}

/** Which keys the OVP could be asked to sign with. Nothing is sent: the list is the one that came last. */
export function useOvpKeys(): OvpKeys {
  const { platform, workspaces, keys } = useSession();
  const all = useLive(workspaces).value;
  const records = useLive(keys).value;
  const chosen = useIssue((state) => state.ovpWorkspace);
  const kid = useIssue((state) => state.ovpKid);
  const isAsked = useIssue((state) => state.way === 'ovp');
  const [listed, setListed] = useState<{ readonly id: string; readonly list: OvpKeyList } | undefined>(undefined);
  const list = useMemo(() => all ?? [], [all]);
  const workspace = list.find(({ id }) => id === chosen) ?? list.find(({ apiKey }) => apiKey === 'stored') ?? list[0];
  const id = workspace?.id;
  useEffect(() => {
    if (id === undefined || !isAsked) return;
    // read anew when a key was made or deleted here, since the list may have come with it
    void records;
    let isHere = true;
    void platform.ovp.keys({ workspace: id, refresh: false }).then((answer) => {
      if (isHere && answer.ok) setListed({ id, list: answer.value });
    });
    return () => {
      isHere = false;
    };
  }, [platform, id, isAsked, records]);
  const signers = useMemo((): readonly OvpSigner[] => {
    if (workspace === undefined) return [];
    const here = (records ?? []).flatMap((key) =>
      key.kid !== undefined && key.workspace === workspace.id
        ? [{ kind: 'ovp' as const, workspace, kid: key.kid, name: key.name, key }]
        : [],
    );
    const there = listed?.id === workspace.id ? listed.list.keys : [];
    const more = there
      .filter((one) => here.every((known) => known.kid !== one.kid))
      .map((one) => ({
        kind: 'ovp' as const,
        workspace,
        kid: one.kid,
        name: one.name,
        key: records?.find((key) => key.id === one.local),
      }));
    return [...here, ...more];
  }, [workspace, records, listed]);
  const signer = signers.find((one) => one.kid === kid) ?? signers[0];
  return useMemo(() => ({ workspaces: list, workspace, signers, signer }), [list, workspace, signers, signer]);
}
