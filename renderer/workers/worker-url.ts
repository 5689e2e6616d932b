/** What the DOM's types do not have yet (Trusted Types, W3C). */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}
declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes;
  }
}

const isOwn = (url: string): boolean => new URL(url, location.href).origin === location.origin;

/**
 * The one policy of the page (`trusted-types app-worker`): scripts by address are the window's own workers and nothing
 * else. `undefined` where there are no Trusted Types, as in component tests.
 */
const policy = window.trustedTypes?.createPolicy('app-worker', {
  createScriptURL: (url) => {
    if (!isOwn(url)) throw new TypeError('a worker comes from the application itself');
    return url;
  },
});

export const workerUrl = (url: string): string => policy?.createScriptURL(url) ?? url;
