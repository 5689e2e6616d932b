import { type AppError, createError } from '../../shared/errors.ts';

type SecretsCode = 'ERR_SECRETS_UNAVAILABLE' | 'ERR_SECRETS_LOCKED' | 'ERR_SECRETS_DENIED';

/**
 * keytar gives a sentence of libsecret, GLib, macOS or Windows and no code. The sentences below were met; what is not among
 * them counts as unavailable, and its own words are kept as the reason.
 */
const KNOWN: readonly (readonly [sentence: RegExp, code: SecretsCode, reason: string])[] = [
  [
    /autolaunch D-Bus|Could not connect|Failed to connect|address is empty|connection is closed|Error spawning command line .dbus-launch/i,
    'ERR_SECRETS_UNAVAILABLE',
    'There is no D-Bus session, through which Linux keychains are reached.',
  ],
  [
    /not provided by any \.service|ServiceUnknown|Name .* does not exist|disconnected from message bus|NoReply/i,
    'ERR_SECRETS_UNAVAILABLE',
    'No keychain service (gnome-keyring, KWallet, KeePassXC) is running in this session.',
  ],
  [
    // libsecret keeps the session it opened for as long as the process lives
    /session wrapping the secret does not exist/i,
    'ERR_SECRETS_UNAVAILABLE',
    'The keychain service was started anew; close Catwalk and start it again to reach it.',
  ],
  [
    /Object does not exist at path/i,
    'ERR_SECRETS_UNAVAILABLE',
    'The keychain service has no default keyring, and none could be made without its password dialog.',
  ],
  [
    /libsecret[^:]*: cannot open shared object|Cannot find module|No native build/i,
    'ERR_SECRETS_UNAVAILABLE',
    'The library that reaches the keychain is not installed (libsecret).',
  ],
  [/locked collection|is locked/i, 'ERR_SECRETS_LOCKED', 'The keyring is locked.'],
  [/no interaction|interaction is not allowed|no UI possible/i, 'ERR_SECRETS_LOCKED', 'The keychain is locked.'],
  [/dismissed|cancel/i, 'ERR_SECRETS_DENIED', 'The keychain’s dialog was closed without an answer.'],
  [
    /not correct|denied|not permitted|AuthorizationDenied/i,
    'ERR_SECRETS_DENIED',
    'The keychain did not let Catwalk in.',
  ],
];

/** The error with the reason as its sentence. */
export function describeKeytarError(cause: unknown): AppError {
  const words = cause instanceof Error ? cause.message : String(cause);
  for (const [sentence, code, reason] of KNOWN) if (sentence.test(words)) return createError(code, { message: reason });
  return createError('ERR_SECRETS_UNAVAILABLE', { message: `The keychain cannot be reached: ${words.slice(0, 200)}` });
}
