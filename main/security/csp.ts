/**
 * The content security policy of the window, sent as a header with every file: a worker gets its policy from its own file.
 *
 * - Styles may also come with the nonce of this load: React Aria and CodeMirror insert `<style>`; both take the nonce (from
 *   `<meta property="csp-nonce">`, which the protocol handler puts into the page). `style=""` attributes stay forbidden;
 *   scripts that set `element.style` are not touched by that.
 * - Trusted Types: the page makes exactly one policy, `app-worker`, which answers only the addresses of its own workers.
 */
export function formatPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types app-worker',
  ].join('; ');
}
