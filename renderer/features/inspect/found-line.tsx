import type { Repair } from '../../../shared/carrier/found.ts';
import { Chip } from '../../ui/chip.tsx';
import { Literal } from '../../ui/literal.tsx';
import type { FoundEntry } from '../../workers/token-view/protocol.ts';
import type { TokenView } from '../../workers/token-view/token-view.ts';
import { chosenView, useInspect } from './model.ts';
import { TokenPicker } from './token-picker.tsx';
import { describeCarrier, describeRepair } from './words.ts';

/** What was found and how it was read, one chip a step, in the order taken. */
export function FoundLine() {
  const reading = useInspect((state) => state.result?.reading);
  const text = useInspect((state) => state.result?.text ?? '');
  const view = useInspect(chosenView);
  const entry = reading?.found.tokens[reading.index];
  if (reading === undefined) return <span className="lbl">Found</span>;
  if (entry === undefined)
    return (
      <>
        <span className="lbl">Found</span>
        <TokenPicker found={reading.found} index={reading.index} />
        <Chip icon="not-found">no token</Chip>
      </>
    );
  const { input } = reading.found;
  return (
    <>
      <span className="lbl">Found</span>
      <TokenPicker found={reading.found} index={reading.index} />
      {input === 'nothing' || input === 'token' ? null : (
        <Chip icon="terminal">
          from <b>{describeCarrier(input)}</b>
        </Chip>
      )}
      {entry.source.where === '' || input === 'token' ? null : (
        <Chip icon="link" detail={entry.source.where} canShrink>
          <b>
            <Literal text={entry.source.where} />
          </b>
        </Chip>
      )}
      <KindChip entry={entry} view={view} />
      {entry.repairs.length === 0 ? null : (
        <>
          <span className="lbl rep">Repaired</span>
          {withPadding(entry.repairs).map((repair, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one repair may be taken twice, and the list of a text never moves
            <Chip key={index} icon="repaired" detail={repairDetail(repair, text)} canShrink>
              <b>{describeRepair(repair)}</b>, {repair.places === 1 ? '1 place' : `${repair.places} places`}
            </Chip>
          ))}
        </>
      )}
    </>
  );
}

function KindChip({ entry, view }: { readonly entry: FoundEntry; readonly view: TokenView | undefined }) {
  if (view === undefined)
    return (
      <Chip icon="ticket">
        <b>not a CAT</b>, {entry.size} bytes
      </Chip>
    );
  return (
    <Chip icon="ticket">
      <b>CAT</b>, {view.envelope.title}, {view.envelope.size} bytes
    </Chip>
  );
}

/** Padding belongs to standard base64: one chip says both. */
function withPadding(repairs: readonly Repair[]): readonly Repair[] {
  const padding = repairs.find((repair) => repair.kind === 'padding');
  if (padding === undefined || !repairs.some((repair) => repair.kind === 'base64-standard')) return repairs;
  return repairs
    .filter((repair) => repair !== padding)
    .map((repair) =>
      repair.kind === 'base64-standard'
        ? { ...repair, places: repair.places + padding.places, ranges: [...repair.ranges, ...padding.ranges] }
        : repair,
    );
}

/** Which characters a repair touched, counted from 1 as editors do. */
function repairDetail(repair: Repair, text: string): string {
  const shown = repair.ranges.slice(0, 6).map(([start, end]) => {
    const what = text.slice(start, Math.min(end, start + 8));
    return `“${what}” at character ${start + 1}`;
  });
  const more = repair.ranges.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

export function Legend({ view }: { readonly view: TokenView }) {
  const { kind, isKidUnprotected } = view.envelope;
  const present = new Set(view.items.map((item) => item.segment));
  const parts = [
    { segment: 'tag', word: 'Tag' },
    { segment: 'protected', word: 'Protected' },
    { segment: 'unprotected', word: isKidUnprotected ? 'Key id' : 'Unprotected' },
    { segment: 'payload', word: kind === 'encrypted' ? 'Ciphertext' : 'Claims' },
    { segment: 'mac', word: kind === 'signature' ? 'Signature' : 'MAC' },
  ] as const;
  return (
    <ul className="legend" aria-label="Colour key">
      {parts
        .filter((part) => present.has(part.segment))
        .map((part) => (
          <li key={part.segment} className={`s-${part.segment}`}>
            <i className="sw-seg" />
            {part.word}
          </li>
        ))}
    </ul>
  );
}
