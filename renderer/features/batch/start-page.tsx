import type { ReactNode } from 'react';
import { LinkButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Panel } from '../../ui/panel.tsx';

const STEPS = [
  ['table', 'Rows', 'a CSV or JSON file, cells from a spreadsheet, or every combination of the values you list'],
  ['ticket', 'Template', 'each column fills a gap of it; what no column fills is the same in every row'],
  ['keys', 'Tokens', 'every row is checked before anything is written, then signed here, offline'],
] as const;

/** Nothing is open yet: what Issue many does, what a table looks like, and the ways to begin. */
export function StartPage(props: { readonly actions: ReactNode; readonly onSample: () => void }) {
  return (
    <div className="bt-start" data-region>
      <Panel label="Issue many" className="bt-welcome">
        <h2>Issue many tokens at once</h2>
        <ol className="bt-steps">
          {STEPS.map(([icon, title, text]) => (
            <li key={title}>
              <Icon name={icon} size={18} />
              <b>{title}</b>
              <span className="muted">{text}</span>
            </li>
          ))}
        </ol>
        <pre className="bt-eg mono">
          {
            'viewer_id,video,ip,country,hours\nv-1041,7c9e2b41-5f0d-…,198.51.100.0/24,SE,2\nv-1042,0d4f8a16-77b2-…,203.0.113.0/24,DK,4'
          }
        </pre>
        <div className="bt-actions">{props.actions}</div>
        <p className="hint">
          Or drop a file here, or press Ctrl V with cells on the clipboard. Nothing at hand?{' '}
          <LinkButton onPress={props.onSample}>Try a sample</LinkButton>
        </p>
      </Panel>
    </div>
  );
}
