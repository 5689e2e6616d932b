/**
 * The names of everything that passes between window and main, without their schemas: the preload needs no more, and stays
 * small. `commands.ts` and `events.ts` must describe exactly these; the compiler says so if they do not.
 */
export const COMMAND_NAMES = {
  app: ['info'],
  clipboard: ['look', 'take', 'dismiss', 'write'],
  egress: ['list', 'setOffline'],
  history: ['list', 'add', 'open', 'remove', 'wipe'],
  issue: ['sign', 'handOver', 'negativePack', 'log', 'clearLog', 'exportLog'],
  issueMany: ['openFile', 'openRows', 'preview', 'start', 'cancel', 'runs', 'resume', 'forget', 'reveal'],
  kept: ['state', 'load', 'save'],
  keys: [
    'list',
    'openFile',
    'import',
    'update',
    'delete',
    'uses',
    'generate',
    'importSet',
    'rotate',
    'export',
    'publicPart',
    'exportPublic',
    'reveal',
    'verify',
  ],
  links: ['open'],
  ovp: [
    'workspaces',
    'saveWorkspace',
    'deleteWorkspace',
    'exportWorkspaces',
    'setApiKey',
    'forgetApiKey',
    'test',
    'createKey',
    'unfinishedKeys',
    'storeUnfinishedKey',
    'forgetUnfinishedKey',
    'keys',
    'deleteKey',
    'requestToken',
    'calibrate',
    'assets',
    'asset',
    'setUp',
    'tellSetUp',
    'queue',
    'cancel',
  ],
  paste: ['take', 'openFile'],
  preview: [
    'open',
    'close',
    'setBounds',
    'load',
    'chooseMedia',
    'reload',
    'configure',
    'setToken',
    'useToken',
    'control',
    'clear',
    'why',
    'curl',
    'reissue',
    'takeRenewed',
    'walk',
    'endWalk',
    'saveHar',
    'report',
  ],
  sample: ['make'],
  secrets: [
    'status',
    'recheck',
    'stores',
    'chooseStore',
    'createVault',
    'unlock',
    'lock',
    'changePassphrase',
    'putVaultAside',
    'move',
  ],
  settings: ['get', 'set', 'export', 'import'],
  templates: ['list', 'save', 'delete', 'reveal'],
  window: ['state', 'minimise', 'toggleMaximise', 'close'],
} as const;

export const EVENT_NAMES = {
  egress: ['changed'],
  history: ['changed'],
  issue: ['logged'],
  issueMany: ['progress'],
  keys: ['changed'],
  menu: ['command'],
  ovp: ['queueChanged', 'workspacesChanged', 'unfinishedChanged'],
  paste: ['incoming'],
  preview: ['changed', 'requests', 'player', 'refused'],
  secrets: ['changed', 'storesChanged'],
  settings: ['changed'],
  window: ['changed'],
} as const;

/** `keys.list`, `window.close`, … */
export type CommandName = Dotted<typeof COMMAND_NAMES>;
/** `keys.changed`, `menu.command`, … */
export type EventName = Dotted<typeof EVENT_NAMES>;

type Dotted<Table extends Readonly<Record<string, readonly string[]>>> = {
  [Group in keyof Table & string]: `${Group}.${Table[Group][number]}`;
}[keyof Table & string];

/** Electron's name of the pipe a command or event goes through; only the preload and main ever see it. */
export const channelOf = (name: CommandName | EventName): string => `catwalk:${name}`;
