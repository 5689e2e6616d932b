import { type MouseEvent, useEffect, useRef, useState } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components';
import '../../ui/popover.css';
import { useSession } from '../../platform/session.ts';
import type { ItemCopies } from '../../workers/token-view/protocol.ts';
import { linkOf } from './link.ts';
import { type InspectModel, useInspectModel } from './model.ts';

export const COPY_FORMS = [
  { form: 'json', title: 'JSON' },
  { form: 'edn', title: 'EDN' },
  { form: 'hex', title: 'hex' },
  { form: 'path', title: 'path' },
] as const satisfies readonly { readonly form: keyof ItemCopies; readonly title: string }[];

/** Copies one item of the token in one form. */
export async function copyItem(
  model: InspectModel,
  clipboard: ReturnType<typeof useSession>['platform']['clipboard'],
  id: string,
  form: keyof ItemCopies,
): Promise<void> {
  const copies = await model.copyItem(id);
  if (copies !== undefined) await clipboard.write({ text: copies[form], concealed: false });
}

/**
 * The menu of an item, wherever one is drawn: by the right mouse button, the menu key or Shift F10 on a focused row.
 * `open` goes to the `onContextMenu` of the panel that holds the rows.
 */
export function useItemMenu() {
  const model = useInspectModel();
  const { platform } = useSession();
  const anchor = useRef<Element | null>(null);
  const [id, setId] = useState<string | undefined>(undefined);
  const [said, setSaid] = useState('');

  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), 1500);
    return () => clearTimeout(timer);
  }, [said]);

  const open = (event: MouseEvent) => {
    const link = linkOf(event.target);
    if (link === undefined || !(event.target instanceof Element)) return;
    // what somebody selected is copied as it stands, by the system's menu
    const selection = getSelection();
    if (selection !== null && !selection.isCollapsed && selection.containsNode(event.target, true)) return;
    event.preventDefault();
    anchor.current = event.target.closest('[data-link]');
    setId(link);
  };
  const close = () => {
    setId(undefined);
    if (anchor.current instanceof HTMLElement) anchor.current.focus();
  };
  const menu = (
    <>
      <Popover
        className="pop pop-small"
        triggerRef={anchor}
        isOpen={id !== undefined}
        onOpenChange={(isOpen) => isOpen || close()}
        placement="bottom start"
        offset={2}
      >
        <Menu
          className="list"
          aria-label="Copy this item"
          autoFocus="first"
          onAction={(form) => {
            const chosen = COPY_FORMS.find((candidate) => candidate.form === form);
            if (id === undefined || chosen === undefined) return;
            void copyItem(model, platform.clipboard, id, chosen.form).then(() => setSaid(`Copied as ${chosen.title}`));
            close();
          }}
        >
          {COPY_FORMS.map(({ form, title }) => (
            <MenuItem key={form} id={form} className="list-i">
              Copy as {title}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
      <span className="sr" role="status">
        {said}
      </span>
    </>
  );
  return { open, menu };
}
