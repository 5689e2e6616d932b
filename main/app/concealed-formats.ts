/**
 * Formats by which clipboard managers, histories and clouds know that a text is not for them: nspasteboard.org on macOS,
 * Microsoft’s “Cloud Clipboard and Clipboard History Formats” on Windows, KDE’s hint elsewhere.
 */
const FORMATS: Readonly<Partial<Record<NodeJS.Platform, Readonly<Record<string, Uint8Array>>>>> = {
  darwin: { 'org.nspasteboard.ConcealedType': Buffer.from('1') },
  win32: {
    ExcludeClipboardContentFromMonitorProcessing: Buffer.from('1'),
    // a DWORD of 0
    CanIncludeInClipboardHistory: new Uint8Array(4),
    CanUploadToCloudClipboard: new Uint8Array(4),
  },
};
const KDE = { 'x-kde-passwordManagerHint': Buffer.from('secret') };

/** A text with the marks of this platform, by the names that Electron’s clipboard takes. */
export function formatConcealed(text: string, platform: NodeJS.Platform): Readonly<Record<string, Blob>> {
  const marks = Object.entries(FORMATS[platform] ?? KDE).map(
    ([name, content]) =>
      [`electron application/osclipboard;format="${name}"`, new Blob([Uint8Array.from(content)])] as const,
  );
  return { 'text/plain': new Blob([text], { type: 'text/plain' }), ...Object.fromEntries(marks) };
}
