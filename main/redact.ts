/**
 * Takes out of a line everything that may be a token or a key. It would rather hide too much: a log is made to be sent to
 * somebody. Lengths stay, since they tell a truncated token from a whole one.
 */
export function redact(line: string, places: readonly (readonly [path: string, name: string])[] = []): string {
  let text = line;
  for (const [place, name] of places) if (place.length > 1) text = text.replaceAll(place, name);
  return text
    .replace(PEM, '[redacted key]')
    .replace(SECRET_HEADER, '$1[redacted]')
    .replace(SECRET_MEMBER, '$1[redacted]')
    .replace(URL_USER, '$1')
    .replace(URL_TAIL, (_all, head: string, tail: string) => `${head}[redacted ${tail.length}]`)
    .replace(RUN, (run) => (isHarmless(run) ? run : `[redacted ${run.length}]`));
}

const PEM = /-----BEGIN [^-]*-----[\s\S]*?(?:-----END [^-]*-----|$)/g;
/** the whole rest of the line: such a field may hold several secrets */
const SECRET_HEADER =
  /\b((?:[\w-]*api-?key|authorization|(?:set-)?cookie|[\w-]*common-access-token)["']?\s*[:=])[^\r\n]*/gi;
/** `"secret": "…"`, `password=…`, and `k` and `d` of a JWK */
const SECRET_MEMBER =
  /\b((?:password|passphrase|secret|token|value|key|k|d)["']?\s*[:=]\s*)(?:"[^"]*"?|'[^']*'?|[^\s,;}"']+)/gi;
const URL_USER = /\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@?#]*@/gi;
const URL_TAIL = /(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s?#"'<>]*[?#])([^\s"'<>)]+)/gi;
/** all alphabets that tokens and keys are written in: base64, base64url, hex, percent-encoding, the dot form */
const RUN = /[A-Za-z0-9+/_=.%~-]{16,}/g;

const TIME = /^\d{4}-\d\d-\d\d[A-Z0-9.:]*$/;
/** `ERR_SECRETS_LOCKED`, `gnome-keyring-daemon`, `registerSchemesAsPrivileged`, `node_modules/electron/dist/index.js` */
const WORDS = /^(?:[./_=~-]*(?:[A-Z]?[a-z]{2,24}|[A-Z]{2,24}|As|At|By|Id|In|Is|Of|To))+[./_=~-]*\d{0,3}[./_=~-]*$/;

/** Words have few capitals or nothing else; of random letters half are capitals, and most of random text holds a digit. */
const isHarmless = (run: string): boolean => TIME.test(run) || (WORDS.test(run) && !looksRandom(run));

function looksRandom(run: string): boolean {
  const letters = run.replace(/[^A-Za-z]/g, '').length;
  const share = run.replace(/[^A-Z]/g, '').length / letters;
  return share > 0.2 && share < 0.8;
}
