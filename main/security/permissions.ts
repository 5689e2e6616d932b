import type { Session } from 'electron';

/** the names that Electron types; requests and checks have the same ones */
type Permission = Parameters<NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>>[1];

interface Decision {
  readonly allow: boolean;
  readonly reason: string;
}
const deny = (reason: string): Decision => ({ allow: false, reason });

const NO_DEVICES = 'the window uses no device';
const NO_CAPTURE = 'the window records nothing';
const NO_BACKGROUND = 'nothing runs when the window is closed';
const NO_NETWORK = 'the window never speaks to a network; main does, and counts it';

/** What a page may ask for. The compiler asks for a line when Electron learns a new permission; until then it is denied. */
export const PERMISSIONS: Readonly<Record<Permission, Decision>> = {
  'clipboard-sanitized-write': {
    allow: true,
    reason: 'copying out of text fields and editors; it needs a click or a key and cannot read',
  },
  ar: deny(NO_DEVICES),
  'automatic-fullscreen': deny('only a person changes the window'),
  'background-fetch': deny(NO_BACKGROUND),
  'background-sync': deny(NO_BACKGROUND),
  'captured-surface-control': deny(NO_CAPTURE),
  'clipboard-read': deny('Ctrl V hands over what is pasted; reading unasked would show passwords to a broken page'),
  'deprecated-sync-clipboard-read': deny('as clipboard-read'),
  'display-capture': deny(NO_CAPTURE),
  fileSystem: deny('main reads and writes files, after a dialog'),
  fullscreen: deny('the native menu does that'),
  geolocation: deny('places are typed'),
  'geolocation-approximate': deny('places are typed'),
  'hand-tracking': deny(NO_DEVICES),
  hid: deny(NO_DEVICES),
  'idle-detection': deny('nobody is watched'),
  keyboardLock: deny('the system keeps its keys'),
  'local-fonts': deny('fonts come with the app; a list of fonts identifies a person'),
  'local-network': deny(NO_NETWORK),
  'local-network-access': deny(NO_NETWORK),
  'loopback-network': deny(NO_NETWORK),
  media: deny(NO_CAPTURE),
  mediaKeySystem: deny('the window plays nothing; the preview has a session of its own'),
  midi: deny(NO_DEVICES),
  midiSysex: deny(NO_DEVICES),
  nfc: deny(NO_DEVICES),
  notifications: deny('everything that is said is said in the window'),
  openExternal: deny('main opens links, after a check'),
  'payment-handler': deny('nothing is paid'),
  'periodic-background-sync': deny(NO_BACKGROUND),
  'persistent-storage': deny('the window stores nothing'),
  pointerLock: deny('the pointer stays free'),
  'screen-wake-lock': deny('nothing runs that long'),
  sensors: deny(NO_DEVICES),
  serial: deny(NO_DEVICES),
  'smart-card': deny(NO_DEVICES),
  'speaker-selection': deny(NO_DEVICES),
  'storage-access': deny('the window stores nothing'),
  'system-wake-lock': deny('nothing runs that long'),
  'top-level-storage-access': deny('the window stores nothing'),
  usb: deny(NO_DEVICES),
  vr: deny(NO_DEVICES),
  'web-app-installation': deny('the window installs nothing'),
  'web-printing': deny('the window prints nothing'),
  'window-management': deny('main places the window'),
  unknown: deny('nobody knows what it would allow'),
};

/** `origin` is the asking page's; a permission is never given to another page than the app's own. */
export function isAllowed(permission: string, origin: string, isApp: (url: string) => boolean): boolean {
  return Object.hasOwn(PERMISSIONS, permission) && PERMISSIONS[permission as Permission].allow && isApp(origin);
}

export function guardPermissions(session: Session, isApp: (url: string) => boolean): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(details.isMainFrame && isAllowed(permission, details.requestingUrl, isApp));
  });
  session.setPermissionCheckHandler((contents, permission, origin, details) => {
    const isMainFrame = contents !== null && details.isMainFrame;
    return isMainFrame && isAllowed(permission, origin, isApp);
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  if (process.platform !== 'darwin')
    session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
}
