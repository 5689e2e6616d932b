import { describe, expect, it } from 'vitest';
import { findRespelling, readVariable } from '../../../shared/issue/read-variable.ts';
import type { TemplateVariable } from '../../../shared/issue/template.ts';
import { seconds } from '../../../shared/units.ts';

const CLOCK = { now: seconds(1_800_000_000), zone: 'Europe/Stockholm' };
const HOURS = { type: 'duration', unit: 'h' } as const;
type Kind = Pick<TemplateVariable, 'type' | 'unit'>;
const of = (type: TemplateVariable['type']): Kind => ({ type });

describe('a text in another spelling', () => {
  it.each([
    [of('country'), 'UK', 'GB', 'UK is not an ISO 3166 code'],
    [of('country'), ' el ', 'GR', 'el is not an ISO 3166 code'],
    [of('country'), 'Sweden', 'SE', 'Sweden is not an ISO 3166 code'],
    [of('country'), 'great  britain', 'GB', 'great  britain is not an ISO 3166 code'],
    [of('country'), 'Bosnia and Herzegovina', 'BA', undefined],
    [of('country'), 'Saint Lucia', 'LC', undefined],
    [of('country'), 'Cote d’Ivoire', 'CI', undefined],
    [of('countries'), 'SE, UK', 'SE, GB', 'UK is not an ISO 3166 code'],
    [of('countries'), 'SE NO uk', 'SE NO GB', 'uk is not an ISO 3166 code'],
    [of('countries'), 'Sweden; United Kingdom', 'SE, GB', 'Sweden is not an ISO 3166 code'],
    [HOURS, '2,5', '2.5', '“2,5” has a decimal comma'],
    [of('duration'), '1,5 h', '1.5 h', undefined],
    [of('number'), '2,25', '2.25', undefined],
    [of('moment'), '24.11.2026 20:00', '2026-11-24 20:00', '“24.11.2026 20:00” has its date in another order'],
    [of('moment'), '2026/1/4', '2026-01-04', undefined],
  ])('%j: %s → %s', (variable, text, use, fault) => {
    expect(findRespelling(variable, text, CLOCK)).toMatchObject({ use, ...(fault !== undefined && { fault }) });
    const refused = readVariable(variable, text, CLOCK);
    expect(refused.ok ? '' : refused.error).toMatch(new RegExp(`\\. Use ${use.replaceAll('.', '\\.')}$`));
    expect(readVariable(variable, use, CLOCK).ok).toBe(true);
  });

  it.each([
    // fine as they are
    [of('country'), 'SE'],
    [of('country'), 'gbr'],
    [of('countries'), 'se no|DK'],
    [HOURS, '2.5'],
    // what is meant cannot be known
    [of('country'), 'Sverige'],
    [of('country'), 'XX'],
    [of('countries'), 'Sweden, XX'],
    [of('country'), 'Sweden, Norway'],
    [of('number'), '1,000'],
    [of('number'), '1,2,3'],
    [HOURS, '2,5 parsecs'],
    [of('moment'), '11/24/2026'],
    [of('moment'), '31.02.2026'],
    // no spelling is wrong
    [of('id'), 'a b'],
    [of('text'), 'UK'],
  ])('%j: %s has none', (variable, text) => {
    expect(findRespelling(variable, text, CLOCK)).toBeUndefined();
  });
});
