import { expect, it } from 'vitest';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../../shared/explain/time-style.ts';
import { placesLookedIn } from '../../../shared/verifiers/places-looked-in.ts';
import { verifierById } from '../../../shared/verifiers/registry.ts';

const placesOf = (id: string) => {
  const verifier = verifierById(id);
  if (verifier === undefined) throw new Error(`no verifier ${id}`);
  return placesLookedIn(verifier).map((place) => toPlainText(place, UTC_STYLE));
};

it('names every place a verifier looks in, in its order', () => {
  expect(placesOf('cta-5007')).toEqual([
    'header “CTA-Common-Access-Token”',
    'header “Authorization”',
    'cookie “CTA-Common-Access-Token”',
    'query parameter “CAT”',
    'the path',
  ]);
  expect(placesOf('flowplayer')).toEqual(['the path, after “/pt:”']);
});
