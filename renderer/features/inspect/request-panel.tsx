import { IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Select } from '../../ui/select.tsx';
import { useInspect, useInspectModel } from './model.ts';
import { importRequest, isEmptyRequest, withFact } from './request-facts.ts';
import './request-panel.css';
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
        <div className="req-two">
          <TextField
            label="IP address"
            placeholder="not known"
            isMono
            value={request.ip ?? ''}
            onChange={(ip) => model.setRequest(withFact(request, 'ip', ip))}
          />
          <TextField
            label="Country"
            placeholder="not known, as SE or SE-AB"
            value={request.country ?? ''}
            onChange={(country) => model.setRequest(withFact(request, 'country', country.toUpperCase()))}
          />
        </div>
      </div>
    </Panel>
  );
}
