import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClipboard } from '../../../../main/app/clipboard.ts';
import { createClipboardOffers } from '../../../../main/app/clipboard-offer.ts';
import { parseCommandLine } from '../../../../main/app/command-line.ts';
import { contextMenuTemplate } from '../../../../main/app/context-menu.ts';
import { parseDeepLink } from '../../../../main/app/deep-link.ts';
import { createIncoming } from '../../../../main/app/incoming.ts';
import { createMenuTemplate } from '../../../../main/app/menu.ts';
import { loadSettings } from '../../../../main/app/settings.ts';
import { fitBounds, type Rectangle } from '../../../../main/app/window-bounds.ts';
import { createLedger } from '../../../../main/egress/ledger.ts';
import { menuCommand } from '../../../../shared/contract/menu.ts';
import { DEFAULT_SETTINGS } from '../../../../shared/contract/settings.ts';

let folder: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'catwalk-app-'));
});
afterEach(() => fs.rm(folder, { recursive: true, force: true }));

describe('where the window opens', () => {
  const screen: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };
  const left: Rectangle = { x: -1600, y: 0, width: 1600, height: 900 };

  it('is the middle of the first screen at first', () => {
    expect(fitBounds(undefined, [screen])).toEqual({ x: 280, y: 110, width: 1360, height: 860 });
  });

  it('is where it was', () => {
    for (const saved of [
      { x: 10, y: 20, width: 1400, height: 900 },
      { x: -1500, y: 0, width: 1200, height: 700 },
      // mostly outside, but 64 pixels can be taken hold of
      { x: 1856, y: 1016, width: 1360, height: 860 },
    ])
      expect(fitBounds(saved, [screen, left])).toEqual(saved);
  });

  it.each([
    ['its screen is gone', { x: -1500, y: 0, width: 1360, height: 860 }],
    ['too little of it is left', { x: 1857, y: 0, width: 1360, height: 860 }],
    ['it is above everything', { x: 0, y: -860, width: 1360, height: 860 }],
    ['it is far away', { x: 90_000, y: 90_000, width: 1360, height: 860 }],
  ])('is the middle again when %s', (_why, saved) => {
    expect(fitBounds(saved, [screen])).toEqual({ x: 280, y: 110, width: 1360, height: 860 });
  });

  it('fits the screen, but is never less than what can be used', () => {
    expect(fitBounds({ x: 0, y: 0, width: 5000, height: 5000 }, [screen])).toMatchObject({ width: 1920, height: 1080 });
    expect(fitBounds({ x: 0, y: 0, width: 10, height: 10 }, [screen])).toMatchObject({ width: 1100, height: 680 });
    const small = { x: 0, y: 0, width: 800, height: 600 };
    expect(fitBounds(undefined, [small])).toEqual({ x: 0, y: 0, width: 1100, height: 680 });
    expect(fitBounds(undefined, [])).toMatchObject({ width: 1360, height: 860 });
  });
});

describe('deep links', () => {
  it.each([
    ['catwalk://inspect?text=abc%20d', 'abc d'],
    ['catwalk://inspect/2D3R-_', '2D3R-_'],
    ['CATWALK://inspect?text=x', 'x'],
    ['catwalk://inspect?text=%3Cscript%3E', '<script>'],
  ])('%s fills the paste zone', (address, text) => {
    expect(parseDeepLink(address)).toBe(text);
  });

  it.each([
    'catwalk://keys/delete?id=1',
    'catwalk://inspect',
    'catwalk://inspect/',
    'catwalk://inspect?text=',
    'catwalk://inspect/%E0%A4%A',
    'catwalk://user@inspect/abc',
    'catwalk:inspect',
    'https://inspect/abc',
    '--inspect',
    '',
    `catwalk://inspect?text=${'a'.repeat(300_000)}`,
  ])('%s does nothing', (address) => {
    expect(parseDeepLink(address)).toBeUndefined();
  });
});

