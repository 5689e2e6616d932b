import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { createBuilder, type EnvironmentOptions, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = import.meta.dirname;
const from = (...parts: string[]) => path.join(here, ...parts);
const NODE_BUILTINS = [/^node:/, ...builtinModules];

/**
 * main, preload and the command line: bundles that run in Node. Everything is bundled except keytar, which is native and
 * the only package that is installed beside the application.
 */
function nodeSide(outDir: string, input: Record<string, string>, options: NodeSideOptions): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: {
      noExternal: true,
      external: ['keytar'],
      builtins: options.electron ? ['electron', /^electron\//, ...NODE_BUILTINS] : NODE_BUILTINS,
      conditions: ['node', 'import', 'module', 'default'],
    },
    build: {
      outDir: from('dist', outDir),
      emptyOutDir: true,
      target: options.target,
      // readable on purpose: this is the code that holds the secrets, and it is never sent over a network
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input,
        output:
          options.format === 'cjs'
            ? { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false }
            : { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', ...options.output },
      },
    },
  };
}
interface NodeSideOptions {
  readonly format: 'es' | 'cjs';
  readonly target: string;
  readonly electron: boolean;
  readonly output?: { readonly banner: string };
}

/** `main/**\/name.worker.ts` becomes `dist/main/name.worker.js`, beside the code that starts it. */
function workerEntries(): Record<string, string> {
  const files = fs.readdirSync(from('main'), { recursive: true, encoding: 'utf8' });
  const workers = files.filter((file) => file.endsWith('.worker.ts'));
  return Object.fromEntries(workers.map((file) => [path.basename(file, '.ts'), from('main', file)]));
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.m4s': 'video/iso.segment',
  '.mp4': 'video/mp4',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** `app://` serves exactly the files listed here, so a path in a request never becomes a path on the disk. */
function writeRendererManifest(): void {
  const root = from('dist', 'renderer');
  const files: Record<string, string> = {};
  for (const entry of fs.readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue;
    const type = CONTENT_TYPES[path.extname(entry.name)];
    const file = path.join(entry.parentPath, entry.name);
    if (!type) throw new Error(`no content type is known for ${path.relative(here, file)}`);
    files[`/${path.relative(root, file).replaceAll(path.sep, '/')}`] = type;
  }
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  fs.writeFileSync(from('dist', 'renderer-manifest.json'), `${JSON.stringify({ files: sorted }, null, 2)}\n`);
}

/** The clip that the preview plays without an account and without a network. */
function copyClip(): void {
  const clip = from('assets', 'clip');
  if (!fs.existsSync(clip)) return;
  fs.cpSync(clip, from('dist', 'clip'), { recursive: true, filter: (file) => !file.endsWith('.md') });
}

/** `vite` alone: serve the renderer, build main and preload in watch mode, (re)start Electron. */
function electronDev(): Plugin {
  let child: ChildProcess | undefined;
  return {
    name: 'electron-dev',
    apply: (_config, env) => env.command === 'serve' && !env.isPreview && !process.env['VITEST'],
    configureServer(server) {
      const listening = async () => {
        const { default: electron } = (await import('electron')) as unknown as { default: string };
        const restart = () => {
          if (!child) return start();
          // the old one first: two at a time would meet in the lock that keeps the app single
          child.removeAllListeners('exit').once('exit', start).kill();
        };
        const start = () => {
          const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
          child = spawn(electron, [...sandbox, '.', ...(process.env['ELECTRON_ARGS']?.split(' ') ?? [])], {
            cwd: here,
            stdio: 'inherit',
            env: { ...process.env, DEV_SERVER_URL: server.resolvedUrls?.local[0] ?? '' },
          });
          child.once('exit', (code) => void stop(code ?? 0));
        };
        const watchers: { close(): Promise<void> }[] = [];
        // the watchers first: a process that ends while one of them still builds aborts
        const stop = async (code: number) => {
          await Promise.all(watchers.map((watcher) => watcher.close()));
          await server.close();
          process.exit(code);
        };
        const watch = { build: { watch: {} } };
        const builder = await createBuilder({
          configFile: from('vite.config.ts'),
          mode: 'development',
          environments: { main: watch, preload: watch, player: watch },
        });
        const ready = new Set<string>();
        for (const name of ['main', 'preload', 'player'] as const) {
          const environment = builder.environments[name];
          if (!environment) throw new Error(`no environment ${name}`);
          const watcher = await builder.build(environment);
          if (!('on' in watcher)) throw new Error('expected a watcher');
          watchers.push(watcher);
          watcher.on('event', (event) => {
            if (event.code === 'ERROR') server.config.logger.error(String(event.error));
            if (event.code !== 'END') return;
            ready.add(name);
            if (ready.size < 3) return;
            if (name === 'player') return;
            if (name === 'preload' && child) server.ws.send({ type: 'full-reload' });
            else restart();
          });
        }
      };
      server.httpServer?.once('listening', () => void listening());
      process.once('exit', () => child?.kill());
      process.once('SIGINT', () => process.exit(130));
    },
  };
}

const ELECTRON_NODE = 'node20.18'; // of the oldest runtime that scripts/setup.mjs may install
const ELECTRON_CHROME = 'chrome130';

export default defineConfig({
  root: from('renderer'),
  base: '/',
  plugins: [react(), electronDev()],
  worker: { format: 'es' },
  environments: {
    client: {
      build: {
        outDir: from('dist', 'renderer'),
        emptyOutDir: true,
        target: ELECTRON_CHROME,
        modulePreload: false, // it would add an inline script, and files come from the disk anyway
        chunkSizeWarningLimit: 8192, // the same: nothing is sent over a network
        assetsInlineLimit: 0, // the content security policy allows no data: fonts
        rolldownOptions: { input: from('renderer', 'index.html') },
      },
    },
    // the player's page: a build of its own, since the window's must not carry a player, nor a package without one
    player: {
      consumer: 'client',
      build: {
        outDir: from('dist', 'player'),
        emptyOutDir: true,
        target: ELECTRON_CHROME,
        modulePreload: false,
        chunkSizeWarningLimit: 8192,
        rolldownOptions: { input: from('renderer', 'player', 'index.html') },
      },
    },
    main: nodeSide(
      'main',
      { index: from('main/index.ts'), ...workerEntries() },
      { format: 'es', target: ELECTRON_NODE, electron: true },
    ),
    // a sandboxed preload cannot be an ES module, nor load a second file
    preload: nodeSide(
      'preload',
      { index: from('main/preload/index.ts') },
      { format: 'cjs', target: ELECTRON_NODE, electron: true },
    ),
    cli: nodeSide(
      'cli',
      { catwalk: from('main/cli/catwalk.ts') },
      { format: 'es', target: 'node20.19', electron: false, output: { banner: '#!/usr/bin/env node' } },
    ),
  },
  builder: {
    async buildApp(builder) {
      await Promise.all(
        ['client', 'player', 'main', 'preload', 'cli'].map((name) => {
          const environment = builder.environments[name];
          if (!environment) throw new Error(`no environment ${name}`);
          return builder.build(environment);
        }),
      );
      writeRendererManifest();
      copyClip();
      fs.chmodSync(from('dist/cli/catwalk.js'), 0o755);
    },
  },
  test: {
    root: here,
    restoreMocks: true,
    projects: [
      project('unit', ['test/unit/**/*.test.ts'], { exclude: ['test/unit/renderer/**'] }),
      project('renderer', ['test/unit/renderer/**/*.test.{ts,tsx}'], { environment: 'jsdom' }),
      project('property', ['test/property/**/*.test.ts'], { testTimeout: 120_000 }),
      project('conformance', ['test/conformance/**/*.test.ts'], { testTimeout: 30_000 }),
    ],
    coverage: {
      provider: 'v8',
      include: ['main/**', 'renderer/**', 'shared/**'],
      exclude: ['**/*.html', '**/*.css', '**/*.json'],
      reporter: ['text-summary', 'lcov'],
    },
  },
});

function project(
  name: string,
  include: string[],
  more: { exclude?: string[]; environment?: 'jsdom'; testTimeout?: number } = {},
) {
  return { extends: true as const, test: { name, include, environment: 'node' as const, ...more } };
}
