/** Where a command works: from everywhere, or only while one screen is open. */
export type CommandGroup = 'anywhere' | 'inspect' | 'issue' | 'preview' | 'batch' | 'keys';

export interface CommandEntry {
  /** verb and object, in sentence case; `…` means that it asks something first */
  readonly title: string;
  readonly group: CommandGroup;
  /** its keys as long as nobody chose others, written as in `keys.ts`; absent: none */
  readonly keys?: string;
}

/**
 * Every command that can have keys. The palette, the native menu, the sheet of shortcuts and the tooltips are made of this
 * table, so that they cannot say different things.
 */
const TABLE = {
  palette: { title: 'Search commands', group: 'anywhere', keys: 'Ctrl K' },
  'view.inspect': { title: 'Go to Inspect', group: 'anywhere', keys: 'Ctrl 1' },
  'view.compare': { title: 'Go to Compare', group: 'anywhere' },
  'view.issue': { title: 'Go to Issue', group: 'anywhere', keys: 'Ctrl 2' },
  'view.preview': { title: 'Go to Preview', group: 'anywhere', keys: 'Ctrl 3' },
  'view.batch': { title: 'Go to Batch', group: 'anywhere', keys: 'Ctrl 4' },
  'view.keys': { title: 'Go to Keys', group: 'anywhere', keys: 'Ctrl 5' },
  'view.activity': { title: 'Go to Activity', group: 'anywhere', keys: 'Ctrl 6' },
  'view.history': { title: 'Go to History', group: 'anywhere', keys: 'Ctrl Shift H' },
  'view.settings': { title: 'Go to Settings', group: 'anywhere', keys: 'Ctrl ,' },
  shortcuts: { title: 'Show keyboard shortcuts', group: 'anywhere', keys: 'Ctrl /' },
  'open-file': { title: 'Open a file…', group: 'anywhere', keys: 'Ctrl O' },
  'new-tab': { title: 'New tab', group: 'anywhere', keys: 'Ctrl T' },
  'close-tab': { title: 'Close the tab', group: 'anywhere', keys: 'Ctrl W' },
  'reopen-tab': { title: 'Open the closed tab again', group: 'anywhere', keys: 'Ctrl Shift T' },
  'next-tab': { title: 'Next tab', group: 'anywhere', keys: 'Ctrl PageDown' },
  'previous-tab': { title: 'Previous tab', group: 'anywhere', keys: 'Ctrl PageUp' },
  'copy-report': { title: 'Copy the redacted report', group: 'anywhere', keys: 'Ctrl Shift C' },
  'next-region': { title: 'Next region of the window', group: 'anywhere', keys: 'F6' },
  'previous-region': { title: 'Previous region of the window', group: 'anywhere', keys: 'Shift F6' },
  'zoom-in': { title: 'Zoom in', group: 'anywhere', keys: 'Ctrl +' },
  'zoom-out': { title: 'Zoom out', group: 'anywhere', keys: 'Ctrl -' },
  'zoom-reset': { title: 'Actual size', group: 'anywhere', keys: 'Ctrl 0' },
  offline: { title: 'Turn offline mode on or off', group: 'anywhere' },
  'theme-system': { title: 'Use the system’s theme', group: 'anywhere' },
  'theme-light': { title: 'Use the light theme', group: 'anywhere' },
  'theme-dark': { title: 'Use the dark theme', group: 'anywhere' },

  'inspect.clone': { title: 'Clone & edit', group: 'inspect', keys: 'Ctrl E' },
  'inspect.preview': { title: 'Preview the token', group: 'inspect', keys: 'Ctrl Enter' },
  'inspect.compare': { title: 'Compare with another token…', group: 'inspect', keys: 'Ctrl D' },
  'inspect.bytes': { title: 'Show the bytes', group: 'inspect', keys: 'Alt 1' },
  'inspect.edn': { title: 'Show EDN', group: 'inspect', keys: 'Alt 2' },
  'inspect.json': { title: 'Show JSON', group: 'inspect', keys: 'Alt 3' },
  'inspect.findings': { title: 'Show the findings', group: 'inspect', keys: 'Alt 4' },
  'inspect.elsewhere': { title: 'Show what other verifiers would say', group: 'inspect', keys: 'Alt 5' },
  'inspect.fix': { title: 'Apply the smallest fix in Issue', group: 'inspect', keys: 'Ctrl Shift E' },
  'inspect.now': { title: 'Judge as of now', group: 'inspect', keys: 'Ctrl 0' },

  'issue.sign': { title: 'Sign the token', group: 'issue', keys: 'Ctrl Enter' },

  'preview.play': { title: 'Play or pause', group: 'preview', keys: 'Space' },
  'preview.token-a': { title: 'Use token A', group: 'preview', keys: 'A' },
  'preview.token-b': { title: 'Use token B', group: 'preview', keys: 'B' },
  'preview.next-denial': { title: 'Next denied request', group: 'preview', keys: 'J' },
  'preview.previous-denial': { title: 'Previous denied request', group: 'preview', keys: 'K' },
  'preview.reissue': { title: 'Re-issue and retry', group: 'preview', keys: 'Ctrl Enter' },

  'batch.sign': { title: 'Sign the tokens of all rows…', group: 'batch', keys: 'Ctrl Enter' },
  'batch.peek': { title: 'Peek at the row', group: 'batch', keys: 'Space' },
  'batch.open': { title: 'Open the row in Inspect', group: 'batch', keys: 'Enter' },

  'keys.rename': { title: 'Rename the key', group: 'keys', keys: 'F2' },
  'keys.delete': { title: 'Delete the key…', group: 'keys', keys: 'Delete' },
  'keys.details': { title: 'Show the key’s details', group: 'keys', keys: 'Enter' },
} as const satisfies Readonly<Record<string, CommandEntry>>;

export type CommandId = keyof typeof TABLE;
export const COMMAND_TABLE: Readonly<Record<CommandId, CommandEntry>> = TABLE;
export const COMMAND_IDS = Object.keys(TABLE) as readonly CommandId[];
