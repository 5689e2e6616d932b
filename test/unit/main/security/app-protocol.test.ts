import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createAppHandler,
  findFile,
  insertNonce,
  loadManifest,
  type Manifest,
} from '../../../../main/security/app-protocol.ts';
import { formatPolicy } from '../../../../main/security/csp.ts';
import { createTrustedOrigin } from '../../../../main/security/origin.ts';

let folder: string;
let manifest: Manifest;

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'catwalk-dist-'));
  await fs.mkdir(path.join(folder, 'renderer/assets'), { recursive: true });
  await fs.writeFile(
    path.join(folder, 'renderer/index.html'),
    '<!doctype html><html><head><title>x</title></head></html>',
  );
  await fs.writeFile(path.join(folder, 'renderer/assets/a.js'), 'export {}');
  await fs.writeFile(path.join(folder, 'renderer/unlisted.js'), 'no');
  await fs.writeFile(path.join(folder, 'secret.txt'), 'no');
  await fs.writeFile(
    path.join(folder, 'renderer-manifest.json'),
    JSON.stringify({ files: { '/index.html': 'text/html', '/assets/a.js': 'text/javascript' } }),
  );
  manifest = await loadManifest(folder);
});
afterAll(() => fs.rm(folder, { recursive: true }));

describe('app://catwalk', () => {
  it('serves what the build listed', () => {
    expect(findFile(manifest, 'app://catwalk/')?.type).toBe('text/html');
    expect(findFile(manifest, 'app://catwalk/index.html')?.type).toBe('text/html');
    expect(findFile(manifest, 'app://catwalk/assets/a.js?v=1#x')?.type).toBe('text/javascript');
  });

  it.each([
    'app://catwalk/unlisted.js',
    'app://catwalk/assets',
    'app://catwalk/assets/',
    'app://catwalk/../secret.txt',
    'app://catwalk/assets/../../secret.txt',
    'app://catwalk/%2e%2e/secret.txt',
    'app://catwalk/%2e%2e%2fsecret.txt',
    'app://catwalk/..%5csecret.txt',
    'app://catwalk/..\\secret.txt',
    'app://catwalk/assets/..;/a.js',
    'app://catwalk//index.html',
    'app://catwalk//etc/passwd',
    'app://catwalk/index.html%00.js',
    'app://catwalk/index.html\u0000',
    'app://catwalk/index.html%20',
    'app://catwalk/INDEX.HTML',
    'app://catwalk/C:/windows/win.ini',
    'app://catwalk/__proto__',
    'app://catwalk/constructor',
    'app://catwalk:80/index.html',
    'app://evil/index.html',
    'app://user@catwalk/index.html',
    'app://catwalk.evil/index.html',
    'app:///index.html',
    'app:index.html',
    'file:///index.html',
    'https://catwalk/index.html',
    'not an address',
    '',
  ])('answers 404 to %j', async (address) => {
    expect(findFile(manifest, address)).toBeUndefined();
    const refused: string[] = [];
    const handler = createAppHandler(manifest, (message) => refused.push(message));
    // a Request of Node refuses some of these addresses itself; Electron's handler gets the text
    const response = await handler({ method: 'GET', url: address } as Request);
    expect(response.status).toBe(404);
    expect(refused).toHaveLength(1);
  });

  it.each(['POST', 'PUT', 'DELETE', 'HEAD'])('answers 404 to %s', async (method) => {
    const handler = createAppHandler(manifest, () => undefined);
    expect((await handler({ method, url: 'app://catwalk/index.html' } as Request)).status).toBe(404);
  });

  it('sends the policy with every file, and a nonce that is the page’s own and new each time', async () => {
    const handler = createAppHandler(manifest, () => undefined);
    const load = async (name: string) => {
      const response = await handler(new Request(`app://catwalk${name}`));
      return { policy: response.headers.get('content-security-policy') ?? '', text: await response.text(), response };
    };
    const [first, second, script] = [await load('/'), await load('/'), await load('/assets/a.js')];
    const nonce = /'nonce-([^']+)'/.exec(first.policy)?.[1] ?? '';
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
    expect(first.text).toContain(`<head><meta property="csp-nonce" nonce="${nonce}">`);
    expect(second.policy).not.toBe(first.policy);
    expect(script.policy).toContain("default-src 'none'");
    expect(script.text).toBe('export {}');
    expect(script.response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    for (const { response } of [first, script]) {
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      expect(response.headers.get('x-dns-prefetch-control')).toBe('off');
      expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });

  it('refuses a manifest that is none', async () => {
    await expect(loadManifest(os.tmpdir())).rejects.toThrow();
  });
});

describe('insertNonce', () => {
  it('takes the nonce literally and puts it in once', () => {
    expect(insertNonce('<HTML><HEAD></HEAD><body><head></body>', 'a$&b')).toBe(
      '<HTML><HEAD><meta property="csp-nonce" nonce="a$&b"></HEAD><body><head></body>',
    );
  });
});

describe('content security policy', () => {
  const policy = new Map(
    formatPolicy('abc')
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
  );

  it('starts from nothing and allows no way around', () => {
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('style-src')).toBe("'self' 'nonce-abc'");
    expect(policy.get('style-src-attr')).toBe("'none'");
    expect(policy.get('connect-src')).toBe("'self'");
    for (const name of ['base-uri', 'form-action', 'frame-ancestors', 'object-src'])
      expect(policy.get(name), name).toBe("'none'");
    expect(policy.get('require-trusted-types-for')).toBe("'script'");
    expect(policy.get('trusted-types')).toBe('app-worker');
    expect(formatPolicy('abc')).not.toMatch(/unsafe|\*|https?:|blob:|wasm|strict-dynamic/);
  });
});

describe('trusted origin', () => {
  const app = createTrustedOrigin();
  const dev = createTrustedOrigin('http://localhost:5173/');

  it('is the app’s own page', () => {
    expect(app.page).toBe('app://catwalk/index.html');
    expect(app.isApp('app://catwalk')).toBe(true);
    expect(app.isApp('app://catwalk/assets/a.js')).toBe(true);
    expect(app.isPage('app://catwalk/index.html#keys')).toBe(true);
    expect(app.isPage('app://catwalk/assets/a.js')).toBe(false);
    expect(dev.isPage('http://localhost:5173/')).toBe(true);
    expect(dev.isPage('http://localhost:5173/other')).toBe(false);
  });

  it.each([
    'app://catwalk.evil/',
    'app://evil/',
    'app://catwalk@evil/',
    'app://a@catwalk/',
    'app://catwalk:1/',
    'APP://x',
    'http://catwalk/',
    'https://catwalk/',
    'file:///app://catwalk/',
    'data:text/html,app://catwalk/',
    'about:blank',
    'null',
    '',
  ])('is not %j', (url) => {
    expect(app.isApp(url)).toBe(false);
    expect(app.isPage(url)).toBe(false);
  });

  it('while developing is that server and no other', () => {
    for (const url of ['http://localhost:5174/', 'https://localhost:5173/', 'http://127.0.0.1:5173/', 'app://catwalk/'])
      expect(dev.isApp(url), url).toBe(false);
  });
});
