import { describe, expect, expectTypeOf, it } from 'vitest';
import type { CatwalkApi } from '../../../shared/contract/api.ts';
import {
  COMMANDS,
  type CommandInput,
  type CommandOutput,
  EVENTS,
  type EventPayload,
} from '../../../shared/contract/contract.ts';
import { keyImport, keyName } from '../../../shared/contract/keys.ts';
import {
  COMMAND_NAMES,
  type CommandName,
  channelOf,
  EVENT_NAMES,
  type EventName,
} from '../../../shared/contract/names.ts';
import { createError, ERRORS } from '../../../shared/errors.ts';

const dotted = (table: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(table).flatMap(([group, verbs]) => verbs.map((verb) => `${group}.${verb}`));

describe('contract', () => {
  it('has a schema for every name and a name for every schema', () => {
    expect(Object.keys(COMMANDS).sort()).toEqual(dotted(COMMAND_NAMES).sort());
    expect(Object.keys(EVENTS).sort()).toEqual(dotted(EVENT_NAMES).sort());
  });

  it('gives every name a channel of its own', () => {
    const names = [...dotted(COMMAND_NAMES), ...dotted(EVENT_NAMES)] as (CommandName | EventName)[];
    expect(new Set(names.map(channelOf)).size).toBe(names.length);
  });

  it('bounds the size of every input', () => {
    for (const command of Object.values(COMMANDS)) expect(command.maxBytes).toBeLessThanOrEqual(32 * 1024 * 1024);
  });

  it('refuses members that no schema names', () => {
    const input = {
      name: 'a',
      environment: 'dev',
      encoding: 'auto',
      source: { kind: 'text', text: 'x' },
    };
    expect(keyImport.safeParse(input).success).toBe(true);
    expect(keyImport.safeParse({ ...input, store: 'session' }).success).toBe(false);
    expect(COMMANDS['settings.set'].input.safeParse({ offline: true }).success).toBe(false);
    expect(COMMANDS['egress.setOffline'].input.safeParse({ offline: 'yes' }).success).toBe(false);
  });

  it.each([
    ['a control character', 'a\u0007b'],
    ['a line break', 'a\nb'],
    ['a direction override', 'a\u202eb'],
    ['a zero-width space', 'a\u200bb'],
    ['nothing', ''],
    ['blanks', '   '],
    ['too much', 'x'.repeat(81)],
  ])('refuses a key name with %s', (_what, name) => {
    expect(keyName.safeParse(name).success).toBe(false);
  });

  it('takes key names as people write them', () => {
    for (const name of ['prod-2', 'Nordlys: 2025/11', 'ключ', '鍵 1', 'café'])
      expect(keyName.parse(` ${name} `)).toBe(name);
  });

  it('strips from an answer what its schema does not name', () => {
    const parsed = COMMANDS['secrets.status'].output.parse({
      kind: 'session',
      name: 'x',
      state: 'unlocked',
      count: 0,
      passphrase: 'p',
    });
    expect(parsed).not.toHaveProperty('passphrase');
  });
});

describe('types of the contract', () => {
  /** every property name that occurs anywhere in a type */
  type Names<T> = T extends string | number | boolean | bigint | null | undefined
    ? never
    : T extends readonly (infer Item)[]
      ? Names<Item>
      : { [Key in keyof T & string]: Key | Names<T[Key]> }[keyof T & string];
  type Forbidden = 'bytes' | 'text' | 'content' | 'value' | 'material' | 'handleContent' | 'k' | 'd' | 'passphrase';
  /** `bytes` counts bytes in these; `text` is the paste a person opened */
  type Paste = 'keys.openFile' | 'paste.take' | 'paste.openFile';
  /** templates are drafts, whose claims are JSON of any shape: their schema knows no key */
  type Templates = 'templates.list' | 'templates.save' | 'templates.delete';
  type Allowed = Paste | Templates;
  type Answers = { [Name in Exclude<CommandName, Allowed>]: Names<CommandOutput<Name>> }[Exclude<CommandName, Allowed>];
  type Payloads = { [Name in EventName]: Names<EventPayload<Name>> }[EventName];

  it('never lets a secret out', () => {
    expectTypeOf<Extract<Answers, Forbidden>>().toEqualTypeOf<never>();
    expectTypeOf<Extract<Payloads, Forbidden>>().toEqualTypeOf<never>();
    expectTypeOf<keyof NonNullable<CommandOutput<'keys.openFile'>>>().toEqualTypeOf<
      'handle' | 'fileName' | 'bytes' | 'looksLike' | 'kid'
    >();
    expectTypeOf<CommandInput<'keys.import'>['source']>().not.toEqualTypeOf<CommandOutput<'keys.import'>>();
  });

  it('names a function for each command and each event', () => {
    expectTypeOf<CatwalkApi['keys']['list']>().parameters.toEqualTypeOf<[]>();
    expectTypeOf<CatwalkApi['keys']['onChanged']>().returns.toEqualTypeOf<() => void>();
    expectTypeOf<keyof CatwalkApi['menu']>().toEqualTypeOf<'onCommand'>();
  });
});

describe('errors', () => {
  it('has a sentence for every code, and no shouting', () => {
    for (const text of Object.values(ERRORS) as { message: string; hint?: string }[]) {
      for (const sentence of [text.message, ...(text.hint === undefined ? [] : [text.hint])]) {
        expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
        expect(sentence).not.toMatch(/!|oops|invalid token/i);
      }
    }
  });

  it('lets the caller say it more exactly', () => {
    expect(createError('ERR_INTERNAL', { logId: 'ab' })).toEqual({
      code: 'ERR_INTERNAL',
      ...ERRORS.ERR_INTERNAL,
      logId: 'ab',
    });
    expect(createError('ERR_IPC_SENDER', { message: 'Other.' })).toEqual({ code: 'ERR_IPC_SENDER', message: 'Other.' });
  });
});