describe('command line', () => {
  it('is read after the app’s own path, when it runs from sources', () => {
    const argv = ['/x/electron', '--no-sandbox', '-r', 'loader.js', '.', '--user-data-dir=/p', '--check', 'a.har'];
    expect(parseCommandLine(argv, '/work', '/work')).toEqual({ check: true, deepLinks: [], files: ['/work/a.har'] });
    expect(parseCommandLine(['/x/electron', 'a.har'], '/work', '/other').files).toEqual([]);
  });

  it('tells links from files, and takes no other address for either', () => {
    const argv = ['/opt/catwalk', 'catwalk://inspect/x', '/a b/c.har', 'https://example.com/', 'd.txt'];
    expect(parseCommandLine(argv, '/home/x')).toEqual({
      check: false,
      deepLinks: ['catwalk://inspect/x'],
      files: ['/a b/c.har', '/home/x/d.txt'],
    });
  });
});

describe('what comes from outside', () => {
  it('waits until the window takes it, once', async () => {
    const arrived = vi.fn();
    const failed = vi.fn();
    const incoming = createIncoming({ arrived, failed });
    await fs.writeFile(path.join(folder, 'a.har'), 'content');
    incoming.addDeepLink('catwalk://inspect/abc');
    await incoming.addFile(path.join(folder, 'a.har'));
    expect(arrived).toHaveBeenCalledTimes(2);
    expect(incoming.take()).toEqual([
      { text: 'abc', origin: 'deep-link' },
      { text: 'content', origin: 'file', fileName: 'a.har' },
    ]);
    expect(incoming.take()).toEqual([]);
    await incoming.addFile(path.join(folder, 'none.har'));
    expect(failed).toHaveBeenCalledWith('none.har', expect.objectContaining({ code: 'ERR_FILE_NOT_FOUND' }));
  });

  it('does not pile up', () => {
    const incoming = createIncoming({ arrived: () => undefined, failed: () => undefined });
    for (let number = 0; number < 50; number += 1) incoming.addDeepLink(`catwalk://inspect/t${number}`);
    expect(incoming.take().map((paste) => paste.text)).toEqual(
      Array.from({ length: 10 }, (_, index) => `t${index + 40}`),
    );
  });
});

describe('settings', () => {
  const open = () => loadSettings(path.join(folder, 'settings.json'));

  it('are the defaults until somebody chooses, and stay chosen', async () => {
    const first = await open();
    expect(first.store.get()).toEqual(DEFAULT_SETTINGS);
    await first.store.set({ theme: 'dark', layout: { inspect: 464 } });
    await first.store.set({ zoom: 1.5, layout: { keys: 420 } });
    await first.store.setOffline(true);
    const second = await open();
    expect(second.store.get()).toEqual({
      ...DEFAULT_SETTINGS,
      theme: 'dark',
      zoom: 1.5,
      layout: { inspect: 464, keys: 420 },
    });
    expect(second.store.offline()).toBe(true);
    expect(second.store.get()).not.toHaveProperty('offline');
  });

  it('of the first version keep what was chosen and get the new switches turned off', async () => {
    const before = {
      theme: 'dark',
      density: 'compact',
      zoom: 1.25,
      verifier: 'cta-5007',
      firstRunDone: true,
      layout: {},
    };
    await fs.writeFile(
      path.join(folder, 'settings.json'),
      JSON.stringify({ version: 1, data: { ...before, offline: true } }),
    );
    const { store, notice } = await open();
    expect(store.get()).toEqual({ ...DEFAULT_SETTINGS, ...before });
    expect(store.offline()).toBe(true);
    expect(notice?.kind).toBe('migrated');
  });

  it('of the second version do not read the clipboard', async () => {
    const { suggestClipboard: _new, ...second } = DEFAULT_SETTINGS;
    const data = { ...second, zoom: 2, offline: false };
    await fs.writeFile(path.join(folder, 'settings.json'), JSON.stringify({ version: 2, data }));
    expect((await open()).store.get()).toEqual({ ...DEFAULT_SETTINGS, zoom: 2 });
  });

  it('that cannot be saved stay what they were', async () => {
    const { store } = await open();
    await fs.rm(folder, { recursive: true });
    await fs.writeFile(folder, 'a file');
    expect(await store.set({ theme: 'dark' })).toMatchObject({ ok: false, error: { code: 'ERR_STORE_WRITE' } });
    expect(store.get().theme).toBe('system');
  });
});

