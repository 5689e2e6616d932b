import { useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import type { PreviewState, TokenSlot } from '../../../shared/contract/preview.ts';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import { seconds } from '../../../shared/units.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useClock } from '../../shell/clock.ts';
import { IconButton } from '../../ui/button.tsx';
import { EnvTag } from '../../ui/env-tag.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { localStyle } from '../../ui/local-time.ts';
import { usePreview, usePreviewModel } from './model.ts';
import { TokenDialog } from './token-dialog.tsx';
import { formatSpan, shortenIds } from './words.ts';

const SLOTS: readonly TokenSlot[] = ['A', 'B'];
/** a countdown is calm above this */
const SOON = 60;

/** The two tokens: which one the player has, and how long each still holds at the edge. */
export function Tokens() {
  const model = usePreviewModel();
  const state = usePreview((screen) => screen.state);
  const [editing, setEditing] = useState<TokenSlot | undefined>(undefined);
  if (state === undefined) return null;
  return (
    <>
      <RadioGroup
        className="pv-ab"
        aria-label="Token in use"
        value={state.inUse ?? ''}
        onChange={(slot) => void model.swapTo(slot === 'B' ? 'B' : 'A')}
      >
        {SLOTS.map((slot) =>
          state.tokens[slot] === null ? (
            <button key={slot} type="button" className="pv-abk is-empty" onClick={() => setEditing(slot)}>
              <span className="pv-abn">{slot}</span>
              <span>
                <b>{slot === 'A' ? 'Give it a token…' : 'Another token…'}</b>
                <span className="hint">Pasted or signed</span>
              </span>
            </button>
          ) : (
            <TokenCard key={slot} slot={slot} state={state} onEdit={() => setEditing(slot)} />
          ),
        )}
      </RadioGroup>
      {editing === undefined ? null : <TokenDialog slot={editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}

function TokenCard(props: { readonly slot: TokenSlot; readonly state: PreviewState; readonly onEdit: () => void }) {
  const { slot, state } = props;
  const model = usePreviewModel();
  const keys = useLive(useSession().keys).value ?? [];
  const now = useClock((clock) => clock.now);
  const token = state.tokens[slot];
  if (token === null) return null;
  const isOn = state.inUse === slot;
  const key = token.kid === undefined ? undefined : keys.find(({ kid }) => kid === token.kid);
  // the edge's clock decides, and may be another one
  const left = token.expires === undefined ? undefined : token.expires - (now + state.edge.clockOffset / 1000);
  const isExpired = (left !== undefined && left <= 0) || state.edge.fault.kind === 'expire';
  const name = key?.name ?? token.kid ?? 'no key id';
  // two tokens are mostly of one key: what they are for tells them apart
  const rule = token.sentence.find(({ kind }) => kind === 'value');
  const sentence = escapeText(toPlainText(token.sentence, localStyle(seconds(now))));
  return (
    <div className={isOn ? 'pv-abk is-on' : 'pv-abk'} data-testid={`token-${slot}`}>
      <Radio value={slot} className="pv-abr" aria-label={`Token ${slot}: ${sentence}`}>
        <span className="pv-abl" title={`${escapeText(name)}: ${sentence}`}>
          <b className="pv-abn">{slot}</b>
          {key === undefined ? null : <EnvTag environment={key.environment} />}
          {rule?.kind === 'value' ? (
            <span className="ell mono">
              <Literal text={shortenIds(rule.text)} />
            </span>
          ) : (
            <span className="ell">
              <Literal text={name} />
            </span>
          )}
        </span>
        <span className="pv-cd">
          {isExpired ? (
            <>
              <b className="v-fail">Expired</b>
              {state.edge.fault.kind === 'expire' ? <span>by switch</span> : null}
            </>
          ) : left === undefined ? (
            <>
              <b>∞</b>
              <span>no exp</span>
            </>
          ) : (
            <>
              <b className={left <= SOON ? 'v-warning' : undefined}>{formatSpan(left)}</b>
              <span>until expiry</span>
            </>
          )}
        </span>
        <span className="pv-bar">
          <i style={{ width: `${shareLeft(token, left) * 100}%` }} />
        </span>
      </Radio>
      <span className="pv-abe">
        {isOn && !isExpired ? (
          <IconButton
            label="Expire now"
            icon="queue"
            size={13}
            placement="top"
            onPress={() => void model.configure({ fault: { kind: 'expire' } })}
          />
        ) : null}
        <IconButton label={`Change token ${slot}…`} icon="edit" size={13} placement="top" onPress={props.onEdit} />
      </span>
    </div>
  );
}

function shareLeft(token: NonNullable<PreviewState['tokens']['A']>, left: number | undefined): number {
  if (left === undefined) return 1;
  const from = token.notBefore ?? token.issuedAt;
  const whole = from === undefined || token.expires === undefined ? 600 : token.expires - from;
  return whole <= 0 ? 0 : Math.max(0, Math.min(1, left / whole));
}
