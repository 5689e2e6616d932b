import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import os from 'node:os';
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

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** what Chromium trusts it by: SHA-256 of its public key in Base64 */
  readonly fingerprint: string;
}

/** Of this machine, by itself: nobody trusts it unless told to. `undefined` where there is no OpenSSL to make one. */
export function makeCertificate(): Certificate | undefined {
  if (spawnSync('openssl', ['version']).status !== 0) return undefined;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-certificate-'));
  try {
    const [keyFile, certFile] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', ['req', '-x509', ...curve, ...subject, '-keyout', keyFile, '-out', certFile], {
      stdio: 'ignore',
    });
    const cert = fs.readFileSync(certFile, 'utf8');
    const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
    const fingerprint = createHash('sha256').update(spki).digest('base64');
    return { key: fs.readFileSync(keyFile, 'utf8'), cert, fingerprint };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

export async function startLocalOrigin(certificate?: Certificate): Promise<LocalOrigin> {
  const asked: string[] = [];
  const headers: http.IncomingHttpHeaders[] = [];
  const answer: http.RequestListener = (request, response) => {
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
  };
  const server = certificate === undefined ? http.createServer(answer) : https.createServer(certificate, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const host = `127.0.0.1:${address.port}`;
  return {
    ...{ host, url: `${certificate === undefined ? 'http' : 'https'}://${host}${BASE}playlist.m3u8`, asked, headers },
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
