import type { ReactNode } from 'react';
import type { JsonProblem } from '../../../../shared/claims/claim.ts';
import { URI_COMPONENTS } from '../../../../shared/evaluate/uri.ts';
import type { Json } from '../../../../shared/json.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { MATCHES, type MatchId, type RuleLine, readRuleLines, writeRuleLines } from './field-text.ts';
import { RuleGroups } from './rule-groups.tsx';
import { useTyped } from './use-typed.ts';

const PARTS: Readonly<Record<(typeof URI_COMPONENTS)[number], string>> = {
  scheme: 'Scheme',
  host: 'Host',
  port: 'Port',
  path: 'Path',
  query: 'Query',
  'parent-path': 'Parent path',
  filename: 'File name',
  stem: 'Stem',
  extension: 'Extension',
};

/** Rules as sentences: what is looked at, how, and the text. Every rule must hold. */
export function RulesField(props: {
  readonly kind: 'uri-rules' | 'header-rules';
  readonly json: Json | undefined;
  readonly onChange: (json: Json | undefined) => void;
  readonly problems: readonly JsonProblem[];
  /** what stands at the end of a rule */
  readonly endOf?: (line: RuleLine) => ReactNode;
}) {
  const { kind, json, problems } = props;
  const [lines, setLines] = useTyped<readonly RuleLine[]>(json, (from) => readRuleLines(from) ?? [], writeRuleLines);
  const change = (next: readonly RuleLine[]) => {
    setLines(next);
    props.onChange(writeRuleLines(next));
  };
  const put = (index: number, part: Partial<RuleLine>) =>
    change(lines.map((line, at) => (at === index ? { ...line, ...part } : line)));
  /** a part is looked at once in each way */
  const freeMatches = (part: string, except: number) =>
    MATCHES.filter(({ id }) => !lines.some((line, at) => at !== except && line.part === part && line.match === id));
  const setPart = (index: number, part: string) => {
    const free = freeMatches(part, index);
    const match = free.find(({ id }) => id === lines[index]?.match) ?? free[0];
    if (match !== undefined) put(index, { part, match: match.id });
  };
  const add = () => {
    const order = kind === 'header-rules' ? [''] : (['path', 'host', ...URI_COMPONENTS] as const);
    const part = order.find((one) => lines.every((line) => line.part !== one)) ?? order[0];
    const free = freeMatches(part ?? '', -1);
    const match = (part === 'path' ? free.find(({ id }) => id === 'contains') : undefined) ?? free[0];
    if (part !== undefined && match !== undefined) change([...lines, { part, match: match.id, text: '' }]);
  };
  const word = kind === 'uri-rules' ? 'URL part' : 'Header';
  return (
    <>
      {lines.map((line, index) => {
        const problem = problems.find(
          ({ path }) => path[0] === line.part && (path[1] === undefined || path[1] === line.match),
        );
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are their places
          <div className="is-rule" key={index}>
            <span className="is-r1">
              {kind === 'uri-rules' ? (
                <Select
                  label={`${word} of rule ${index + 1}`}
                  isLabelHidden
                  options={URI_COMPONENTS.map((id) => ({ id, text: PARTS[id] }))}
                  selected={URI_COMPONENTS.find((id) => id === line.part) ?? 'path'}
                  onSelect={(part) => setPart(index, part)}
                />
              ) : (
                <TextField
                  aria-label={`${word} of rule ${index + 1}`}
                  placeholder="X-Header"
                  value={line.part}
                  onChange={(part) => put(index, { part })}
                />
              )}
            </span>
            <span className="is-r2">
              <Select<MatchId>
                label={`Comparison of rule ${index + 1}`}
                isLabelHidden
                options={freeMatches(line.part, index)}
                selected={line.match}
                onSelect={(match) => put(index, { match })}
              />
            </span>
            <span className="grow">
              <TextField
                aria-label={`Text of rule ${index + 1}`}
                isMono
                value={line.text}
                onChange={(text) => put(index, { text })}
                error={problem?.message}
              />
            </span>
            {props.endOf?.(line)}
            <IconButton
              label={`Remove rule ${index + 1}`}
              icon="close"
              onPress={() => change(lines.filter((_, at) => at !== index))}
            />
            {line.match !== 'regex' ? null : (
              <RuleGroups
                label={`rule ${index + 1}`}
                pattern={line.text}
                groups={line.groups ?? []}
                onChange={(groups) => put(index, { groups })}
              />
            )}
          </div>
        );
      })}
      <div className="row is-add">
        <Button size="small" variant="ghost" icon="plus" onPress={add}>
          Add rule
        </Button>
        <span className="hint">
          {lines.length === 0
            ? kind === 'uri-rules'
              ? 'No rule: every URL is let in.'
              : 'No rule.'
            : 'Every rule must hold.'}
        </span>
      </div>
    </>
  );
}
