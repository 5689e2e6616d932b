/** What is delivered with the application, by the licence each package states of itself. */
export const LICENCES: readonly { readonly licence: string; readonly names: readonly string[] }[] = [
  {
    licence: 'MIT',
    names: [
      'Electron',
      'React',
      'zustand',
      'zod',
      'RE2JS',
      'noble-hashes',
      'cbor-x',
      'Papa Parse',
      'uqr',
      'CodeMirror',
      'Lezer',
      'TanStack Virtual',
      'keytar',
    ],
  },
  { licence: 'Apache-2.0', names: ['React Aria', 'hls.js'] },
  { licence: 'ISC', names: ['Lucide'] },
  { licence: 'BSD-3-Clause and others', names: ['Chromium'] },
  { licence: 'Flowplayer’s commercial licence', names: ['@flowplayer/player'] },
];
