import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, it } from 'vitest';
import { BatchProvider, createBatchModel } from '../../../../renderer/features/batch/model.ts';
import { useTemplates } from '../../../../renderer/features/batch/use-templates.ts';
import { createFakePlatform } from '../../../../renderer/platform/fake-platform.ts';
import { createSession, SessionProvider } from '../../../../renderer/platform/session.ts';
import type { OwnTemplate } from '../../../../shared/contract/templates.ts';
import { oneVideo } from '../../../../shared/issue/templates/one-video.ts';
import { ok } from '../../../../shared/result.ts';

afterEach(cleanup);

const own = (id: string, title: string, names: readonly string[] = []): OwnTemplate => ({
  id,
  fileName: `${id}.json`,
  template: {
    ...oneVideo,
    title,
    variables: [...oneVideo.variables, ...names.map((name) => ({ name, label: name, type: 'text' as const }))],
  },
});

it('offers files that appear, takes over what was edited, and keeps the chosen one when its file goes', async () => {
  const fake = createFakePlatform();
  let files = [own('a', 'First')];
  const list = () => Promise.resolve(ok({ folder: '', templates: files, broken: [] }));
  const session = createSession({ ...fake, templates: { ...fake.templates, list } });
  const model = createBatchModel();
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <SessionProvider value={session}>
      <BatchProvider value={model}>{children}</BatchProvider>
    </SessionProvider>
  );
  const { result } = renderHook(useTemplates, { wrapper });
  const ids = () => result.current.map(({ id }) => id).filter((id) => id.startsWith('own/'));
  const comeBack = () =>
    act(async () => {
      session.window.set({ maximised: false, fullScreen: false, focused: false });
      session.window.set({ maximised: false, fullScreen: false, focused: true });
    });
  await waitFor(() => expect(ids()).toEqual(['own/a']));

  files = [...files, own('b', 'Second')];
  await comeBack();
  await waitFor(() => expect(ids()).toEqual(['own/a', 'own/b']));

  const second = result.current.find(({ id }) => id === 'own/b');
  if (second === undefined) throw new Error('not offered');
  const table = { handle: 'h', fileName: 'a.csv', size: 1, format: 'csv' as const, rows: [] };
  act(() => {
    model.openTable({ ...table, columns: ['clip', 'note', 'house'] }, [second]);
    model.map('clip', 'video');
  });
  files = [own('b', 'Second, edited', ['house'])];
  await comeBack();
  await waitFor(() => expect(ids()).toEqual(['own/b']));
  expect(model.store.getState()).toMatchObject({
    template: { template: { title: 'Second, edited' } },
    mapping: { video: 'clip', house: 'house' },
  });

  files = [];
  await comeBack();
  await waitFor(() => expect(ids()).toEqual(['own/b']));
  expect(model.store.getState().template.template.title).toBe('Second, edited');
});
