import { describe, expect, it } from 'vitest';
import { formatSettings, importSettings, type TransferPorts } from '../../../../main/app/settings-transfer.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../../shared/contract/settings.ts';
import type { templateSchema } from '../../../../shared/contract/templates.ts';
import type { z } from '../../../../shared/contract/zod.ts';
import { createError } from '../../../../shared/errors.ts';
import { err, ok } from '../../../../shared/result.ts';

type Template = z.output<typeof templateSchema>;
const template = (title: string): Template => ({
  ...{ title, summary: '', makes: 'token', variables: [] },
  draft: { claims: { iss: 'here' }, kept: [], envelope: {} },
});

interface Installation {
  settings: Settings;
  keys: Record<string, unknown>[];
  workspaces: Record<string, unknown>[];
  templates: Template[];
}
const EMPTY: Installation = { settings: DEFAULT_SETTINGS, keys: [], workspaces: [], templates: [] };

function portsOf(here: Installation): TransferPorts {
  return {
    settings: {
      get: () => here.settings,
      set: async (patch) => {
        here.settings = { ...here.settings, ...(patch as Partial<Settings>) };
        return ok(here.settings);
      },
    },
    keys: async () => here.keys as never,
    workspaces: async () => ok(here.workspaces as never),
    addWorkspace: async (workspace) => {
      if (!workspace.address.startsWith('https:')) return err(createError('ERR_OVP_ADDRESS'));
      return ok(here.workspaces.push({ ...workspace }));
    },
    templates: async () => ok(here.templates),
    addTemplate: async (one) => ok(here.templates.push(one)),
  };
}

const OWNED: Installation = {
  settings: {
    ...DEFAULT_SETTINGS,
    theme: 'dark',
    zoom: 1.5,
    firstRunDone: true,
    layout: { keys: 420 },
    keepHistory: true,
    startClean: true,
    shortcuts: { palette: 'Ctrl P' },
  },
  keys: [
    {
      ...{ name: 'live', environment: 'prod', kid: 'k-1', alg: 'HS256', fingerprint: '9c41e07d', notes: 'in the safe' },
      ...{ id: '8b9f8d3e-7c44-4d1e-9b0a-111111111111', item: 'prod/live', store: 'keychain', secret: 'ready' },
    },
    { name: 'qa', environment: 'dev' },
  ],
  workspaces: [
    {
      ...{ id: 'x', name: 'Nordlys', address: 'https://api.flowplayer.com', tier: 'standard' },
      ...{ apiKey: 'stored', apiKeyItem: 'ovp/Nordlys', apiKeyStore: 'keychain' },
    },
  ],
  templates: [template('Two hours')],
};
const exportOf = async (here: Installation): Promise<string> => {
  const text = await formatSettings(portsOf(here));
  if (!text.ok) throw new Error(text.error.message);
  return text.value;
};

describe('an export of settings', () => {
  it('names keys, workspaces and templates, and nothing that leads to a secret', async () => {
    const text = await exportOf(OWNED);
    expect(JSON.parse(text)).toEqual({
      format: 'catwalk-settings',
      version: 1,
      settings: {
        theme: 'dark',
        density: 'compact',
        zoom: 1.5,
        verifier: 'cta-5007',
        shortcuts: { palette: 'Ctrl P' },
      },
      keys: [
        { name: 'live', environment: 'prod', kid: 'k-1', alg: 'HS256' },
        { name: 'qa', environment: 'dev' },
      ],
      workspaces: [{ name: 'Nordlys', address: 'https://api.flowplayer.com', tier: 'standard' }],
      templates: [template('Two hours')],
    });
    for (const word of ['9c41e07d', 'in the safe', 'ovp/Nordlys', 'prod/live', 'stored'])
      expect(text).not.toContain(word);
  });

  it('comes in on another installation, which learns what keys it lacks', async () => {
    const here = structuredClone(EMPTY);
    const imported = await importSettings(await exportOf(OWNED), 'a.json', portsOf(here));
    expect(imported).toEqual({
      ok: true,
      value: {
        fileName: 'a.json',
        workspaces: { added: ['Nordlys'], kept: [] },
        templates: { added: ['Two hours'], kept: [] },
        refused: [],
        keys: [
          { name: 'live', environment: 'prod', kid: 'k-1' },
          { name: 'qa', environment: 'dev' },
        ],
        settings: { ...DEFAULT_SETTINGS, theme: 'dark', zoom: 1.5, shortcuts: { palette: 'Ctrl P' } },
      },
    });
    expect(here.workspaces).toEqual([{ name: 'Nordlys', address: 'https://api.flowplayer.com', tier: 'standard' }]);
  });

  it('leaves what is there under the same name as it is', async () => {
    const here: Installation = {
      ...structuredClone(EMPTY),
      keys: [{ name: 'LIVE', environment: 'prod' }],
      workspaces: [{ name: 'nordlys', address: 'https://other.example', tier: 'enterprise' }],
      templates: [{ ...template('two hours'), summary: 'mine' }],
    };
    const before = structuredClone({ ...here, settings: undefined });
    const imported = await importSettings(await exportOf(OWNED), 'a.json', portsOf(here));
    expect(imported).toMatchObject({
      value: { workspaces: { kept: ['Nordlys'] }, templates: { kept: ['Two hours'] }, keys: [{ name: 'qa' }] },
    });
    expect({ ...here, settings: undefined }).toEqual(before);
  });

  it('says what could not be added, and adds the rest', async () => {
    const file = JSON.parse(await exportOf(OWNED));
    file.workspaces.push({ name: 'Evil', address: 'ftp://x', tier: 'standard' });
    const here = structuredClone(EMPTY);
    expect(await importSettings(JSON.stringify(file), 'a.json', portsOf(here))).toMatchObject({
      value: { workspaces: { added: ['Nordlys'] }, refused: [{ name: 'Evil', reason: expect.any(String) }] },
    });
  });

  it.each([
    ['no JSON', () => '{', 'ERR_SETTINGS_FILE'],
    ['another file', () => '{"format":"catwalk-keys"}', 'ERR_SETTINGS_FILE'],
    ['a newer one', (text: string) => text.replace('"version": 1', '"version": 2'), 'ERR_STORE_NEWER'],
    ['a theme that is none', (text: string) => text.replace('"dark"', '"pink"'), 'ERR_SETTINGS_FILE'],
    ['a workspace that is none', (text: string) => text.replace('"standard"', '"gold"'), 'ERR_SETTINGS_FILE'],
  ])('that is %s changes nothing', async (_what, edit, code) => {
    const here = structuredClone(EMPTY);
    const answer = await importSettings(edit(await exportOf(OWNED)), 'a.json', portsOf(here));
    expect(answer).toMatchObject({ ok: false, error: { code } });
    expect(here).toEqual(EMPTY);
  });
});
