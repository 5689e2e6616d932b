import { type ReactNode, useState } from 'react';
import type { TokenSlot } from '../../../shared/contract/preview.ts';
import type { KeyId } from '../../../shared/units.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useClock } from '../../shell/clock.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { EnvTag } from '../../ui/env-tag.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { Rich } from '../../ui/rich.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Select } from '../../ui/select.tsx';
import { type RuleChoice, ruleOf, signingKeys } from './issue-here.ts';
import { usePreview, usePreviewModel, willBurn } from './model.ts';
import { usePlayHere } from './use-play-here.ts';

type Way = 'issue' | 'paste';
const WAYS: readonly { readonly id: Way; readonly title: string }[] = [
  { id: 'issue', title: 'Sign with a key' },
  { id: 'paste', title: 'Paste' },
];

const LENGTHS = [
  { id: '+15 s', text: '15 seconds' },
  { id: '+1 min', text: 'a minute' },
  { id: '+10 min', text: '10 minutes' },
  { id: '+2 h', text: '2 hours' },
] as const;
type Length = (typeof LENGTHS)[number]['id'];

/** A token for a slot: pasted, or signed here for the stream that is loaded. */
export function TokenDialog({ slot, onClose }: { readonly slot: TokenSlot; readonly onClose: () => void }) {
  const [way, setWay] = useState<Way>('issue');
  return (
    <Dialog title={`Token ${slot}`} isOpen onClose={onClose}>
      {way === 'issue' ? (
        <SignForm slot={slot} onClose={onClose} ways={<Ways way={way} onChange={setWay} />} />
      ) : (
        <PasteForm slot={slot} onClose={onClose} ways={<Ways way={way} onChange={setWay} />} />
      )}
    </Dialog>
  );
}

const Ways = (props: { readonly way: Way; readonly onChange: (way: Way) => void }) => (
  <SegmentedControl label="Where from" options={WAYS} selected={props.way} onSelect={props.onChange} />
);

interface FormProps {
  readonly slot: TokenSlot;
  readonly onClose: () => void;
  readonly ways: ReactNode;
}

function SignForm({ slot, onClose, ways }: FormProps) {
  const here = usePlayHere();
  const keys = signingKeys(useLive(useSession().keys).value ?? []);
  const go = useNavigation((navigation) => navigation.go);
  const source = usePreview(({ state }) => state?.source);
  const error = usePreview((screen) => screen.error);
  const isBusy = usePreview((screen) => screen.isBusy);
  const [keyId, setKeyId] = useState<KeyId | undefined>(undefined);
  const [rule, setRule] = useState<RuleChoice>('id');
  const [length, setLength] = useState<Length>('+10 min');
  const [confirmName, setConfirmName] = useState('');
  const key = keys.find(({ id }) => id === keyId) ?? keys[0];
  const wantsName = key?.guard === 'type-the-name' || key?.environment === 'prod';

  const blocked =
    key === undefined
      ? 'There is no key that can sign'
      : source === undefined || source === null
        ? 'Load a stream first: the token is made for it'
        : wantsName && confirmName.trim() !== key.name
          ? `Type ${key.name} first`
          : undefined;
  const sign = async () => {
    if (key === undefined || blocked !== undefined) return;
    const order = { key, rule, until: length, ...(wantsName ? { confirmName: confirmName.trim() } : {}) };
    if (await here.issue(slot, order)) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void sign();
      }}
    >
      <DialogBody>
        {ways}
        {error === undefined ? null : <ErrorNote error={error} />}
        {key === undefined ? (
          <Note kind="info">
            There is no key that can sign.{' '}
            <LinkButton onPress={() => go('keys', { kind: 'import-key' })}>Add a key</LinkButton>
          </Note>
        ) : (
          <Select
            label="Key"
            selected={key.id}
            options={keys.map((one) => ({
              id: one.id,
              text: one.name,
              content: (
                <span className="row">
                  <EnvTag environment={one.environment} />
                  <Literal text={one.name} />
                </span>
              ),
            }))}
            onSelect={setKeyId}
          />
        )}
        {source === undefined || source === null ? null : (
          <Select
            label="Covers paths that"
            selected={rule}
            options={(['id', 'folder'] as const).map((choice) => {
              const { match, text } = ruleOf(source, choice);
              const words = `${match === 'contains' ? 'contain' : 'start with'} ${text}`;
              return { id: choice, text: words, content: <span className="mono ell">{words}</span> };
            })}
            onSelect={setRule}
          />
        )}
        <Select label="Valid for" selected={length} options={LENGTHS} onSelect={setLength} />
        {wantsName && key !== undefined ? (
          <TextField label={`Type ${key.name} to sign`} value={confirmName} onChange={setConfirmName} />
        ) : null}
      </DialogBody>
      <DialogFoot hint="Signed here. The stream goes on where it is.">
        <Button type="submit" variant="primary" isBusy={isBusy} disabledReason={blocked}>
          Sign and use
        </Button>
      </DialogFoot>
    </form>
  );
}

function PasteForm({ slot, onClose, ways }: FormProps) {
  const model = usePreviewModel();
  const error = usePreview((screen) => screen.error);
  const hasToken = usePreview(({ state }) => state?.tokens[slot] !== null);
  const [text, setText] = useState('');
  const [warned, setWarned] = useState<string | undefined>(undefined);
  const now = useClock((clock) => clock.now);
  const replay = usePreview(({ state }) => state?.tokens[slot]?.warnings.find(({ code }) => code === 'replay'));
  const use = async () => {
    if (warned !== text) {
      if (!(await model.setToken(slot, text))) return;
      setWarned(text);
      // the first request would burn it: that is asked for twice
      if (willBurn(model, slot)) return;
    }
    if (await model.swapTo(slot)) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void use();
      }}
    >
      <DialogBody>
        {ways}
        {error === undefined ? null : <ErrorNote error={error} />}
        <TextField
          label="Token"
          isMono
          rows={6}
          value={text}
          onChange={setText}
          hint="Or a URL, curl, header or embed with a token in it"
          autoFocus
        />
        {replay === undefined || warned !== text ? null : (
          <Note kind="warning" isAlert>
            <Rich text={replay.sentence} now={now} />.
          </Note>
        )}
      </DialogBody>
      <DialogFoot>
        {hasToken ? (
          <Button icon="trash" onPress={() => void model.setToken(slot, null).then((done) => done && onClose())}>
            Take token {slot} away
          </Button>
        ) : null}
        <Button type="submit" variant="primary" disabledReason={text.trim() === '' ? 'Paste a token first' : undefined}>
          {replay !== undefined && warned === text ? 'Use it all the same' : 'Use this token'}
        </Button>
      </DialogFoot>
    </form>
  );
}
