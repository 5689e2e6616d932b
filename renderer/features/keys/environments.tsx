import type { Environment } from '../../../shared/contract/keys.ts';
import { EnvTag } from '../../ui/env-tag.tsx';
import { Select } from '../../ui/select.tsx';

const ENVIRONMENTS: readonly { readonly id: Environment; readonly text: string }[] = [
  { id: 'dev', text: 'DEV' },
  { id: 'stage', text: 'STAGE' },
  { id: 'prod', text: 'PROD' },
];

export function EnvironmentSelect(props: {
  readonly selected: Environment;
  readonly onSelect: (environment: Environment) => void;
}) {
  return (
    <Select
      label="Environment"
      options={ENVIRONMENTS.map((option) => ({ ...option, content: <EnvTag environment={option.id} /> }))}
      selected={props.selected}
      onSelect={props.onSelect}
    />
  );
}
