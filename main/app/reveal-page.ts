import type { SecretText } from './secret-text.ts';

export interface RevealPage {
  readonly name: string;
  readonly environment: string;
  readonly secret: SecretText;
  readonly seconds: number;
  readonly nonce: string;
}

/** In-page addresses: following one loads nothing, and main sees it. */
export const COPY_LINK = '#copy';
export const CLOSE_LINK = '#close';

/** Nothing of the page may load, run or be sent. */
export const formatRevealPolicy = (nonce: string): string =>
  `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The whole page that shows one secret: without a script, and gone with its window. */
export function formatRevealPage({ name, environment, secret, seconds, nonce }: RevealPage): string {
  const form = secret.form === 'hex' ? 'as its bytes in hex' : 'as it was entered';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Secret of ${escapeHtml(name)}</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; font: 13px/20px system-ui, sans-serif; }
body { margin: 0; padding: 16px; user-select: none; background: light-dark(#f6f7f9, #131518); color: light-dark(#16181d, #e8eaee); }
h1 { margin: 0 0 4px; font-size: 15px; }
p { margin: 0 0 12px; }
pre { margin: 0 0 12px; padding: 12px; max-height: 150px; overflow: auto; border: 1px solid light-dark(#8a909c, #6b7280);
  border-radius: 6px; background: light-dark(#fff, #0b0c0e); font: 12px/18px ui-monospace, monospace; white-space: pre-wrap;
  overflow-wrap: anywhere; unicode-bidi: plaintext; }
.bar { height: 4px; margin: 0 0 12px; background: light-dark(#d5d8de, #2a2e35); }
.bar i { display: block; width: 100%; height: 4px; background: light-dark(#2557c7, #7aa5ff); animation: left ${seconds}s linear forwards; }
@keyframes left { to { width: 0 } }
a { color: light-dark(#1d4bb3, #8fb4ff); padding: 4px 0; margin-right: 16px; }
#copy { display: none; }
#copy:target { display: inline; }
</style>
</head>
<body>
<h1>Secret of ${escapeHtml(name)} <small>${escapeHtml(environment)}</small></h1>
<p>Shown ${form}. This window closes by itself after ${seconds} seconds.</p>
<div class="bar"><i></i></div>
<pre>${escapeHtml(secret.text)}</pre>
<nav><a href="${COPY_LINK}">Copy, and clear the clipboard later</a><a href="${CLOSE_LINK}">Close now</a><span id="copy" role="status">Copied.</span></nav>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
