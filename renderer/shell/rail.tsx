import { Button } from 'react-aria-components';
import { Icon } from '../ui/icon.tsx';
import { printKeys } from '../ui/kbd.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { useKeysOf } from './commands.ts';
import { useNavigation } from './navigation.ts';
import './rail.css';
import type { ViewEntry } from './view-list.ts';

export function Rail({ views }: { readonly views: readonly ViewEntry[] }) {
  const entries = (place: ViewEntry['place']) =>
    views.filter((view) => view.place === place).map((view) => <RailItem key={view.id} entry={view} />);
  return (
    <nav className="rail" aria-label="Main" data-region>
      {entries('top')}
      <span className="rail-gap" />
      {entries('bottom')}
    </nav>
  );
}

function RailItem({ entry }: { readonly entry: ViewEntry }) {
  const isOn = useNavigation((navigation) => navigation.view === entry.id);
  const go = useNavigation((navigation) => navigation.go);
  const keys = useKeysOf(`view.${entry.id}`);
  return (
    <Tooltip text={keys === undefined ? entry.title : printKeys(keys)} placement="right">
      <Button className="rail-i" {...(isOn ? { 'aria-current': 'page' as const } : {})} onPress={() => go(entry.id)}>
        <Icon name={entry.icon} size={20} />
        <span>{entry.title}</span>
      </Button>
    </Tooltip>
  );
}
