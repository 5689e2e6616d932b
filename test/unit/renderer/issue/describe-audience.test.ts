import { expect, it } from 'vitest';
import { describeAudience } from '../../../../renderer/features/issue/describe-audience.ts';
import { seconds } from '../../../../shared/units.ts';

const NOW = seconds(Date.UTC(2026, 10, 24, 13) / 1000);

it.each([
  [{}, 'Real viewers everywhere can play with this token, and it never expires.'],
  [{ exp: '+2h' }, 'Real viewers everywhere can play with this token, and it never expires.'],
  [{ catgeoiso3166: ['SE', 'NO'] }, 'Real viewers in Sweden or Norway can play with this token, and it never expires.'],
  [
    { catnip: ['203.0.113.0/24', 64_512], catgeoiso3166: ['SE'] },
    'Real viewers on 203.0.113.0/24 or 64512 in Sweden can play with this token, and it never expires.',
  ],
  [
    { catgeoiso3166: ['SE', 'NO', 'DK', 'US-CA'] },
    'Real viewers in Sweden, Norway or 2 more can play with this token, and it never expires.',
  ],
])('%j', (claims, sentence) => {
  expect(describeAudience(claims, NOW)).toBe(sentence);
});

it('says until when', () => {
  expect(describeAudience({ exp: NOW + 7200 }, NOW)).toMatch(/ can play with this token until \d\d:\d\d\.$/);
});
