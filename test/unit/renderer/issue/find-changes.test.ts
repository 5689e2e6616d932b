import { expect, it } from 'vitest';
import { describeChanges, findChanges } from '../../../../renderer/features/issue/find-changes.ts';
import { EMPTY_DRAFT } from '../../../../shared/issue/draft.ts';
import type { JsonObject } from '../../../../shared/json.ts';

const draft = (claims: JsonObject) => ({ ...EMPTY_DRAFT, claims });
const leftOut = (claim: string) => ({ kind: 'left-out', code: 'not-taken', message: '', claim }) as const;

it('counts what is otherwise than in the token, and what its target does not take', () => {
  const before = draft({ iss: 'a', exp: 1, catm: ['GET'], sub: 's' });
  const after = draft({ iss: 'b', exp: 1, catm: ['GET'], catreplay: 1 });
  const changes = findChanges(before, after, [leftOut('catm'), leftOut('not there')]);
  expect(changes).toEqual({ changed: ['iss', 'sub', 'catreplay'], leftOut: ['catm'] });
  expect(describeChanges(changes)).toBe('3 changes from the pasted token, 1 claim left out');
});

it('says that nothing is changed yet', () => {
  const same = findChanges(draft({ iss: 'a' }), draft({ iss: 'a' }), []);
  expect(describeChanges(same)).toBe('As the pasted token');
  expect(describeChanges({ changed: ['iss'], leftOut: [] })).toBe('1 change from the pasted token');
});
