import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `comm` of the process that answers as the Secret Service, as Linux cuts it (15 characters), and what people call it. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'gnome-keyring-d': 'gnome-keyring',
  kwalletd5: 'KWallet',
  kwalletd6: 'KWallet',
  ksecretd: 'KWallet',
  keepassxc: 'KeePassXC',
  'oo7-daemon': 'oo7',
};

/** The name of the keychain behind keytar: asked of the system, not guessed from the desktop's name. */
export async function findKeychainName(platform: NodeJS.Platform = process.platform): Promise<string> {
  if (platform === 'darwin') return 'macOS Keychain';
  if (platform === 'win32') return 'Windows Credential Manager';
  const program = await findSecretService();
  return (program === undefined ? undefined : PROGRAMS[program]) ?? 'Secret Service';
}

async function findSecretService(): Promise<string | undefined> {
  for (const ask of [askDbusSend, askBusctl]) {
    const pid = await ask().catch(() => undefined);
    if (pid === undefined) continue;
    const comm = await fs.readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    return comm.trim() || undefined;
  }
  return undefined;
}

const OWNER = 'org.freedesktop.secrets';
const BUS = 'org.freedesktop.DBus';
const METHOD = 'GetConnectionUnixProcessID';
const options = { timeout: 2000, encoding: 'utf8' } as const;

async function askDbusSend(): Promise<string | undefined> {
  const { stdout } = await run(
    'dbus-send',
    [
      '--session',
      '--print-reply=literal',
      `--dest=${BUS}`,
      '/org/freedesktop/DBus',
      `${BUS}.${METHOD}`,
      `string:${OWNER}`,
    ],
    options,
  );
  return /uint32 (\d+)/.exec(stdout)?.[1];
}

async function askBusctl(): Promise<string | undefined> {
  const { stdout } = await run(
    'busctl',
    ['--user', 'call', BUS, '/org/freedesktop/DBus', BUS, METHOD, 's', OWNER],
    options,
  );
  return /^u (\d+)/.exec(stdout)?.[1];
}
