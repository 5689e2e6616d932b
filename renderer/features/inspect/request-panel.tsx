import { toPlainText } from '../../../shared/explain/rich-text.ts';
import { useJudgedAt } from '../../shell/clock.ts';
import { IconButton, LinkButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { localStyle } from '../../ui/local-time.ts';
import { Note } from '../../ui/note.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Select } from '../../ui/select.tsx';
import type { JudgedCopy } from '../../workers/token-view/protocol.ts';
import { HeadersField } from './headers-field.tsx';
import { useInspect, useInspectModel } from './model.ts';
import { MoreFacts } from './more-facts.tsx';
import { importRequest, isEmptyRequest, withFact } from './request-facts.ts';
import './request-panel.css';
import { TimeField } from './time-field.tsx';
import { describeCarrier } from './words.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'] as const;
const UNKNOWN = '';

/** The request to judge against: filled from the paste, edited for what-ifs. An empty field is not checked. */
export function RequestPanel() {
  const model = useInspectModel();
  const request = useInspect((state) => state.request);
  const reading = useInspect((state) => state.result?.reading);
  if (reading === undefined) return null;
  const imported = importRequest(reading);
  const isEdited = JSON.stringify(request) !== JSON.stringify(imported);
  const methods = [...new Set([...METHODS, ...(request.method === undefined ? [] : [request.method])])];
  return (
    <Panel label="Request to judge" className="req">
      <div className="ph">
        <h2>Request</h2>
        <span className="hint ell">
          {isEdited
            ? 'edited; verdicts are for this request'
            : isEmptyRequest(imported)
              ? 'none came with the token; fill it in to judge one'
              : `from ${describeCarrier(reading.found.input)}, edit to try what-ifs`}
        </span>
        <span className="ph-end">
          {isEdited ? (
            <IconButton label="Reset to the pasted request" icon="reset" onPress={() => model.setRequest(imported)} />
          ) : null}
          <MoreFacts />
        </span>
      </div>
      <div className="req-b">
        <div className="req-line">
          <Select
            label="Method"
            isLabelHidden
            selected={request.method ?? UNKNOWN}
            onSelect={(method) => model.setRequest(withFact(request, 'method', method))}
            options={[{ id: UNKNOWN, text: 'unknown' }, ...methods.map((method) => ({ id: method, text: method }))]}
          />
          <TextField
            aria-label="URL"
            placeholder="https://…"
            rows={2}
            isMono
            value={request.url ?? ''}
            onChange={(url) => model.setRequest(withFact(request, 'url', url))}
          />
        </div>
        <div className="req-four">
          <TextField
            label="IP address"
            placeholder="not known"
            isMono
            value={request.ip ?? ''}
            onChange={(ip) => model.setRequest(withFact(request, 'ip', ip))}
          />
          <TextField
            label="Country"
            placeholder="SE or SE-AB"
            value={request.country ?? ''}
            onChange={(country) => model.setRequest(withFact(request, 'country', country.toUpperCase()))}
          />
          <TimeField />
          <HeadersField />
        </div>
        <Copies />
      </div>
    </Panel>
  );
}

/** Which copy of the token the verifier judges. With one copy it is said; with several, or none it looks at, it matters. */
function Copies() {
  const model = useInspectModel();
  const copies = useInspect((state) => state.copies);
  const current = useInspect((state) => state.result?.reading.index);
  const style = localStyle(useJudgedAt());
  if (copies.length === 0) return null;
  const judged = copies.filter((copy) => copy.isUsed);
  const [first] = judged;
  if (first === undefined)
    return (
      <Note kind="warning">
        {copies.map((copy) => toPlainText(copy.reason, style)).join('. ')}. It would find no token in this request.
      </Note>
    );
  const isLooked = judged.some((copy) => copy.isLooked);
  const others = copies.filter((copy) => !copy.isUsed);
  const line = (
    <>
      Token copy judged: <b>{judged.map(nameOf).join(', ')}</b>.{' '}
      {others.length === 0
        ? `${restOf(copies)} none.`
        : others
            .map((copy) => toPlainText(copy.reason, style))
            .join('. ')
            .concat('.')}
    </>
  );
  if (isLooked) return <p className="hint tokcopy">{line}</p>;
  return (
    <Note kind="warning">
      {line} That is another token than the one shown here.{' '}
      {first.index === undefined || first.index === current ? null : (
        <LinkButton onPress={() => model.choose(first.index ?? 0)}>Look at that one</LinkButton>
      )}
    </Note>
  );
}

const nameOf = ({ channel, name }: JudgedCopy): string =>
  channel === 'path'
    ? name === ''
      ? 'path'
      : `path, /${name}`
    : `${channel === 'query' ? 'parameter' : channel} ${name}`;

/** “The URL and cookies carry”: where no copy is. */
function restOf(copies: readonly JudgedCopy[]): string {
  const channels = new Set(copies.map(({ channel }) => channel));
  const rest = [
    ...(channels.has('query') || channels.has('path') ? [] : ['the URL']),
    ...(channels.has('header') ? [] : ['headers']),
    ...(channels.has('cookie') ? [] : ['cookies']),
  ];
  const said = rest.join(' and ');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)} carry`;
}
