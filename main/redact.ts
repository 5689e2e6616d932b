/**
 * Takes out of a line everything that may be a token or a key. It would rather hide too much: a log is made to be sent to
 * somebody. Lengths stay, since they tell a truncated token from a whole one.
 */
export function redact(line: string, places: readonly (readonly [path: string, name: string])[] = []): string {
  let text = line;
  for (const [place, name] of places) if (place.length > 1) text = text.replaceAll(place, name);
  return text
    .replace(SECRET_HEADER, (_all, name: string) => `${name}[redacted]`)
    .replace(URL_SECRETS, (_all, start: string, _user: string | undefined, host: string) => `${start}${host}`)
    .replace(URL_TAIL, (_all, head: string, tail: string) => `${head}[redacted ${tail.length}]`)
    .replace(PEM, '[redacted key]')
    .replace(RUN, (run) => (isHarmless(run) ? run : `[redacted ${run.length}]`));
}

/** `x-flowplayer-api-key: …`, `Authorization: …`, `"value": "…"`, `key=…`: the rest of the value, whatever it looks like */
const SECRET_HEADER =
  /((?:[\w-]*api-?key|authorization|cookie|common-access-token|password|passphrase|secret|token|value|"k"|"d")["']?\s*[:=]\s*)(?!\[redacted)(?:"[^"]*"|'[^']*'|[^\s,;}]+(?: [^\s,;}]{12,})*)/gi;
const URL_SECRETS = /\b([a-z][a-z0-9+.-]*:\/\/)([^\s/@?#]*@)([^\s/?#]*)/gi;
const URL_TAIL = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#"'<>]*[?#])([^\s"'<>)]+)/gi;
const PEM = /-----BEGIN [^-]*-----[\s\S]*?(?:-----END [^-]*-----|$)/g;
/** all alphabets that tokens and keys are written in: base64, base64url, hex, percent-encoding, the dot form */
const RUN = /[A-Za-z0-9+/_=.%~-]{16,}/g;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\d[A-Z0-9.:]*$/;
/** `ERR_SECRETS_LOCKED`, `gnome-keyring-daemon`, `registerSchemesAsPrivileged`, `node_modules/electron/dist/index.js` */
const WORDS = /^(?:[./_=~-]*(?:[A-Z]?[a-z]{2,24}|[A-Z]{2,24}))+[./_=~-]*\d{0,3}[./_=~-]*$/;
const VERSION_PATH = /^[a-z@/._-]+\d{1,3}(?:\.\d{1,5}){1,3}$/i;

function isHarmless(run: string): boolean {
  return UUID.test(run) || TIME.test(run) || WORDS.test(run) || VERSION_PATH.test(run);
}
