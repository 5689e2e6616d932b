import { useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { EdgeSettings, PreviewState } from '../../../shared/contract/preview.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { Switch } from '../../ui/switch.tsx';
import { usePreview, usePreviewModel } from './model.ts';
import { ADDRESSES, CLOCKS, describeClock, FAULTS } from './words.ts';

const ANY_KEY = 'any';

/** The edge on this computer: what it answers for, whose rules and keys it has, and what it does on purpose. */
export function EdgeBar() {
  const model = usePreviewModel();
  const state = usePreview((screen) => screen.state);
  const keys = useLive(useSession().keys).value ?? [];
  if (state === undefined) return null;
  const { edge, source } = state;
  const key = keys.find(({ id }) => id === edge.keyId);
  const work = describeWork(state);

  return (
    <section className="pv-emu" aria-label="Local edge" data-region>
      <Switch isSelected={edge.enforce} onChange={(enforce) => void model.configure({ enforce })} label="Local edge">
        <b className="pv-emu-n">Local edge</b>
      </Switch>
      <span className="pv-emu-t" title={`${work.does}. ${work.sent}.`}>
        <span className="muted ell">{work.does}.</span> <span className="muted nowrap">{work.sent}.</span>
      </span>
      <span className="pv-emu-end">
        <ChipMenu
          label="Media"
          value={edge.passOn ? 'the server’s' : source?.kind === 'folder' ? source.title : 'here'}
          entries={[
            { id: 'here', title: 'here', hint: 'The bundled clip or your folder. Nothing is sent.' },
            {
              id: 'server',
              title: 'the server’s',
              hint: `Every request goes to ${source?.host ?? 'the stream’s host'}, and is listed in Activity.`,
            },
          ]}
          selected={edge.passOn ? 'server' : 'here'}
          onSelect={(from) => void model.configure({ passOn: from === 'server' })}
        />
        <ChipMenu
          label="Key"
          value={key?.name ?? 'any'}
          entries={[
            { id: ANY_KEY, title: 'any', hint: 'Whatever key of the key ring fits' },
            ...keys.map(({ id, name, kid }) => ({
              id: String(id),
              title: name,
              ...(kid === undefined ? {} : { hint: kid }),
            })),
          ]}
          selected={edge.keyId ?? ANY_KEY}
          onSelect={(id) => void model.configure({ keyId: id === ANY_KEY ? null : id })}
        />
        <Viewer edge={edge} />
        <ChipMenu
          label="Clock"
          value={describeClock(edge.clockOffset)}
          entries={CLOCKS}
          selected={String(edge.clockOffset)}
          onSelect={(offset) => void model.configure({ clockOffset: Number(offset) })}
        />
        {source?.kind === 'origin' ? null : (
          <ChipMenu
            label="Addresses"
            value={ADDRESSES.find(({ id }) => id === edge.addresses)?.title ?? edge.addresses}
            entries={ADDRESSES}
            selected={edge.addresses}
            onSelect={(addresses) => void model.configure({ addresses })}
          />
        )}
        <ChipMenu
          label="Fault"
          value={FAULTS.find(({ id }) => id === edge.fault.kind)?.title ?? edge.fault.kind}
          entries={FAULTS}
          selected={edge.fault.kind}
          onSelect={(id) => {
            const entry = FAULTS.find((candidate) => candidate.id === id);
            if (entry !== undefined) void model.configure({ fault: entry.fault });
          }}
        />
      </span>
    </section>
  );
}

/** What it does with a request, and whether anything leaves this computer. */
function describeWork({ edge, source }: PreviewState): { readonly does: string; readonly sent: string } {
  const host = source?.host ?? 'the stream’s host';
  if (edge.passOn)
    return {
      does: edge.enforce ? `asks for the token before ${host} is asked` : `off: ${host} judges by itself`,
      sent: `Requests go to ${host}`,
    };
  return {
    does: edge.enforce ? `answers ${host} locally` : 'off: everything is let in',
    sent: 'Nothing is sent',
  };
}

/** A switch of the edge as a chip: what it is, what it is set to. */
function ChipMenu<Id extends string>(props: {
  readonly label: string;
  readonly value: string;
  readonly entries: readonly MenuEntry<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
}) {
  return (
    <Menu label={props.label} entries={props.entries} selected={props.selected} onSelect={props.onSelect}>
      <AriaButton className="pv-chip" aria-label={`${props.label}: ${props.value}`}>
        <span className="faint">{props.label}</span>
        <b className="ell">
          <Literal text={props.value} />
        </b>
        <Icon name="down" size={11} />
      </AriaButton>
    </Menu>
  );
}

function Viewer({ edge }: { readonly edge: EdgeSettings }) {
  const { ip, country } = edge.viewer;
  return (
    <DialogTrigger>
      <AriaButton className="pv-chip" aria-label={`Viewer: ${ip}, ${country || 'no country'}`}>
        <span className="faint">Viewer</span>
        <b>{ip}</b>
        <span className="muted">{country}</span>
        <Icon name="down" size={11} />
      </AriaButton>
      <Popover className="pop" offset={4}>
        <Dialog className="pv-viewer" aria-label="Viewer">
          {({ close }) => <ViewerForm viewer={edge.viewer} onClose={close} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function ViewerForm({ viewer, onClose }: { readonly viewer: EdgeSettings['viewer']; readonly onClose: () => void }) {
  const model = usePreviewModel();
  const [ip, setIp] = useState(viewer.ip);
  const [country, setCountry] = useState(viewer.country);
  const place = country.trim().toUpperCase();
  const error = /^(?:[A-Z]{2}(?:-[A-Z0-9]{1,3})?)?$/.test(place) ? undefined : 'Two letters, as SE, or SE-AB';
  const save = async () => {
    if (error === undefined && (await model.configure({ viewer: { ip: ip.trim(), country: place } }))) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField label="IP address" isMono value={ip} onChange={setIp} autoFocus />
      <TextField
        label="Country"
        value={country}
        onChange={setCountry}
        error={error}
        hint="ISO 3166; empty: the edge does not know"
      />
      <Button type="submit" variant="primary" disabledReason={error}>
        Use this viewer
      </Button>
    </form>
  );
}
