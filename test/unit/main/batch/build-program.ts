import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../../../..');

/** Builds one entry of the project for plain Node, as `vite.config.ts` does, and gives the path of the program. */
export async function buildProgram(entry: string, outDir: string): Promise<string> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['keytar'] },
    build: {
      ssr: path.join(root, entry),
      outDir,
      emptyOutDir: true,
      target: 'node20.18',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'program.mjs' } },
    },
  });
  return path.join(outDir, 'program.mjs');
}
