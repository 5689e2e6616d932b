import { encodeHex } from '../../../shared/bytes/hex.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import type { TabItem } from '../../ui/tabs.tsx';
import type { ByteItem, CodeLine, TokenView } from '../../workers/token-view/token-view.ts';
import { ByteMap } from './byte-map.tsx';
import { CodeLines } from './code-lines.tsx';
import { Findings } from './findings.tsx';
import { chosenView, type TabId, useInspect } from './model.ts';

export const evidenceTabs = (findings: number): readonly TabItem[] => [
  { id: 'bytes', title: 'Bytes', content: <ByteMap /> },
  { id: 'edn', title: 'EDN', content: <CodeLines kind="edn" /> },
  { id: 'json', title: 'JSON', content: <CodeLines kind="json" /> },
  { id: 'findings', title: 'Findings', count: findings, content: <Findings /> },
];

/** What is looked at, with its bytes, and a button that copies the open tab. */
export function EvidenceEnd() {
  const view = useInspect(chosenView);
  const tab = useInspect((state) => state.tab) ?? 'bytes';
  const id = useInspect((state) => state.hovered ?? state.selected?.id);
  if (view === undefined) return null;
  const item = view.items.find((candidate) => candidate.id === id);
  return (
    <>
      {item === undefined ? null : (
        <span className="hint nowrap ev-item" title={escapeText(item.title)}>
          <b>
            <Literal text={item.title} />
          </b>{' '}
          {describeBytes(item)}
        </span>
      )}
      <CopyButton label="Copy this view" text={() => textOf(view, tab)} />
    </>
  );
}

/** `bytes 152–198`, `byte 0`: as they are counted in the map, from 0. */
export const describeBytes = ({ start, wholeEnd }: ByteItem): string =>
  wholeEnd - start === 1 ? `byte ${start}` : `bytes ${start}–${wholeEnd - 1}`;

function textOf(view: TokenView, tab: TabId): string {
  switch (tab) {
    case 'claims':
    case 'request':
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

const linesText = (lines: readonly CodeLine[]): string =>
  lines
    .map((line) => `${'  '.repeat(line.indent)}${line.text}${line.comment === undefined ? '' : ` / ${line.comment} /`}`)
    .join('\n');
