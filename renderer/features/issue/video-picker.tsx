import { AssetPicker } from '../../shell/asset-picker.tsx';
import { useIssueModel } from './model.ts';

/** Fills in the video of a template by its name in the OVP. */
export function VideoPicker({ onClose }: { readonly onClose: () => void }) {
  const model = useIssueModel();
  return (
    <AssetPicker
      onTake={(asset) =>
        model.setVideo({ id: asset.id, ...(asset.streamUrl !== undefined && { url: asset.streamUrl }) }, asset)
      }
      onClose={onClose}
    />
  );
}
