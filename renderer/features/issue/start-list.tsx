import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Template } from '../../../shared/issue/template.ts';
import { BUILT_IN_TEMPLATES } from '../../../shared/issue/templates/built-in.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { useOwnTemplates } from '../../shell/use-own-templates.ts';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { CloneDialog } from './clone-dialog.tsx';
import { useDrafts } from './drafts.ts';
import { useIssue } from './model.ts';

const ICONS: Readonly<Record<string, IconName>> = {
  'one-video': 'video',
  'event-window': 'event',
  'one-viewer': 'viewer',
  'one-region': 'region',
  'negative-pack': 'flask',
};

/** Where a draft may start from. */
export function StartList() {
  const drafts = useDrafts();
  const start = useIssue((state) => state.start);
  const changes = useIssue((state) => state.templateChanges);
  const go = useNavigation((navigation) => navigation.go);
  const [isCloning, setCloning] = useState(false);
  const own = useOwnTemplates(changes);
  const chosen = start.kind === 'template' ? start.id : start.kind;
  const template = (id: string, one: Template, icon: IconName) => (
    <Entry
      key={id}
      icon={icon}
      title={one.title}
      text={one.summary}
      isChosen={chosen === id}
      onPress={() => drafts.startTemplate(id, one)}
    />
  );
  return (
    <nav className="is-start" aria-label="Start from" data-region>
      <p className="lbl">Start from</p>
      <Entry
        icon="paste"
        title="A pasted token"
        text="clone, edit, sign again"
        isChosen={chosen === 'clone'}
        onPress={() => setCloning(true)}
      />
      <Entry
        icon="plus"
        title="Blank"
        text="every claim off"
        isChosen={chosen === 'blank'}
        onPress={drafts.startBlank}
      />
      <p className="lbl">Templates</p>
      {BUILT_IN_TEMPLATES.map(({ id, template: one }) => template(id, one, ICONS[id] ?? 'ticket'))}
      {own === undefined || own.templates.length === 0 ? null : (
        <>
          <p className="lbl">Your own</p>
          {own.templates.map(({ id, template: one }) => template(`own/${id}`, one, 'report'))}
        </>
      )}
      {own?.broken.map(({ fileName, message }) => (
        <p key={fileName} className="hint is-broken">
          <Literal text={`${fileName}: ${message}`} />
        </p>
      ))}
      <p className="lbl">Many at once</p>
      <Entry icon="table" title="From a table" text="opens in Batch" isChosen={false} onPress={() => go('batch')} />
      {isCloning ? <CloneDialog onClose={() => setCloning(false)} /> : null}
    </nav>
  );
}

function Entry(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly isChosen: boolean;
  readonly onPress: () => void;
}) {
  return (
    <AriaButton
      className={props.isChosen ? 'is-tpl is-on' : 'is-tpl'}
      aria-pressed={props.isChosen}
      aria-label={props.title}
      // where the list is folded to its icons, their words stand here
      render={(button) => <button {...button} title={escapeText(`${props.title}: ${props.text}`)} />}
      onPress={props.onPress}
    >
      <Icon name={props.icon} />
      <span>
        <b>
          <Literal text={props.title} />
        </b>
        <em>
          <Literal text={props.text} />
        </em>
      </span>
    </AriaButton>
  );
}
