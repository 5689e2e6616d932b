import { Literal } from '../../ui/literal.tsx';

/** characters before the difference that are kept */
const BEFORE = 40;

/** Two texts over each other with the first character that differs marked in both; `at` counts from 1. */
export function PathDiff(props: {
  readonly first: string;
  readonly second: string;
  readonly expected: string;
  readonly actual: string;
  readonly at: number;
}) {
  const index = props.at - 1;
  const start = Math.max(0, index - BEFORE);
  const lead = start > 0 ? '…' : '';
  const isDifferent = index < Math.max(props.expected.length, props.actual.length);
  const line = (name: string, text: string) => (
    <p title={text}>
      <span className="pv-dk">{name}</span>
      <span className="pv-same">
        {lead}
        <Literal text={text.slice(start, index)} />
      </span>
      {isDifferent ? (
        <mark>
          <Literal text={text.slice(index, index + 1) || '␣'} />
        </mark>
      ) : null}
      <Literal text={text.slice(index + 1)} />
    </p>
  );
  return (
    <div className="pv-diff mono copyable">
      {line(props.first, props.expected)}
      {line(props.second, props.actual)}
      {isDifferent ? (
        <p className="pv-cap">
          <span className="pv-dk" />
          {' '.repeat(index - start + lead.length)}
          <span className="v-fail">▲</span> first difference at character {props.at}
        </p>
      ) : null}
    </div>
  );
}
