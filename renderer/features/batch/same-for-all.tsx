import { namesIn } from '../../../shared/issue/fill-template.ts';
import type { Json } from '../../../shared/json.ts';
import { Literal } from '../../ui/literal.tsx';
import { useBatch } from './model.ts';

/** Claims of the template that no row changes, in a line. */
export function SameForAll() {
  const { variables, draft } = useBatch((state) => state.template.template);
  const names = new Set(variables.map(({ name }) => name));
  const same = Object.entries(draft.claims).filter(([, json]) => ![...namesIn(json)].some((name) => names.has(name)));
  if (same.length === 0) return null;
  return (
    <section className="bt-sec" aria-label="For every row">
      <h3>For every row</h3>
      <p className="muted">
        <Literal text={same.map(([name, json]) => `${name} ${say(json)}`).join(', ')} />
      </p>
    </section>
  );
}

const say = (json: Json): string =>
  namesIn(json).has('random') ? 'random' : typeof json === 'string' ? json : JSON.stringify(json);
