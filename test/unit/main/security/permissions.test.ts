import type { Session } from 'electron';
import { describe, expect, it } from 'vitest';
import { guardPermissions, isAllowed, PERMISSIONS } from '../../../../main/security/permissions.ts';

const isApp = (url: string) => url.startsWith('app://catwalk');
const ALLOWED = ['clipboard-sanitized-write'];

/** A session that remembers its handlers. */
function createSession() {
  const handlers: Record<string, (...args: unknown[]) => unknown> = {};
  const names = [
    'setPermissionRequestHandler',
    'setPermissionCheckHandler',
    'setDevicePermissionHandler',
    'setDisplayMediaRequestHandler',
    'setBluetoothPairingHandler',
  ];
  const session = Object.fromEntries(
    names.map((name) => [
      name,
      (handler: (...args: unknown[]) => unknown) => {
        handlers[name] = handler;
      },
    ]),
  );
  guardPermissions(session as unknown as Session, isApp);
  const request = (permission: string, details: object): boolean => {
    let answer: unknown;
    handlers['setPermissionRequestHandler']?.({}, permission, (value: unknown) => (answer = value), details);
    if (typeof answer !== 'boolean') throw new Error('no answer');
    return answer;
  };
  return { handlers, request };
}

describe('permissions', () => {
  it('gives a reason for each', () => {
    for (const { reason } of Object.values(PERMISSIONS)) expect(reason.length).toBeGreaterThan(10);
  });

  const known = Object.keys(PERMISSIONS);
  it.each([...known, 'a-permission-of-tomorrow', '__proto__', 'toString', ''])('decides about %j', (permission) => {
    const expected = ALLOWED.includes(permission);
    const { handlers, request } = createSession();
    const own = { isMainFrame: true, requestingUrl: 'app://catwalk/index.html' };
    expect(request(permission, own)).toBe(expected);
    expect(request(permission, { ...own, isMainFrame: false })).toBe(false);
    expect(request(permission, { ...own, requestingUrl: 'https://example.com/' })).toBe(false);

    const check = (...args: unknown[]) => handlers['setPermissionCheckHandler']?.(...args);
    expect(check({}, permission, 'app://catwalk/', { isMainFrame: true })).toBe(expected);
    expect(check({}, permission, 'app://catwalk/', { isMainFrame: false })).toBe(false);
    expect(check({}, permission, 'https://example.com/', { isMainFrame: true })).toBe(false);
    expect(check(null, permission, 'app://catwalk/', { isMainFrame: true })).toBe(false);
  });

  it('gives no device, no screen and no pairing', () => {
    const { handlers } = createSession();
    expect(handlers['setDevicePermissionHandler']?.({ deviceType: 'usb', origin: 'app://catwalk' })).toBe(false);
    const answers: unknown[] = [];
    handlers['setDisplayMediaRequestHandler']?.({}, (streams: unknown) => answers.push(streams));
    handlers['setBluetoothPairingHandler']?.({}, (response: unknown) => answers.push(response));
    expect(answers).toEqual([null, { confirmed: false }]);
  });

  it('knows no page by default', () => {
    expect(isAllowed('clipboard-sanitized-write', 'app://catwalk', () => false)).toBe(false);
  });
});
