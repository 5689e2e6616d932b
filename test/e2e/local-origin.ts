import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { CLIP_URL } from '../../shared/preview/parse-source.ts';

const CLIP = path.resolve(import.meta.dirname, '../../assets/clip');
const BASE = new URL('.', CLIP_URL).pathname;

/** A server that knows nothing of tokens and has the clip where the bundled one is; each request is remembered. */
export interface LocalOrigin {
  readonly host: string;
  /** of its playlist */
  readonly url: string;
  /** paths as they were asked for, a token in front of them included */
  readonly asked: readonly string[];
  readonly headers: readonly http.IncomingHttpHeaders[];
  /** forgets what was asked */
  forget(): void;
  close(): Promise<void>;
}

export async function startLocalOrigin(): Promise<LocalOrigin> {
  const asked: string[] = [];
  const headers: http.IncomingHttpHeaders[] = [];
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://origin');
    asked.push(pathname);
    headers.push(request.headers);
    const name = pathname.replace(/^\/pt:[^/]*/, '').slice(BASE.length);
    const file = path.join(CLIP, name);
    const cors = { 'access-control-allow-origin': '*' };
    if (!file.startsWith(CLIP) || !fs.existsSync(file)) response.writeHead(404, cors).end();
    else
      response
        .writeHead(200, {
          ...cors,
          'content-type': name.endsWith('.m3u8') ? 'application/vnd.apple.mpegurl' : 'video/mp4',
        })
        .end(fs.readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const host = `127.0.0.1:${address.port}`;
  return {
    ...{ host, url: `http://${host}${BASE}playlist.m3u8`, asked, headers },
    forget: () => {
      asked.length = 0;
      headers.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
