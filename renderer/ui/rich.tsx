import { assertNever } from '../../shared/assert-never.ts';
import type { RichText, TextPart } from '../../shared/explain/rich-text.ts';
import { formatDuration } from '../../shared/explain/time-style.ts';
import type { Seconds } from '../../shared/units.ts';
import { Literal } from './literal.tsx';
import { formatExact, formatMoment, formatUtcAndEpoch } from './local-time.ts';
import './rich.css';

/** Structured text, drawn: values as code, what decided a denial in its colour, times in this computer's zone. */
export function Rich(props: {
  readonly text: RichText;
  readonly now: Seconds /** to the second, for tables */;
  readonly isExact?: boolean;
}) {
  return props.text.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
    <Part key={index} part={part} now={props.now} isExact={props.isExact ?? false} />
  ));
}

function Part({ part, now, isExact }: { readonly part: TextPart; readonly now: Seconds; readonly isExact: boolean }) {
  switch (part.kind) {
    case 'text':
      return <Literal text={part.text} />;
    case 'value':
      return <Value text={part.text} mark={part.mark} />;
    case 'bad':
      return (
        <b className="bad">
          <Literal text={part.text} />
        </b>
      );
    case 'time':
      return (
        <span title={formatUtcAndEpoch(part.at)}>
          {isExact ? formatExact(part.at, now) : formatMoment(part.at, now)}
        </span>
      );
    case 'duration':
      return formatDuration(part.seconds);
    default:
      return assertNever(part);
  }
}

/** A literal of the token or the request; the character that differs is marked. */
function Value({ text, mark }: { readonly text: string; readonly mark: number | undefined }) {
  if (mark === undefined || mark >= text.length)
    return (
      <code className="val">
        <Literal text={text} />
      </code>
    );
  const end = mark + ((text.codePointAt(mark) ?? 0) > 0xffff ? 2 : 1);
  return (
    <code className="val">
      <Literal text={text.slice(0, mark)} />
      <mark>
        <Literal text={text.slice(mark, end)} />
      </mark>
      <Literal text={text.slice(end)} />
    </code>
  );
}
