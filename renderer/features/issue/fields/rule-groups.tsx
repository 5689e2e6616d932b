import { TextField } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';

/** What capture groups of a pattern must hold, in order; `null` = anything. */
export type Groups = readonly (string | null)[];

const CHOICES = [
  { id: 'any', text: 'anything' },
  { id: 'exact', text: 'is exactly' },
] as const;

/** How many groups of a POSIX extended expression hold what they matched: neither `\(` nor a bracket in brackets counts. */
export function countGroups(pattern: string): number {
  const bare = pattern.replace(/\\./gs, '').replace(/\[\^?\]?[^\]]*\]/g, '');
  return [...bare.matchAll(/\((?!\?)/g)].length;
}

/** A line for each group that the pattern has, or that something is demanded of. */
export function RuleGroups(props: {
  readonly label: string;
  readonly pattern: string;
  readonly groups: Groups;
  readonly onChange: (groups: Groups) => void;
}) {
  const { label, pattern, groups, onChange } = props;
  const all = Array.from(
    { length: Math.max(groups.length, countGroups(pattern)) },
    (_, index) => groups[index] ?? null,
  );
  const put = (index: number, text: string | null) => {
    const next = all.map((one, at) => (at === index ? text : one));
    // what nothing is demanded of at the end need not be named
    onChange(next.slice(0, next.findLastIndex((one) => one !== null) + 1));
  };
  return all.map((text, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: groups are their places
    <div className="is-rg" key={index}>
      <span className="hint">Group {index + 1}</span>
      <Select
        label={`What group ${index + 1} of ${label} holds`}
        isLabelHidden
        options={CHOICES}
        selected={text === null ? 'any' : 'exact'}
        onSelect={(id) => put(index, id === 'any' ? null : '')}
      />
      {text === null ? null : (
        <span className="grow">
          <TextField
            aria-label={`Text of group ${index + 1} of ${label}`}
            isMono
            value={text}
            onChange={(next) => put(index, next)}
          />
        </span>
      )}
    </div>
  ));
}
