import { useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import { useSession } from '../../platform/session.ts';
import { IconButton } from '../../ui/button.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import type { TabItem } from '../../ui/tabs.tsx';
import type { ByteItem, TokenView } from '../../workers/token-view/token-view.ts';
import { ByteMap } from './byte-map.tsx';
import { CodeLines } from './code-lines.tsx';
import { EdnEditor } from './edn-editor.tsx';
import { linesText } from './edn-text.ts';
import { Elsewhere } from './elsewhere.tsx';
import { Findings } from './findings.tsx';
import { COPY_FORMS, copyItem } from './item-menu.tsx';
import { chosenView, type TabId, useInspect, useInspectModel } from './model.ts';

export const evidenceTabs = (findings: number): readonly TabItem[] => [
  { id: 'bytes', title: 'Bytes', content: <ByteMap /> },
  { id: 'edn', title: 'EDN', content: <Edn /> },
  { id: 'json', title: 'JSON', content: <CodeLines kind="json" /> },
  { id: 'findings', title: 'Findings', count: findings, content: <Findings /> },
  { id: 'elsewhere', title: 'Elsewhere', content: <Elsewhere /> },
];

function Edn() {
  const view = useInspect(chosenView);
  const [edited, setEdited] = useState<TokenView | undefined>(undefined);
  if (view === undefined) return null;
  if (edited === view) return <EdnEditor view={view} onClose={() => setEdited(undefined)} />;
  return (
    <>
      <CodeLines kind="edn" />
      {view.token.kind === 'cat' && !view.envelope.isCut ? (
        <span className="edn-pen">
          <IconButton label="Edit the notation" icon="edit" placement="top" onPress={() => setEdited(view)} />
        </span>
      ) : null}
    </>
  );
}

/** What is looked at, with its bytes, and what can be copied: the item in every form, or the open tab. */
export function EvidenceEnd() {
  const view = useInspect(chosenView);
  const id = useInspect((state) => state.hovered ?? state.selected?.id);
  if (view === undefined) return null;
  const item = view.items.find((candidate) => candidate.id === id);
  return (
    <>
      {item === undefined ? null : (
        <span className="hint nowrap ev-item" title={`${escapeText(item.title)}, ${describeBytes(item)}`}>
          <b>
            <Literal text={item.title} />
          </b>{' '}
          {describeBytes(item)}
        </span>
      )}
      <CopyMenu view={view} />
    </>
  );
}

function CopyMenu({ view }: { readonly view: TokenView }) {
  const model = useInspectModel();
  const { platform } = useSession();
  const tab = useInspect((state) => state.tab) ?? 'bytes';
  const selected = useInspect((state) => state.selected?.id);
  const item = view.items.find((candidate) => candidate.id === selected);
  const title = item === undefined ? 'the token' : item.title;
  const copy = (id: string | number) => {
    const chosen = COPY_FORMS.find(({ form }) => form === id);
    if (chosen === undefined) void platform.clipboard.write({ text: textOf(view, tab), concealed: false });
    else void copyItem(model, platform.clipboard, selected ?? 'envelope', chosen.form);
  };
  return (
    <MenuTrigger>
      <AriaButton className="ib" aria-label="Copy as…">
        <Icon name="copy" size={14} />
      </AriaButton>
      <Popover className="pop" offset={4}>
        <Menu className="list" aria-label="Copy as" onAction={copy}>
          {COPY_FORMS.map(({ form, title: name }) => (
            <MenuItem key={form} id={form} className="list-i" textValue={`Copy ${title} as ${name}`}>
              <span className="grow">
                Copy <b>{escapeText(title)}</b> as {name}
              </span>
            </MenuItem>
          ))}
          <MenuItem id="view" className="list-i">
            Copy this view
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** `bytes 152–198`, `byte 0`: as they are counted in the map, from 0. */
const describeBytes = ({ start, wholeEnd }: ByteItem): string =>
  wholeEnd - start === 1 ? `byte ${start}` : `bytes ${start}–${wholeEnd - 1}`;

function textOf(view: TokenView, tab: TabId): string {
  switch (tab) {
    case 'claims':
    case 'request':
    case 'elsewhere':
    case 'bytes':
      return view.items
        .map(
          (item) =>
            `${String(item.start).padStart(3, '0')}  ${encodeHex(view.token.bytes.subarray(item.start, item.end))}  ${item.note}`,
        )
        .join('\n');
    case 'edn':
      return linesText(view.edn);
    case 'json':
      return linesText(view.json);
    case 'findings':
      return view.findings.map((finding) => `${finding.severity}: ${finding.message}`).join('\n');
  }
}
