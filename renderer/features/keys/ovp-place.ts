import { create } from 'zustand';
import type { OvpWorkspace } from '../../../shared/contract/ovp.ts';
import type { ChosenAsset } from '../../shell/asset-list.tsx';

/** What is chosen on the page of OVP workspaces. It stays while other views are open. */
export interface OvpPlace {
  readonly workspace: OvpWorkspace['id'] | undefined;
  readonly tab: string;
  readonly asset: ChosenAsset | undefined;
  /** the last token that the OVP made, and the asset it is for */
  readonly token: { readonly asset: string; readonly text: string } | undefined;
}

export const useOvpPlace = create<OvpPlace>(() => ({
  workspace: undefined,
  tab: 'video',
  asset: undefined,
  token: undefined,
}));

/** Assets and tokens belong to one workspace. */
export const chooseWorkspace = (workspace: OvpWorkspace['id']): void =>
  useOvpPlace.setState({ workspace, asset: undefined, token: undefined });
