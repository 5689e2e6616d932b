import { type ReactNode, useState } from 'react';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import type { Refusal } from '../../../shared/contract/preview-why.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { EnvTag } from '../../ui/env-tag.tsx';
import { TextField } from '../../ui/field.tsx';
import { signingKeys } from './issue-here.ts';
import { usePreviewModel } from './model.ts';
import { usePlayHere } from './use-play-here.ts';

export interface Mend {
  /** the verb of its button; `undefined`: nothing can be done from here */
  readonly words: string | undefined;
  readonly blocked: string | undefined;
  readonly run: () => Promise<void>;
  /** asks for the name of a production key */
  readonly dialog: ReactNode;
}

/** What mends a refusal with one press. */
export function useMend(refusal: Refusal | undefined): Mend {
  const model = usePreviewModel();
  const here = usePlayHere();
  const keys = signingKeys(useLive(useSession().keys).value ?? []);
  const [isAsking, setAsking] = useState(false);
  if (refusal === undefined) return { words: undefined, blocked: undefined, run: async () => undefined, dialog: null };

  const { fix, row, integrity } = refusal;
  const wanted = fix.keyId ?? integrity.key?.id;
  const key = keys.find(({ id }) => id === wanted) ?? keys[0];
  const reissue = async (confirmName?: string) => {
    if (key === undefined) return;
    if (await model.reissue(row.id, key, confirmName)) setAsking(false);
  };
  const isToSign = isWithoutAny(refusal);
  const run = async () => {
    if (isToSign) {
      if (await here.signForIt()) await model.select(undefined);
      return;
    }
    switch (fix.kind) {
      case 'reissue':
        if (key !== undefined && key.guard === 'type-the-name') setAsking(true);
        else await reissue();
        return;
      case 'change-key':
        if (await model.configure({ keyId: fix.keyId ?? null })) await model.retry();
        return;
      case 'use-token':
        if (await model.swapTo(model.store.getState().state?.tokens.A === null ? 'B' : 'A'))
          await model.select(undefined);
        return;
      case 'addresses':
        if ((await model.configure({ addresses: 'relative' })) && (await model.reload())) await model.select(undefined);
        return;
      case 'clear-fault':
        if (await model.configure({ fault: { kind: 'none' } })) await model.retry();
        return;
      case 'decide':
      case 'none':
        return;
    }
  };
  return {
    words: isToSign ? 'Sign a token & retry' : WORDS[fix.kind],
    blocked: fix.kind === 'reissue' && key === undefined ? 'There is no key that can sign' : undefined,
    run,
    dialog:
      isAsking && key !== undefined ? (
        <ConfirmName keyRecord={key} onClose={() => setAsking(false)} onConfirm={(name) => void reissue(name)} />
      ) : null,
  };
}

/** No token was sent, and there is none: one can be signed for the edge of this computer. */
export const isWithoutAny = ({ cause, fix, row }: Refusal): boolean =>
  cause === 'no-token' && fix.kind === 'none' && row.by === 'edge';

const WORDS: Readonly<Record<Refusal['fix']['kind'], string | undefined>> = {
  reissue: 'Re-issue & retry',
  'change-key': 'Let the edge know the key & retry',
  'use-token': 'Use the token & retry',
  decide: undefined,
  addresses: 'Use relative addresses & retry',
  'clear-fault': 'Switch the fault off & retry',
  none: undefined,
};

function ConfirmName(props: {
  readonly keyRecord: KeyRecord;
  readonly onClose: () => void;
  readonly onConfirm: (name: string) => void;
}) {
  const { name, environment } = props.keyRecord;
  const [typed, setTyped] = useState('');
  const blocked = typed.trim() === name ? undefined : `Type ${name} first`;
  return (
    <Dialog title={`Sign with ${name}`} isOpen onClose={props.onClose} role="alertdialog" width="narrow">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (blocked === undefined) props.onConfirm(typed.trim());
        }}
      >
        <DialogBody>
          <p className="row">
            <EnvTag environment={environment} />
            Real viewers may play with what this key signs.
          </p>
          <TextField label={`Type ${name} to sign`} value={typed} onChange={setTyped} autoFocus />
        </DialogBody>
        <DialogFoot>
          <Button type="submit" variant="primary" disabledReason={blocked}>
            Re-issue &amp; retry
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
