import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type CommandPipe, type Handlers, registerCommands } from '../../../../main/ipc/register.ts';
import { isTrustedSender, type SenderEvent } from '../../../../main/ipc/sender.ts';
import { COMMANDS } from '../../../../shared/contract/contract.ts';
import { type CommandName, channelOf } from '../../../../shared/contract/names.ts';
import type { AppError } from '../../../../shared/errors.ts';
import { createError } from '../../../../shared/errors.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';

type Listener = Parameters<CommandPipe['handle']>[1];

const MAIN_FRAME: SenderEvent = {
  sender: { id: 1 },
  senderFrame: { url: 'app://catwalk/index.html', origin: 'app://catwalk', parent: null },
};

const listeners = new Map<string, Listener>();
const lines: string[] = [];
const handler = vi.fn();
let admit = true;

beforeEach(() => {
  listeners.clear();
  lines.length = 0;
  admit = true;
  handler.mockReset();
  const handlers = Object.fromEntries(Object.keys(COMMANDS).map((name) => [name, handler])) as unknown as Handlers;
  registerCommands({ handle: (channel, listener) => listeners.set(channel, listener) }, handlers, {
    isTrusted: (event) => isTrustedSender(event, new Set([1]), (url) => url.startsWith('app://catwalk')),
    admit: () => admit,
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (_area, message) => {
        lines.push(message);
        return 'log-1';
      },
    },
  });
});

async function call(name: CommandName, event: SenderEvent, ...args: unknown[]) {
  const listener = listeners.get(channelOf(name));
  if (!listener) throw new Error(`no listener for ${name}`);
  return (await listener(event, ...args)) as Result<unknown, AppError>;
}

const IMPORT = {
  name: 'k',
  environment: 'dev',
  encoding: 'auto',
  source: { kind: 'text', text: 'correct horse battery staple' },
};

describe('registerCommands', () => {
  it('listens for every command of the contract and nothing else', () => {
    expect([...listeners.keys()].sort()).toEqual(
      Object.keys(COMMANDS)
        .map((name) => channelOf(name as CommandName))
        .sort(),
    );
  });

  it('answers what the handler answered', async () => {
    handler.mockResolvedValue(ok({ maximised: true, fullScreen: false, focused: true }));
    expect(await call('window.state', MAIN_FRAME)).toEqual(ok({ maximised: true, fullScreen: false, focused: true }));
    handler.mockReturnValue(err(createError('ERR_SECRETS_LOCKED')));
    expect(await call('window.state', MAIN_FRAME)).toEqual(err(createError('ERR_SECRETS_LOCKED')));
  });

  it('drops from an answer what the contract does not name', async () => {
    handler.mockReturnValue(ok({ maximised: true, fullScreen: false, focused: true, secret: 'x' }));
    expect(JSON.stringify(await call('window.state', MAIN_FRAME))).not.toContain('secret');
  });

  it('refuses an answer of the wrong shape, and says only where it is wrong', async () => {
    handler.mockReturnValue(ok({ maximised: 'top secret value' }));
    const answer = await call('window.state', MAIN_FRAME);
    expect(answer).toMatchObject({ ok: false, error: { code: 'ERR_INTERNAL', logId: 'log-1' } });
    expect(JSON.stringify([answer, lines])).not.toContain('top secret value');
  });

  it.each<[string, SenderEvent]>([
    ['a frame that is gone', { sender: { id: 1 }, senderFrame: null }],
    [
      'a frame inside the page',
      {
        sender: { id: 1 },
        senderFrame: { url: 'app://catwalk/index.html', origin: 'app://catwalk', parent: {} },
      },
    ],
    [
      'another origin',
      { sender: { id: 1 }, senderFrame: { url: 'https://example.com/', origin: 'https://example.com', parent: null } },
    ],
    [
      'an opaque origin under our address',
      { sender: { id: 1 }, senderFrame: { url: 'app://catwalk/index.html', origin: 'null', parent: null } },
    ],
    ['an empty page', { sender: { id: 1 }, senderFrame: { url: '', origin: '', parent: null } }],
    ['a window of another kind', { ...MAIN_FRAME, sender: { id: 2 } }],
    [
      'a frame that is disposed while it is looked at',
      {
        sender: { id: 1 },
        get senderFrame(): never {
          throw new Error('Render frame was disposed before WebFrameMain could be accessed');
        },
      },
    ],
  ])('refuses %s', async (_who, event) => {
    expect(await call('window.close', event)).toMatchObject({ ok: false, error: { code: 'ERR_IPC_SENDER' } });
    expect(handler).not.toHaveBeenCalled();
  });

  it('refuses calls that come too often', async () => {
    admit = false;
    expect(await call('window.state', MAIN_FRAME)).toMatchObject({ ok: false, error: { code: 'ERR_IPC_RATE' } });
    expect(handler).not.toHaveBeenCalled();
  });

  it.each<[string, unknown[]]>([
    ['no input', []],
    ['a string', ['keys']],
    ['a second argument', [IMPORT, 'more']],
    ['an unknown member', [{ ...IMPORT, admin: true }]],
    ['a member of the wrong type', [{ ...IMPORT, name: 5 }]],
    ['a kind that does not exist', [{ ...IMPORT, source: { kind: 'path', path: '/etc/shadow' } }]],
    ['a prototype in disguise', [JSON.parse('{"__proto__":{"name":"k"},"environment":"dev"}')]],
  ])('refuses %s as input of keys.import', async (_what, args) => {
    const answer = await call('keys.import', MAIN_FRAME, ...args);
    expect(answer).toMatchObject({ ok: false, error: { code: 'ERR_IPC_INPUT' } });
    expect(handler).not.toHaveBeenCalled();
  });

  it('never writes an input down', async () => {
    await call('keys.import', MAIN_FRAME, { ...IMPORT, encoding: 'rot13' });
    expect(lines).toHaveLength(1);
    expect(lines.join()).toContain('encoding');
    expect(lines.join()).not.toContain('correct horse');
  });

  it('measures before it parses', async () => {
    const source = { kind: 'text', text: 'x'.repeat(100_000) };
    const answer = await call('keys.import', MAIN_FRAME, { ...IMPORT, source });
    expect(answer).toMatchObject({ ok: false, error: { code: 'ERR_IPC_TOO_LARGE' } });
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('boom /home/x');
      },
    ],
    ['rejects', () => Promise.reject(new Error('boom /home/x'))],
    ['answers nothing', () => undefined],
    [
      'throws something odd',
      () => {
        throw { toString: null };
      },
    ],
  ])('answers when a handler %s', async (_what, work) => {
    handler.mockImplementation(work);
    const answer = await call('window.state', MAIN_FRAME);
    expect(answer).toMatchObject({ ok: false, error: { code: 'ERR_INTERNAL', logId: 'log-1' } });
    expect(JSON.stringify(answer)).not.toContain('boom');
  });
});
