import { describe, expect, it } from 'vitest';
import { describeSecret, lintSecret } from '../../../shared/findings/lint-secret.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const hex = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, 'hex'));
const RANDOM = '9f1c0b7a5e3d2468ace013579bdf0246f1e2d3c4b5a69788796a5b4c3d2e1f00';

describe('what may be said of a secret', () => {
  it.each<[string, Uint8Array, string, string[]]>([
    ['32 random bytes', hex(RANDOM), 'random', []],
    ['their hex as text', text(RANDOM), 'random', []],
    ['a random base64 text', text('q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA='), 'random', []],
    ['a UUID as text', text('4be1a7c0-92d4-4f3e-8a55-0c6d1e7f92ab'), 'random', []],
    ['16 random bytes', hex(RANDOM.slice(0, 32)), 'random', ['short-secret']],
    [
      'the key of node-cat’s README',
      hex('403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79569388'),
      'published',
      ['published-secret'],
    ],
    [
      'the same as text',
      text('403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79569388'),
      'published',
      ['published-secret'],
    ],
    ['a test secret', text('testSecret'), 'published', ['published-secret', 'short-secret']],
    ['a pass phrase', text('correct horse battery staple and more'), 'words', ['weak-secret']],
    ['a short word', text('hunter2'), 'words', ['weak-secret', 'short-secret']],
    ['zeroes', new Uint8Array(32), 'pattern', ['weak-secret']],
    ['counting up', Uint8Array.from({ length: 40 }, (_, i) => i + 7), 'pattern', ['weak-secret']],
    ['a piece repeated', text('abc1'.repeat(10)), 'pattern', ['weak-secret']],
    ['nothing', new Uint8Array(), 'random', ['short-secret']],
  ])('%s', (_, secret, look, codes) => {
    const facts = describeSecret(secret);
    expect(facts).toEqual({ bytes: secret.length, look });
    expect(lintSecret(facts).map(({ code }) => code)).toEqual(codes);
  });

  it('weighs what is found at once as an error', () => {
    expect(lintSecret({ bytes: 15, look: 'random' })[0]?.severity).toBe('error');
    expect(lintSecret({ bytes: 31, look: 'random' })[0]?.severity).toBe('warning');
    expect(lintSecret({ bytes: 32, look: 'published' })[0]?.severity).toBe('error');
  });

  it('keeps nothing of the secret', () => {
    expect(
      JSON.stringify([describeSecret(text('hunter2')), lintSecret(describeSecret(text('hunter2')))]),
    ).not.toContain('hunter2');
  });
});
