/** The one place the window's page comes from. Another host under `app://` is another origin. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'catwalk';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

/** Where the window's page is trusted to come from: `app://catwalk`, or Vite's server while developing. */
export interface TrustedOrigin {
  /** the address that the window opens */
  readonly page: string;
  /** a page whose scripts may speak to main */
  isApp(url: string): boolean;
  /** the very page, whatever its query: the only thing the window may be navigated to */
  isPage(url: string): boolean;
}

export function createTrustedOrigin(devServer?: string): TrustedOrigin {
  const page = devServer ?? APP_PAGE;
  const home = new URL(page);
  const isApp = (url: string) => {
    const parsed = parse(url);
    return parsed !== undefined && parsed.protocol === home.protocol && parsed.host === home.host && !hasUser(parsed);
  };
  return {
    page,
    isApp,
    isPage: (url) => {
      const path = parse(url)?.pathname;
      return isApp(url) && (path === '/' || path === home.pathname);
    },
  };
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

const hasUser = (url: URL) => url.username !== '' || url.password !== '';
