import { useState } from 'react';
import { useLive } from '../platform/live-value.ts';
import { useSession } from '../platform/session.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { Select } from '../ui/select.tsx';
import { AssetList, type ChosenAsset } from './asset-list.tsx';
import { useNavigation } from './navigation.ts';
import './asset-picker.css';

type Kind = ChosenAsset['kind'];
const KINDS: readonly { readonly id: Kind; readonly title: string }[] = [
  { id: 'video', title: 'Videos' },
  { id: 'livestream', title: 'Livestreams' },
];

/** A video or livestream by its name, from what the OVP told last or is asked now. */
export function AssetPicker(props: {
  readonly onTake: (asset: ChosenAsset) => void;
  readonly onClose: () => void;
  /** what taking one sends, where it sends */
  readonly hint?: string;
}) {
  const { onTake, onClose } = props;
  const { workspaces } = useSession();
  const go = useNavigation((navigation) => navigation.go);
  const all = useLive(workspaces).value ?? [];
  const [kind, setKind] = useState<Kind>('video');
  const [chosen, setChosen] = useState<ChosenAsset | undefined>(undefined);
  const [workspaceId, setWorkspaceId] = useState<string | undefined>(undefined);
  const workspace = all.find(({ id }) => id === workspaceId) ?? all[0];
  const take = (asset: ChosenAsset) => {
    onTake(asset);
    onClose();
  };
  return (
    <Dialog title="Choose a video" isOpen onClose={onClose} width="wide">
      <DialogBody>
        {workspace === undefined ? (
          <EmptyState icon="keys" title="No OVP workspace yet">
            With a workspace of the OVP its videos can be chosen by name.{' '}
            <LinkButton
              onPress={() => {
                onClose();
                go('keys');
              }}
            >
              Add one in Keys
            </LinkButton>
          </EmptyState>
        ) : (
          <div className="as-pick">
            <div className="row as-pick-h">
              <SegmentedControl
                label="Kind"
                options={KINDS}
                selected={kind}
                onSelect={(next) => {
                  setKind(next);
                  setChosen(undefined);
                }}
              />
              {all.length < 2 ? null : (
                <Select
                  label="Workspace"
                  isLabelHidden
                  selected={workspace.id}
                  options={all.map(({ id, name, host }) => ({ id, text: name, hint: host }))}
                  onSelect={(id) => {
                    setWorkspaceId(id);
                    setChosen(undefined);
                  }}
                />
              )}
            </div>
            <AssetList
              key={`${workspace.id} ${kind}`}
              kind={kind}
              workspace={workspace}
              chosen={chosen}
              onChoose={setChosen}
            />
          </div>
        )}
      </DialogBody>
      <DialogFoot hint={props.hint ?? 'The list is what the OVP told last. Refresh asks it, with 1 request.'}>
        <Button
          variant="primary"
          disabledReason={chosen === undefined ? 'Choose one in the list' : undefined}
          onPress={() => {
            if (chosen !== undefined) take(chosen);
          }}
        >
          Use it
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
