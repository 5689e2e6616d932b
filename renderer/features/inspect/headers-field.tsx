import { Button as AriaButton } from 'react-aria-components';
import type { HeaderField } from '../../../shared/evaluate/request.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PopoverTrigger } from '../../ui/popover.tsx';
import { useInspect, useInspectModel } from './model.ts';

/** The request's headers. None at all counts as not known; a request that has none is said so by an empty list. */
export function HeadersField() {
  const headers = useInspect((state) => state.request.headers);
  const text = headers === undefined ? 'Not known' : `${headers.length} set`;
  return (
    <div className="field">
      <span className="lbl">Headers</span>
      <PopoverTrigger
        label="Headers of the request"
        button={
          <AriaButton className="input sel" aria-label={`Headers of the request: ${text}`}>
            <span className="sel-v ell">{text}</span>
            <Icon name="right" size={12} />
          </AriaButton>
        }
      >
        {() => <Headers headers={headers ?? []} />}
      </PopoverTrigger>
    </div>
  );
}

function Headers({ headers }: { readonly headers: readonly HeaderField[] }) {
  const model = useInspectModel();
  const request = useInspect((state) => state.request);
  const set = (next: readonly HeaderField[] | undefined) => {
    const { headers: _before, ...rest } = request;
    model.setRequest(next === undefined ? rest : { ...rest, headers: next });
  };
  const change = (at: number, part: Partial<HeaderField>) =>
    set(headers.map((header, index) => (index === at ? { ...header, ...part } : header)));
  return (
    <div className="pop-form is-wide">
      <div className="hd-list">
        {headers.map((header, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header is known by its place alone while its name is typed
          <div key={index} className="hd-row">
            <TextField
              aria-label={`Name of header ${index + 1}`}
              placeholder="Name"
              value={header.name}
              onChange={(name) => change(index, { name })}
            />
            <TextField
              aria-label={`Value of header ${index + 1}`}
              placeholder="Value"
              isMono
              value={header.value}
              onChange={(value) => change(index, { value })}
            />
            <IconButton
              label={`Remove header ${index + 1}`}
              icon="close"
              onPress={() => set(headers.filter((_, at) => at !== index))}
            />
          </div>
        ))}
        {headers.length === 0 ? (
          <p className="hint">
            {request.headers === undefined
              ? 'Nothing is known of the headers, so claims about them are not checked.'
              : 'The request has no headers.'}
          </p>
        ) : null}
      </div>
      <div className="pop-end">
        <Button icon="plus" size="small" onPress={() => set([...headers, { name: '', value: '' }])}>
          Add a header
        </Button>
        {request.headers === undefined ? (
          <Button size="small" onPress={() => set([])}>
            There are none
          </Button>
        ) : (
          <Button size="small" onPress={() => set(undefined)}>
            Not known
          </Button>
        )}
      </div>
    </div>
  );
}
