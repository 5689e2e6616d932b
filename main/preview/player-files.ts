import fs from 'node:fs/promises';
import path from 'node:path';

/** The files of the player's page, by their path in its address; made by the build. */
export interface PlayerFiles {
  /** whether Flowplayer's own code is among them */
  readonly flowplayer: boolean;
  answer(pathname: string): Promise<Response | undefined>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Styles are the players’ own: they write them into the page. Media comes from any host, and main answers for all of them. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https: http:",
  'media-src blob: https: http:',
  "connect-src 'self' https: http:",
  "worker-src 'self' blob:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What the build put into `folder` is served, and nothing else: a path in an address never becomes a path of the disk. */
export async function loadPlayerFiles(folder: string): Promise<PlayerFiles> {
  const names = await fs.readdir(folder, { recursive: true }).catch(() => []);
  const files = new Map(
    names
      .filter((name) => TYPES[path.extname(name)] !== undefined)
      .map((name) => [`/${name.replaceAll(path.sep, '/')}`, path.join(folder, name)]),
  );
  return {
    flowplayer: names.some((name) => /(?:^|[\\/])flowplayer-[^\\/]*\.js$/.test(name)),
    answer: async (pathname) => {
      const file = files.get(pathname === '/' ? '/player/index.html' : pathname);
      if (file === undefined) return undefined;
      return new Response(new Uint8Array(await fs.readFile(file)), {
        headers: {
          'content-type': TYPES[path.extname(file)] ?? '',
          'content-security-policy': POLICY,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cache-control': 'no-store',
        },
      });
    },
  };
}