describe('clipboard', () => {
  const create = () => {
    const system = { text: 'before', isMarked: false };
    const put = (isMarked: boolean) => (text: string) => void Object.assign(system, { text, isMarked });
    const clipboard = createClipboard({
      write: put(false),
      writeConcealed: put(true),
      read: async () => system.text,
      clear: () => {
        system.text = '';
      },
    });
    return { system, clipboard };
  };

  it('takes concealed text off again', async () => {
    vi.useFakeTimers();
    const { system, clipboard } = create();
    expect(await clipboard.write('secret', true)).toEqual({ clearedAfterSeconds: 30 });
    expect(system.isMarked).toBe(true);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(system.text).toBe('secret');
    await vi.advanceTimersByTimeAsync(1500);
    expect(system.text).toBe('');
    vi.useRealTimers();
  });

  it('leaves what was copied since', async () => {
    vi.useFakeTimers();
    const { system, clipboard } = create();
    await clipboard.write('secret', true);
    system.text = 'something else';
    await vi.advanceTimersByTimeAsync(60_000);
    expect(system.text).toBe('something else');
    await clipboard.write('secret', true);
    expect(await clipboard.write('plain', false)).toEqual({});
    expect(system.isMarked).toBe(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(system.text).toBe('plain');
    vi.useRealTimers();
  });

  it('is cleared at the end of the app', async () => {
    const { system, clipboard } = create();
    await clipboard.write('secret', true);
    await clipboard.clearConcealed();
    expect(system.text).toBe('');
  });
});

describe('menu', () => {
  const template = (mac: boolean, devTools: boolean) => {
    const sent: string[] = [];
    const items = createMenuTemplate({
      mac,
      devTools,
      shortcuts: { palette: 'Ctrl Shift P', 'zoom-in': '' },
      send: (command) => sent.push(command),
    });
    const entries = items.flatMap((item) => (Array.isArray(item.submenu) ? item.submenu : []));
    return { entries, sent };
  };

  it.each([true, false])('has each screen, and sends what was chosen (macOS: %s)', (mac) => {
    const { entries, sent } = template(mac, false);
    for (const entry of entries) (entry.click as (() => void) | undefined)?.();
    expect(sent).toEqual([...new Set(sent)]);
    expect(menuCommand.options).toEqual(expect.arrayContaining(sent));
    expect(sent).toEqual(expect.arrayContaining(menuCommand.options.filter((command) => command.startsWith('view.'))));
  });

  it('shows the keys as they were chosen, and leaves listening to the window', () => {
    const { entries } = template(false, false);
    const shown = (id: string) => entries.find((entry) => entry.id === id)?.accelerator;
    expect(shown('palette')).toBe('CmdOrCtrl+Shift+P');
    expect(shown('zoom-in')).toBeUndefined();
    expect(shown('zoom-out')).toBe('CmdOrCtrl+-');
    expect(entries.filter((entry) => entry.accelerator !== undefined && entry.registerAccelerator !== false)).toEqual(
      [],
    );
  });

  it('has no developer tools in an installed app', () => {
    const roles = (devTools: boolean) => template(false, devTools).entries.map((entry) => entry.role);
    expect(roles(true)).toContain('toggleDevTools');
    expect(roles(false)).not.toContain('toggleDevTools');
    expect(roles(false)).not.toContain('reload');
    expect(roles(false)).not.toContain('forceReload');
  });
});

describe('egress', () => {
  const request = (url: string) => ({ method: 'GET', url: new URL(url), purpose: 'test', bytesSent: 0 });

  it('counts what is sent, refuses when offline, and keeps no token', () => {
    const changed = vi.fn();
    const ledger = createLedger({ offline: false, changed, now: () => 5 });
    const token = 'A'.repeat(100);
    const ticket = ledger.begin(
      request(`https://u:p@cdn.example.com/pt:${token}/${token}/a.m3u8?CAT=${token}#${token}`),
    );
    ticket?.answered(403, 12);
    expect(ledger.list()).toMatchObject({ sent: 1, refused: 0, offline: false });
    expect(ledger.list().entries).toMatchObject([
      { host: 'cdn.example.com', outcome: { kind: 'answered', status: 403 }, bytesReceived: 12, at: 5 },
    ]);
    expect(JSON.stringify(ledger.list())).not.toContain('AAAAAAAAAA');
    ledger.setOffline(true);
    expect(ledger.begin(request('https://example.com/'))).toBeUndefined();
    expect(ledger.summary()).toEqual({ offline: true, sent: 1, refused: 1 });
    expect(changed).toHaveBeenLastCalledWith({ offline: true, sent: 1, refused: 1 });
  });

  it('keeps the newest, and counts all', () => {
    const ledger = createLedger({ offline: false, changed: () => undefined });
    for (let number = 0; number < 600; number += 1)
      ledger.begin(request(`https://h${number}.example/`))?.failed('reset');
    expect(ledger.list().entries).toHaveLength(500);
    expect(ledger.list().entries[0]).toMatchObject({
      host: 'h599.example',
      outcome: { kind: 'failed', reason: 'reset' },
    });
    expect(ledger.summary().sent).toBe(600);
  });
});

describe('the menu of fields and selections', () => {
  const flags = {
    canUndo: true,
    canRedo: false,
    canCut: true,
    canCopy: true,
    canPaste: true,
    canDelete: true,
    canSelectAll: true,
  };
  const roles = (place: Parameters<typeof contextMenuTemplate>[0]) =>
    contextMenuTemplate(place).flatMap(({ role, enabled }) => (role !== undefined && enabled === true ? [role] : []));

  it('edits in a field, as far as the page can', () => {
    const place = { isEditable: true, selectionText: 'x', editFlags: flags };
    expect(roles(place)).toEqual(['undo', 'cut', 'copy', 'paste', 'delete', 'selectAll']);
    // as Chromium has it for the field of a secret
    const secret = { ...place, editFlags: { ...flags, canCut: false, canCopy: false } };
    expect(roles(secret)).not.toContain('copy');
  });

  it('copies what is selected, and is empty where nothing is', () => {
    expect(roles({ isEditable: false, selectionText: 'x', editFlags: flags })).toEqual(['copy']);
    expect(contextMenuTemplate({ isEditable: false, selectionText: ' ', editFlags: flags })).toEqual([]);
  });
});

describe('what is said of the clipboard', () => {
  const token =
    '2D3RhEOhAQWhBEZzYW1wbGVYKqMBcGh0dHBzOi8vZXhhbXBsZQQaawWoNAYaawWMFFggAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
  function create(isOn = true) {
    const system = { text: '', reads: 0, isOn };
    const offers = createClipboardOffers({
      isOn: () => system.isOn,
      read: () => {
        system.reads += 1;
        return system.text;
      },
    });
    return { system, offers };
  }
  const copied = async (text: string) => {
    const { system, offers } = create();
    system.text = text;
    return { system, offers, offer: await offers.look() };
  };

  it('is nothing where nobody turned it on: it is not read', async () => {
    const { system, offers } = create(false);
    system.text = token;
    expect(await offers.look()).toBeNull();
    expect(system.reads).toBe(0);
  });

  it('is how many tokens it holds; the text comes when it is taken, once', async () => {
    const { offers, offer } = await copied(`curl 'https://cdn.example.com/?CAT=${token}'`);
    expect(offer).toEqual({ id: expect.any(String), tokens: 1 });
    expect(await offers.look()).toEqual(offer);
    expect(await offers.take(offer?.id ?? '')).toEqual({ text: expect.stringContaining(token) });
    expect(await offers.take(offer?.id ?? '')).toBeNull();
    expect(await offers.look()).toBeNull();
  });

  it('is nothing where there is no token, or too much', async () => {
    expect((await copied('a shopping list')).offer).toBeNull();
    expect((await copied(`${token}${' '.repeat(200_000)}`)).offer).toBeNull();
  });

  it('gives nothing that was not offered', async () => {
    const { system, offers, offer } = await copied(token);
    system.text = 'something private';
    expect(await offers.take(offer?.id ?? '')).toBeNull();
    system.text = token;
    expect(await offers.take('00000000-0000-4000-8000-000000000000')).toBeNull();
    system.isOn = false;
    expect(await offers.take(offer?.id ?? '')).toBeNull();
  });

  it('is not said again of what was dismissed, nor of what was copied here', async () => {
    const { offers, offer } = await copied(token);
    offers.dismiss(offer?.id ?? '');
    expect(await offers.look()).toBeNull();
    const other = create();
    other.system.text = token;
    other.offers.ignore(token);
    expect(await other.offers.look()).toBeNull();
  });
});
