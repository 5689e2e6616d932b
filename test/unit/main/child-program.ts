import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';

/** A program of its own out of TypeScript that imports main's modules by their full paths. Gives the path of the bundle. */
export async function buildProgram(folder: string, source: string): Promise<string> {
  const entry = path.join(folder, 'program.ts');
  const outDir = path.join(folder, 'built');
  await fs.writeFile(entry, source);
  await build({
    configFile: false,
    logLevel: 'silent',
    root: path.resolve('.'),
    ssr: { noExternal: true },
    build: { ssr: entry, outDir, target: 'node20', minify: false },
  });
  const name = (await fs.readdir(outDir)).find((file) => /^program\.m?js$/.test(file)) ?? '';
  const program = path.join(outDir, 'program.mjs');
  await fs.rename(path.join(outDir, name), program);
  return program;
}

/** Runs it and kills it (SIGKILL) `wait` milliseconds after it wrote that many lines; gives all the whole lines it wrote. */
export function killAfter(
  program: string,
  args: readonly string[],
  lines: number,
  wait: number,
): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    let killing = false;
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (killing || said.split('\n').length <= lines) return;
      killing = true;
      setTimeout(() => child.kill('SIGKILL'), wait);
    });
    child.on('error', reject);
    child.on('close', () => resolve(said.split('\n').slice(0, -1)));
  });
}
