import { useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { TemplateList } from '../../../shared/contract/templates.ts';
import type { Template } from '../../../shared/issue/template.ts';
import { BUILT_IN_TEMPLATES } from '../../../shared/issue/templates/built-in.ts';
import { useSession } from '../../platform/session.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { useIssue, useIssueModel } from './model.ts';

/** Where a draft may start from. */
export function StartList({ saved }: { readonly saved: number }) {
  const model = useIssueModel();
  const { platform } = useSession();
  const start = useIssue((state) => state.start);
  const [own, setOwn] = useState<TemplateList | undefined>(undefined);
  useEffect(() => {
    // read anew after each save
    void saved;
    void platform.templates.list().then((answer) => {
      if (answer.ok) setOwn(answer.value);
    });
  }, [platform, saved]);
  const chosen = start.kind === 'template' ? start.id : start.kind;
  const template = (id: string, one: Template, icon: IconName) => (
    <Entry
      key={id}
      icon={icon}
      title={one.title}
      text={one.summary}
      isChosen={chosen === id}
      onPress={() => model.startTemplate(id, one)}
    />
  );
  return (
    <nav className="is-start" aria-label="Start from" data-region>
      <p className="lbl">Start from</p>
      {start.kind === 'clone' ? (
        <Entry icon="paste" title="A pasted token" text="clone, edit, sign again" isChosen onPress={() => undefined} />
      ) : null}
      <Entry
        icon="plus"
        title="Blank"
        text="every claim off"
        isChosen={chosen === 'blank'}
        onPress={model.startBlank}
      />
      <p className="lbl">Templates</p>
      {BUILT_IN_TEMPLATES.map(({ id, template: one }) =>
        template(id, one, one.makes === 'negative-pack' ? 'flask' : 'ticket'),
      )}
      {own === undefined || own.templates.length === 0 ? null : (
        <>
          <p className="lbl">Your own</p>
          {own.templates.map(({ id, template: one }) => template(`own/${id}`, one, 'file'))}
        </>
      )}
      {own?.broken.map(({ fileName, message }) => (
        <p key={fileName} className="hint is-broken">
          <Literal text={`${fileName}: ${message}`} />
        </p>
      ))}
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
      onPress={props.onPress}
    >
      <Icon name={props.icon} />
      <span>
        <b>
          <Literal text={props.title} />
        </b>
        <em title={props.text}>
          <Literal text={props.text} />
        </em>
      </span>
    </AriaButton>
  );
}
