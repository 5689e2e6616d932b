import { claimFromJson } from '../../../shared/claims/claims-json.ts';
import { claimByName } from '../../../shared/claims/registry.ts';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import type { Json } from '../../../shared/json.ts';
import { type Seconds, seconds } from '../../../shared/units.ts';
import { formatExact, localStyle } from '../../ui/local-time.ts';

/** A claim's value in a few words, for a table of changes. */
export function describeClaim(name: string, json: Json, now: Seconds): string {
  const definition = claimByName(name);
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  if (definition?.form.kind === 'time') return typeof json === 'number' ? formatExact(seconds(json), now) : text;
  if (definition === undefined || definition.group !== 'request') return text;
  const value = claimFromJson(definition, json);
  return value.ok ? toPlainText(definition.explain(value.value), localStyle(now)) : text;
}
