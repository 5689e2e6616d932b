/** What a `catwalk://` address may carry: text for the paste zone. It cannot name anything to do. */
const MAX_LENGTH = 256 * 1024;

/**
 * `catwalk://inspect?text=…` or `catwalk://inspect/<token>`; `undefined` for anything else. The text is only shown, so
 * nothing of it is checked here: the paste zone takes whatever it is given.
 */
export function parseDeepLink(address: string): string | undefined {
  if (address.length > MAX_LENGTH) return undefined;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  if (url.protocol !== 'catwalk:' || url.host !== 'inspect' || url.username !== '') return undefined;
  const text = url.searchParams.get('text') ?? decodePath(url.pathname.slice(1));
  return text === undefined || text.trim() === '' ? undefined : text;
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
