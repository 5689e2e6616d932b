import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { KeysView } from '../../../renderer/features/keys/view.tsx';
import { createFakePlatform, type FakeOptions } from '../../../renderer/platform/fake-platform.ts';
import { createSession, SessionProvider } from '../../../renderer/platform/session.ts';
import { ClockProvider, createClock } from '../../../renderer/shell/clock.ts';
import { createNavigation, NavigationProvider } from '../../../renderer/shell/navigation.ts';
import { createError } from '../../../shared/errors.ts';

afterEach(cleanup);
// every key that is typed draws the form again, and the machine may be busy
vi.setConfig({ testTimeout: 20_000 });

function show(options: FakeOptions = {}) {
  const platform = createFakePlatform(options);
  const navigation = createNavigation();
  render(
    <SessionProvider value={createSession(platform)}>
      <ClockProvider value={createClock()}>
        <NavigationProvider value={navigation}>
          <KeysView />
        </NavigationProvider>
      </ClockProvider>
    </SessionProvider>,
  );
  return { platform, navigation, user: userEvent.setup() };
}

const SECRET = '00112233445566778899aabbccddeeff';
const imports = (platform: ReturnType<typeof createFakePlatform>) =>
  platform.calls.filter((call) => call.name === 'keys.import').map((call) => call.input);

describe('the Keys screen', () => {
  it('sends a secret once and keeps it nowhere', async () => {
    const { platform, user } = show();
    await user.click(await screen.findByRole('button', { name: 'Import a key…' }));
    const secret = screen.getByLabelText<HTMLInputElement>('Secret');
    expect(secret.type).toBe('password');
    await user.click(secret);
    await user.paste(SECRET);
    expect(screen.getByText(/32 characters: 16 bytes as hex/)).toBeTruthy();
    await user.type(screen.getByLabelText('Name'), 'qa-local');
    await user.click(screen.getByRole('button', { name: /Import key/ }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(imports(platform)).toEqual([
      { name: 'qa-local', environment: 'dev', encoding: 'auto', source: { kind: 'text', text: SECRET } },
    ]);
    expect(secret.value).toBe('');
    expect(document.body.innerHTML).not.toContain(SECRET);
    expect(await screen.findByText('qa-local', { selector: '.kn' })).toBeTruthy();
  });

  it('says what main refused and keeps what was typed', async () => {
    const { user } = show({ importError: createError('ERR_KEY_DUPLICATE') });
    await user.click(await screen.findByRole('button', { name: 'Import a key…' }));
    const secret = screen.getByLabelText<HTMLInputElement>('Secret');
    await user.click(secret);
    await user.paste(SECRET);
    await user.type(screen.getByLabelText('Name'), 'twice');
    await user.click(screen.getByRole('button', { name: /Import key/ }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('A key of this name already exists');
    expect(secret.value).toBe(SECRET);
  });

  it('knows a JWK from a PEM, and neither', async () => {
    const { platform, user } = show();
    await user.click(await screen.findByRole('button', { name: 'Import a key…' }));
    await user.click(screen.getByRole('radio', { name: 'JWK or PEM' }));
    const field = screen.getByLabelText('JWK or PEM', { selector: 'textarea' });
    await user.click(field);
    await user.paste('not a key');
    expect(screen.getAllByText(/neither/i).length).toBeGreaterThan(0);
    expect(screen.getByRole('button', { name: /Import key/ }).hasAttribute('disabled')).toBe(true);
    await user.clear(field);
    await user.paste('{"kty":"oct","k":"AAEC"}');
    await user.type(screen.getByLabelText('Name'), 'from jwk');
    await user.click(screen.getByRole('button', { name: /Import key/ }));
    await waitFor(() => expect(imports(platform)).toHaveLength(1));
    expect(imports(platform)[0]).toMatchObject({ encoding: 'jwk', source: { kind: 'text' } });
  });

  it('takes a key file that is dropped on the table', async () => {
    const { platform, user } = show();
    await screen.findByRole('button', { name: 'Import a key…' });
    const drop = (text: string, size: number) => {
      const file = Object.assign(new File([], 'edge.jwk'), { text: async () => text });
      Object.defineProperty(file, 'size', { value: size });
      fireEvent.drop(screen.getByText(/^0 keys/), { dataTransfer: { files: [file] } });
    };
    drop('', 2 * 1024 * 1024);
    expect((await screen.findByRole('alert')).textContent).toContain('larger than any key file');
    drop('{"kty":"oct","k":"AAEC"}', 24);
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('edge'));
    await user.click(screen.getByRole('button', { name: /Import key/ }));
    await waitFor(() => expect(imports(platform)).toHaveLength(1));
    expect(imports(platform)[0]).toMatchObject({ name: 'edge', encoding: 'jwk', source: { kind: 'text' } });
  });

  it('opens the import with the kid that Inspect asked for', async () => {
    const { navigation } = show();
    navigation.getState().go('keys', { kind: 'import-key', kid: 'cms-2025' });
    expect((await screen.findByLabelText<HTMLInputElement>('Key id')).value).toBe('cms-2025');
    expect(navigation.getState().request).toBeUndefined();
  });

  it('says that secrets are for this session when there is no keychain', async () => {
    show({ secrets: { kind: 'session', name: 'memory', state: 'unlocked', count: 0, reason: 'D-Bus is missing.' } });
    const line = await screen.findByRole('region', { name: 'Where secrets are kept' });
    await waitFor(() => expect(line.textContent).toContain('This session only'));
    expect(within(line).getByRole('button', { name: 'Look again' })).toBeTruthy();
  });
});
