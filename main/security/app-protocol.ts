import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from '../../shared/contract/zod.ts';
import { formatPolicy } from './csp.ts';
import { APP_HOST, APP_SCHEME } from './origin.ts';

const manifestSchema = z.object({ files: z.record(z.string().startsWith('/'), z.string()) });

/** Files that `app://catwalk` serves, by their path in the address; made by the build. */
export type Manifest = ReadonlyMap<string, { readonly type: string; readonly file: string }>;

export async function loadManifest(distFolder: string): Promise<Manifest> {
  const text = await fs.readFile(path.join(distFolder, 'renderer-manifest.json'), 'utf8');
  const { files } = manifestSchema.parse(JSON.parse(text));
  return new Map(
    Object.entries(files).map(([name, type]) => [name, { type, file: path.join(distFolder, 'renderer', name) }]),
  );
}

/**
 * A path in an address is a key of the manifest and never a path of the disk: what the build did not list is not there,
 * however it is spelled.
 */
export function findFile(
  manifest: Manifest,
  address: string,
): { readonly type: string; readonly file: string } | undefined {
  // a URL parser drops some of these without a word
  if (/[\p{Cc}\s\\]/u.test(address)) return undefined;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  if (url.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST || url.username !== '' || url.password !== '') {
    return undefined;
  }
  return manifest.get(url.pathname === '/' ? '/index.html' : url.pathname);
}

export function createAppHandler(manifest: Manifest, log: (message: string) => void) {
  return async (request: Request): Promise<Response> => {
    const found = findFile(manifest, request.url);
    if (request.method !== 'GET' || !found) {
      log(`refused ${request.method} ${request.url.slice(0, 200)}`);
      return new Response('not found', { status: 404, headers: { 'content-type': 'text/plain' } });
    }
    const nonce = randomBytes(16).toString('base64');
    const content = await fs.readFile(found.file);
    const isPage = found.type === 'text/html';
    return new Response(isPage ? insertNonce(content.toString('utf8'), nonce) : new Uint8Array(content), {
      headers: {
        'content-type': found.type.startsWith('text/') ? `${found.type}; charset=utf-8` : found.type,
        'content-security-policy': formatPolicy(nonce),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        // no name that stands in a token is looked up
        'x-dns-prefetch-control': 'off',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        // the page carries the nonce of one load
        'cache-control': isPage ? 'no-store' : 'no-cache',
      },
    });
  };
}

/** The name that React Aria looks for; browsers hide the attribute's text from scripts' selectors, not its property. */
export function insertNonce(html: string, nonce: string): string {
  return html.replace(/<head>/i, (head) => `${head}<meta property="csp-nonce" nonce="${nonce}">`);
}
