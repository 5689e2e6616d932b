import { describe, expect, it } from 'vitest';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import type { CarrierKind, Found, FoundRequest } from '../../../shared/carrier/found.ts';
import { DOT, only, repairsOf, SIGNED, STANDARD, STANDARD_CANONICAL, URL_SAFE, WITH_PLUS } from './samples.ts';

/** Where each token stood, and with which request it came. */
const placesOf = (found: Found): string[] => found.tokens.map((token) => `${token.source.kind}: ${token.source.where}`);
const request = (found: Found): FoundRequest => {
  const [first, second] = found.requests;
  if (first === undefined || second !== undefined) throw new Error(`${found.requests.length} requests`);
  return first;
};

describe('an address', () => {
  it.each<[string, string, CarrierKind, string]>([
    ['the player’s path', `https://cdn.example.com/pt:${URL_SAFE}/hls/a/master.m3u8?x=1`, 'url', 'path /pt:'],
    ['the player’s path, encoded', `https://cdn.example.com/pt%3A${URL_SAFE}/hls/a.m3u8`, 'url', 'path /pt:'],
    ['the player’s path alone', `/pt:${URL_SAFE}/hls/a.m3u8`, 'path', 'path /pt:'],
    ['no scheme', `cdn.example.com/pt:${URL_SAFE}/hls/a.m3u8`, 'url', 'path /pt:'],
    ['no scheme but slashes', `//cdn.example.com/pt:${URL_SAFE}/hls/a.m3u8`, 'url', 'path /pt:'],
    ['the first path segment', `https://cdn.example.com/${URL_SAFE}/video/a.m3u8`, 'url', 'path segment 1'],
    ['a later path segment', `https://cdn.example.com/v1/${URL_SAFE}/a.m3u8`, 'url', 'path segment 2'],
    ['a path parameter', `https://cdn.example.com/a/token=${URL_SAFE}/b.m3u8`, 'url', 'path parameter token'],
    ['the parameter CAT', `https://cdn.example.com/a.m3u8?CAT=${URL_SAFE}`, 'url', 'query parameter CAT'],
    ['among other parameters', `https://cdn.example.com/a.m3u8?a=1&cat=${URL_SAFE}&b=2`, 'url', 'query parameter cat'],
    ['any parameter', `http://localhost:8080/a?anything=${URL_SAFE}#t=3`, 'url', 'query parameter anything'],
    [
      'a nested address',
      `https://p.example/?src=${encodeURIComponent(`https://cdn.example.com/pt:${URL_SAFE}/a.m3u8`)}`,
      'url',
      'query parameter src',
    ],
    ['the fragment', `https://p.example/x#${URL_SAFE}`, 'url', 'fragment'],
    ['a parameter in the fragment', `https://p.example/x?y=1#token=${URL_SAFE}`, 'url', 'fragment parameter token'],
    ['a playlist’s relative address', `#EXTINF:6,\nv0/seg_1.ts?CAT=${URL_SAFE}\n`, 'url', 'query parameter CAT'],
    ['a scheme of its own', `catwalk://decode?token=${URL_SAFE}`, 'url', 'query parameter token'],
    ['a query alone', `?CAT=${URL_SAFE}&b=2`, 'url', 'query parameter CAT'],
    ['the dot form', `https://cdn.example.com/a?CAT=${DOT}&b=2`, 'url', 'query parameter CAT'],
    ['inside a sentence', `It fails at https://cdn.example.com/a?CAT=${URL_SAFE}, why?`, 'url', 'query parameter CAT'],
    ['in brackets', `(see https://cdn.example.com/a?CAT=${URL_SAFE})`, 'url', 'query parameter CAT'],
    ['in markdown', `[link](https://cdn.example.com/a?CAT=${URL_SAFE})`, 'url', 'query parameter CAT'],
    ['in HTML', `<a href="https://cdn.example.com/a?b=1&amp;CAT=${URL_SAFE}">`, 'url', 'query parameter CAT'],
  ])('%s', (_, input, kind, where) => {
    const token = only(findTokens(input));
    expect(token.source).toEqual({ kind, where });
    expect([URL_SAFE, DOT]).toContain(token.text);
    expect(token.damagedAt).toBeUndefined();
  });

  it('is the request that the token came with', () => {
    const url = `https://cdn.example.com/pt:${URL_SAFE}/a.m3u8?x=1`;
    const found = findTokens(` <${url}>. `);
    expect(found.requests).toEqual([{ url, headers: [] }]);
    expect(found.requestOf).toEqual([0]);
  });

  it('without a token is a request all the same', () => {
    expect(findTokens('https://cdn.example.com/a.m3u8\n')).toMatchObject({
      input: 'url',
      tokens: [],
      requests: [{ url: 'https://cdn.example.com/a.m3u8' }],
    });
  });

  it.each([
    ['raw', STANDARD],
    ['percent-encoded', encodeURIComponent(STANDARD)],
  ])('may hold standard base64, whose slash is no path separator (%s)', (_, text) => {
    for (const input of [
      `https://cdn.example.com/pt:${text}/a/b.m3u8`,
      `https://cdn.example.com/a.m3u8?b=1&CAT=${text}&c=2`,
      `https://cdn.example.com/${text}/a/b.m3u8`,
    ]) {
      const token = only(findTokens(input));
      expect(token.text).toBe(STANDARD_CANONICAL);
      expect(repairsOf(token)).toEqual([...(text === STANDARD ? [] : ['percent']), 'base64-standard', 'padding']);
    }
  });

  it('gives a cut token in a path its own segment only', () => {
    const token = only(findTokens(`https://cdn.example.com/pt:${URL_SAFE.slice(0, 90)}/hls/playlist.m3u8`));
    expect(token).toMatchObject({ start: 27, end: 117, damagedAt: 117 });
  });

  it('of a doubled token gives both', () => {
    const found = findTokens(`https://cdn.example.com/pt:${URL_SAFE}/pt:${STANDARD_CANONICAL}/a.m3u8`);
    expect(placesOf(found)).toEqual(['url: path /pt:', 'url: path /pt:']);
    expect(found.requests).toHaveLength(1);
    expect(found.requestOf).toEqual([0, 0]);
  });

  it('that was broken by a line break is put together', () => {
    const url = `https://cdn.example.com/pt:${URL_SAFE}/hls/a.m3u8`;
    const found = findTokens(`${url.slice(0, 80)}\n${url.slice(80)}`);
    expect(only(found).text).toBe(URL_SAFE);
    expect(request(found).url).toBe(url);
  });
});

describe('headers', () => {
  it.each<[string, string, CarrierKind, string]>([
    ['the standard’s', `CTA-Common-Access-Token: ${URL_SAFE}`, 'header', 'header CTA-Common-Access-Token'],
    ['Akamai’s', `Common-Access-Token: ${URL_SAFE}`, 'header', 'header Common-Access-Token'],
    ['in lower case', `cta-common-access-token:${URL_SAFE}`, 'header', 'header cta-common-access-token'],
    ['Authorization', `Authorization: Bearer ${URL_SAFE}`, 'header', 'header Authorization'],
    ['any name', `X-PV-CDN-Access-Token: ${URL_SAFE}`, 'header', 'header X-PV-CDN-Access-Token'],
    [
      'name and value on two lines',
      `authority\ncdn.example.com\ncta-common-access-token\n${URL_SAFE}\nuser-agent\nx`,
      'header',
      'header cta-common-access-token',
    ],
    ['a prompt of curl -v', `> CTA-Common-Access-Token: ${URL_SAFE}`, 'header', 'header CTA-Common-Access-Token'],
    ['a cookie', `Cookie: a=b; CTA-Common-Access-Token=${URL_SAFE}; c=d`, 'cookie', 'cookie CTA-Common-Access-Token'],
    ['a cookie of any name', `cookie: session=${URL_SAFE}`, 'cookie', 'cookie session'],
    ['a quoted cookie', `Cookie: Common-Access-Token="${URL_SAFE}"`, 'cookie', 'cookie Common-Access-Token'],
    [
      'a cookie that is set',
      `Set-Cookie: cta-common-access-token=${URL_SAFE}; Path=/; Secure`,
      'cookie',
      'Set-Cookie cta-common-access-token',
    ],
    [
      'cookies without their header',
      `a=b; CTA-Common-Access-Token=${URL_SAFE}; c=d`,
      'cookie',
      'cookie CTA-Common-Access-Token',
    ],
    [
      'a redirect',
      `Location: https://x.example/a?CAT=${URL_SAFE}`,
      'header',
      'query parameter CAT in response header Location',
    ],
    ['the path of HTTP/2', `:path: /pt:${URL_SAFE}/a.m3u8`, 'header', 'path /pt:'],
  ])('%s', (_, input, kind, where) => {
    expect(only(findTokens(input))).toMatchObject({ source: { kind, where }, text: URL_SAFE });
  });

  it('make up a message, with its answer', () => {
    const found = findTokens(
      [
        'GET /hls/a.m3u8?x=1 HTTP/1.1',
        'Host: cdn.example.com',
        `CTA-Common-Access-Token: ${URL_SAFE}`,
        'User-Agent: test',
        '',
        'HTTP/1.1 403 Forbidden',
        'Date: Tue, 24 Nov 2026 13:07:32 GMT',
        'Content-Type: text/plain',
        '',
        'denied',
      ].join('\r\n'),
    );
    expect(request(found)).toEqual({
      method: 'GET',
      url: 'https://cdn.example.com/hls/a.m3u8?x=1',
      headers: [
        { name: 'Host', value: 'cdn.example.com' },
        { name: 'CTA-Common-Access-Token', value: URL_SAFE },
        { name: 'User-Agent', value: 'test' },
      ],
      status: 403,
      serverDate: 'Tue, 24 Nov 2026 13:07:32 GMT',
    });
    expect(found.requestOf).toEqual([0]);
  });

  it('of HTTP/2 make up the address in any order', () => {
    const lines = [':method: GET', ':authority: cdn.example.com', ':scheme: https', `:path: /pt:${URL_SAFE}/a.m3u8`];
    for (const order of [lines, [...lines].reverse()]) {
      const found = findTokens(order.join('\n'));
      expect(request(found)).toMatchObject({ method: 'GET', url: `https://cdn.example.com/pt:${URL_SAFE}/a.m3u8` });
    }
  });

  it('give the server’s clock from a Date alone', () => {
    expect(findTokens('date: Tue, 24 Nov 2026 13:07:32 GMT').requests).toEqual([
      { headers: [], serverDate: 'Tue, 24 Nov 2026 13:07:32 GMT' },
    ]);
  });

  it('name what is no token in a place for one', () => {
    const token = only(findTokens('CTA-Common-Access-Token: AAAAAAAAAAAAAAAAAAAA'));
    expect(token).toMatchObject({ kind: 'not-a-cat', instead: { kind: 'unknown' } });
    expect(findTokens('CTA-Common-Access-Token: <your token>').tokens).toEqual([]);
  });
});

describe('curl', () => {
  const url = 'https://cdn.example.com/hls/seg_1.ts';
  const header = `CTA-Common-Access-Token: ${STANDARD}`;

  it('as a person types it', () => {
    const found = findTokens(`curl -i '${url}' -H '${header}'`);
    expect(found.input).toBe('curl');
    expect(only(found)).toMatchObject({
      source: { kind: 'curl', where: 'header CTA-Common-Access-Token' },
      text: STANDARD_CANONICAL,
      start: found.tokens[0]?.start,
    });
    expect(request(found)).toEqual({
      url,
      method: 'GET',
      headers: [{ name: 'CTA-Common-Access-Token', value: STANDARD }],
    });
  });

  it.each<[string, string]>([
    ['a prompt', `$ curl '${url}' -H '${header}'`],
    ['a path', `/usr/bin/curl '${url}' -H '${header}'`],
    ['double quotes', `curl "${url}" -H "${header}"`],
    ['continued lines', `curl '${url}' \\\n  -H 'accept: */*' \\\n  -H '${header}' \\\n  --compressed`],
    ['continued lines of Windows editors', `curl '${url}' \\\r\n  -H '${header}'`],
    ['no quotes', `curl ${url} -H CTA-Common-Access-Token:${STANDARD}`],
    ['ANSI quotes', `curl $'${url}' -H $'x: it\\'s \\u0021' -H $'${header.replaceAll('/', '\\u002f')}'`],
    ['quotes joined to text', `curl '${url}' -H CTA-Common-Access-Token:' ${STANDARD}'`],
    ['an apostrophe in the posix way', `curl '${url}' -H 'x: it'\\''s' -H '${header}'`],
    ['letters in one word', `curl -sSLkH '${header}' ${url}`],
    ['a value in the word', `curl -sH'${header}' ${url}`],
    ['long options', `curl --silent --request GET --url '${url}' --header '${header}' --max-time 5`],
    [
      'options whose value is no address',
      `curl -o out.ts -x http://proxy.example:8080 --resolve cdn.example.com:443:10.0.0.1 -w '%{http_code}' -H '${header}' '${url}'`,
    ],
    ['a pipe behind it', `curl '${url}' -H '${header}' | jq . > out.json`],
    [
      'cmd',
      `curl ^"${url}^" ^\r\n  -H ^"accept: */*^" ^\r\n  -H ^"${header.replaceAll('=', '^=')}^" ^\r\n  --compressed`,
    ],
    ['a fence of Markdown', `\`\`\`bash\ncurl '${url}' \\\n  -H '${header}'\n\`\`\`\n403`],
    ['a mail that quotes it', `> curl '${url}' -H '${header}'\n> thanks`],
    ['PowerShell', `curl.exe \`\n  "${url}" \`\n  -H "${header}"`],
    ['after other text', `Steps to reproduce:\n1. run \`curl '${url}' -H '${header}'\`\n2. see a 403`],
  ])('with %s', (_, input) => {
    const found = findTokens(input);
    expect(only(found)).toMatchObject({
      source: { kind: 'curl', where: 'header CTA-Common-Access-Token' },
      text: STANDARD_CANONICAL,
    });
    expect(request(found).url).toBe(url);
    const { positions, text } = only(found);
    const back = Array.from(positions, (position) => input.charAt(position));
    // where a character was written as an escape its last character stands for it
    expect(back.filter((character, i) => character === text.charAt(i)).length).toBeGreaterThan(text.length - 3);
  });

  it('in cmd, as Chrome copies a percent sign', () => {
    const escaped = encodeURIComponent(WITH_PLUS).replaceAll('%', '^%^');
    const found = findTokens(`curl ^"https://cdn.example.com/a.ts?CAT=${escaped}^&b=1^" ^\n  -H ^"accept: */*^"`);
    expect(request(found).url).toBe(`https://cdn.example.com/a.ts?CAT=${encodeURIComponent(WITH_PLUS)}&b=1`);
    expect(Buffer.from(only(found).bytes).toString('base64')).toBe(WITH_PLUS);
  });

  it.each<[string, string, string]>([
    ['-X', '-X DELETE', 'DELETE'],
    ['-I', '-I', 'HEAD'],
    ['-d', "-d 'a=b'", 'POST'],
    ['-d with -G', "-G -d 'a=b'", 'GET'],
    ['-T', '-T file.bin', 'PUT'],
    ['--json', "--json '{}'", 'POST'],
    ['-F', '-F a=@b', 'POST'],
  ])('tells the method from %s', (_, options, method) => {
    expect(request(findTokens(`curl ${options} ${url}`)).method).toBe(method);
  });

  it('tells headers from their own options', () => {
    const found = findTokens(
      `curl ${url} -A 'UA/1' -e 'https://site.example/' -b 'a=b; Common-Access-Token=${URL_SAFE}' -r 0-99`,
    );
    expect(request(found).headers).toEqual([
      { name: 'User-Agent', value: 'UA/1' },
      { name: 'Referer', value: 'https://site.example/' },
      { name: 'Cookie', value: `a=b; Common-Access-Token=${URL_SAFE}` },
      { name: 'Range', value: 'bytes=0-99' },
    ]);
    expect(placesOf(found)).toEqual(['curl: cookie Common-Access-Token']);
  });

  it.each<[string, string, string]>([
    ['its address', `curl 'https://cdn.example.com/a?CAT=${URL_SAFE}'`, 'query parameter CAT'],
    ['the player’s path', `curl https://cdn.example.com/pt:${URL_SAFE}/a.m3u8`, 'path /pt:'],
    ['a bearer option', `curl --oauth2-bearer ${URL_SAFE} ${url}`, 'header Authorization'],
    ['-G', `curl -G ${url} --data-urlencode CAT=${URL_SAFE}`, 'query parameter CAT'],
    ['its body', `curl ${url} -d '{"token":"${URL_SAFE}"}'`, 'request body'],
    ['a referrer', `curl ${url} -e 'https://s.example/?t=${URL_SAFE}'`, 'query parameter t in header Referer'],
  ])('carries a token in %s', (_, input, where) => {
    expect(placesOf(findTokens(input))).toEqual([`curl: ${where}`]);
  });

  it('keeps every copy of a token, since verifiers differ in which one they take', () => {
    const found = findTokens(
      `curl 'https://cdn.example.com/a?CAT=${URL_SAFE}' -H 'CTA-Common-Access-Token: ${URL_SAFE}' -b 'Common-Access-Token=${URL_SAFE}'`,
    );
    expect(placesOf(found)).toEqual([
      'curl: query parameter CAT',
      'curl: header CTA-Common-Access-Token',
      'curl: cookie Common-Access-Token',
    ]);
    expect(found.requestOf).toEqual([0, 0, 0]);
  });

  it('may make several requests', () => {
    const found = findTokens(
      `curl https://a.example/1?CAT=${URL_SAFE} https://a.example/2 -H 'x: y' --next https://b.example/3 -H 'Common-Access-Token: ${URL_SAFE}'`,
    );
    expect(found.requests.map((each) => each.url?.slice(0, 19))).toEqual([
      'https://a.example/1',
      'https://a.example/2',
      'https://b.example/3',
    ]);
    expect(found.requestOf).toEqual([0, 2]);
    const two = findTokens(`curl '${url}' -H '${header}' ;\ncurl '${url}' -H 'Common-Access-Token: ${URL_SAFE}'`);
    expect(two.requestOf).toEqual([0, 1]);
  });

  it('is answered by what it printed', () => {
    const found = findTokens(
      `curl -i '${url}' -H '${header}'\nHTTP/2 403\ndate: Tue, 24 Nov 2026 13:07:32 GMT\nserver: x\n\nforbidden`,
    );
    expect(request(found)).toMatchObject({ url, status: 403, serverDate: 'Tue, 24 Nov 2026 13:07:32 GMT' });
  });

  it('with -v is one request', () => {
    const found = findTokens(
      `curl -v ${url} -H 'Common-Access-Token: ${URL_SAFE}'\n* Connected to cdn.example.com\n> GET /hls/seg_1.ts HTTP/1.1\n> Host: cdn.example.com\n> Common-Access-Token: ${URL_SAFE}\n>\n< HTTP/1.1 401 Unauthorized\n< Date: Tue, 24 Nov 2026 13:07:32 GMT\n<\n`,
    );
    expect(request(found)).toMatchObject({ url, status: 401, serverDate: 'Tue, 24 Nov 2026 13:07:32 GMT' });
    expect(found.requestOf).toEqual([0, 0]);
  });

  it('is left alone where it is only talked about', () => {
    expect(findTokens("I used curl to get it, and curl 'hates me").input).toBe('nothing');
    expect(findTokens(`I used curl on it, token ${URL_SAFE}`).input).toBe('token');
  });
});

describe('a HAR', () => {
  const har = (entries: readonly object[]): string =>
    JSON.stringify({ log: { version: '1.2', creator: { name: 'x' }, pages: [], entries } }, null, 2);
  const entry = {
    startedDateTime: '2026-11-24T13:07:32.000Z',
    request: {
      method: 'GET',
      url: `https://cdn.example.com/a.ts?CAT=${URL_SAFE}&b=1`,
      headers: [
        { name: 'Host', value: 'cdn.example.com' },
        { name: 'Cookie', value: `x=1; CTA-Common-Access-Token=${STANDARD}` },
      ],
      cookies: [{ name: 'CTA-Common-Access-Token', value: STANDARD }],
      queryString: [{ name: 'CAT', value: URL_SAFE }],
    },
    response: {
      status: 403,
      headers: [
        { name: 'Date', value: 'Tue, 24 Nov 2026 13:07:32 GMT' },
        { name: 'Set-Cookie', value: `cta-common-access-token=${SIGNED}; Path=/` },
        { name: 'common-access-token', value: URL_SAFE },
      ],
      cookies: [{ name: 'cta-common-access-token', value: SIGNED }],
      content: { mimeType: 'text/plain', text: `#EXTM3U\nseg.ts?CAT=${URL_SAFE}` },
      redirectURL: '',
    },
  };

  it('gives each entry’s request and the tokens in its parts, repeated parts once', () => {
    const found = findTokens(har([entry]));
    expect(found.input).toBe('har');
    expect(placesOf(found)).toEqual([
      'har: query parameter CAT',
      'har: cookie CTA-Common-Access-Token',
      'har: Set-Cookie cta-common-access-token',
      'har: response header common-access-token',
    ]);
    expect(request(found)).toMatchObject({
      method: 'GET',
      url: entry.request.url,
      status: 403,
      serverDate: 'Tue, 24 Nov 2026 13:07:32 GMT',
      headers: entry.request.headers,
    });
    expect(found.requestOf).toEqual([0, 0, 0, 0]);
  });

  it('takes parameters and cookies from their lists where nothing else has them', () => {
    const found = findTokens(
      har([
        {
          request: {
            method: 'GET',
            url: 'https://cdn.example.com/a.ts',
            headers: [],
            queryString: [{ name: 'CAT', value: URL_SAFE }],
            cookies: [{ name: 'cat', value: STANDARD }],
          },
          response: {
            status: 302,
            headers: [],
            cookies: [{ name: 'new', value: SIGNED }],
            redirectURL: `https://cdn.example.com/b?CAT=${URL_SAFE}`,
          },
        },
      ]),
    );
    expect(placesOf(found)).toEqual([
      'har: query parameter CAT',
      'har: cookie cat',
      'har: Set-Cookie new',
      'har: query parameter CAT in response header Location',
    ]);
  });

  it('ties tokens to the entry they came with', () => {
    const found = findTokens(
      har([{ request: { method: 'GET', url: 'https://a.example/' }, response: { status: 200 } }, entry]),
    );
    expect(found.requests.map((each) => each.status)).toEqual([200, 403]);
    expect(found.requestOf).toEqual([1, 1, 1, 1]);
  });

  it('places every token exactly, escapes or not', () => {
    const text = har([{ ...entry, request: { ...entry.request, comment: 'a "quoted" \\ text \u2028' } }]).replaceAll(
      '/',
      '\\/',
    );
    const found = findTokens(text);
    expect(found.tokens).toHaveLength(4);
    for (const token of found.tokens) {
      const back = Array.from(token.positions, (position) => text.charAt(position)).join('');
      expect(back.replaceAll('\\', '_').replaceAll('+', '-')).toBe(token.text);
    }
  });

  it('that was cut off gives what stands of it', () => {
    const whole = har([entry, entry, entry]);
    const found = findTokens(whole.slice(0, Math.floor(whole.length * 0.8)));
    expect(found.requests.length).toBeGreaterThanOrEqual(2);
    expect(found.tokens.length).toBeGreaterThanOrEqual(8);
  });

  it('is searched the same when only its entries were copied', () => {
    expect(findTokens(JSON.stringify({ entries: [entry] })).tokens).toHaveLength(4);
  });
});

describe('log lines', () => {
  it('of nginx and Apache', () => {
    const line = `203.0.113.9 - alice [24/Nov/2026:13:07:32 +0000] "GET /pt:${URL_SAFE}/a.m3u8?x=1 HTTP/1.1" 403 153 "https://site.example/" "Mozilla/5.0"`;
    const found = findTokens(`${line.replace(`/pt:${URL_SAFE}`, '')}\n${line}\n`);
    expect(found.input).toBe('log');
    expect(placesOf(found)).toEqual(['log: path /pt:']);
    expect(request(found)).toMatchObject({
      method: 'GET',
      url: `/pt:${URL_SAFE}/a.m3u8?x=1`,
      status: 403,
      ip: '203.0.113.9',
    });
  });

  it('with a virtual host in front know the address', () => {
    const found = findTokens(
      `cdn.example.com:443 2001:db8::1 - - [24/Nov/2026:13:07:32 +0000] "HEAD /a?CAT=${URL_SAFE} HTTP/2.0" 200 0`,
    );
    expect(request(found)).toMatchObject({
      method: 'HEAD',
      url: `https://cdn.example.com/a?CAT=${URL_SAFE}`,
      ip: '2001:db8::1',
    });
  });

  const columns = (query: string, cookie: string): string =>
    `2026-11-24\t13:07:32\tARN56-P1\t512\t203.0.113.9\tGET\td111.cloudfront.net\t/hls/a.m3u8\t403\t-\tMozilla/5.0%20(X11)\t${query}\t${cookie}\tError\tid==\tcdn.example.com\thttps\t99\t0.001`;

  it('of CloudFront', () => {
    const found = findTokens(
      columns(`CAT=${encodeURIComponent(encodeURIComponent(STANDARD))}&b=1`, `a=b;%20Common-Access-Token=${URL_SAFE}`),
    );
    expect(placesOf(found)).toEqual(['log: query parameter CAT', 'log: cookie Common-Access-Token']);
    expect(found.tokens[0]).toMatchObject({ text: STANDARD_CANONICAL });
    expect(request(found)).toMatchObject({
      method: 'GET',
      status: 403,
      ip: '203.0.113.9',
      headers: [{ name: 'User-Agent', value: 'Mozilla/5.0 (X11)' }],
    });
    expect(request(found).url?.startsWith('https://cdn.example.com/hls/a.m3u8?CAT=')).toBe(true);
  });

  it('with columns in an order of their own', () => {
    const found = findTokens(
      `#Version: 1.0\n#Fields: date time cs-method cs-uri-stem cs-uri-query sc-status\n2026-11-24\t13:07:32\tGET\t/a\tcat=${URL_SAFE}\t401`,
    );
    expect(request(found)).toMatchObject({ method: 'GET', url: `/a?cat=${URL_SAFE}`, status: 401 });
  });

  it('without a token are the request somebody asks about', () => {
    const found = findTokens('203.0.113.9 - - [24/Nov/2026:13:07:32 +0000] "GET /a.m3u8 HTTP/1.1" 403 153 "-" "x"');
    expect(found).toMatchObject({ input: 'log', tokens: [], requests: [{ url: '/a.m3u8', status: 403 }] });
  });

  it('of any other form still give their tokens', () => {
    const found = findTokens(`2026-11-24T13:07:32Z WARN edge denied token=${URL_SAFE} path=/a reason=exp`);
    expect(placesOf(found)).toEqual(['token: parameter token']);
  });
});

describe('JSON', () => {
  it('of any shape', () => {
    const input = JSON.stringify({
      data: { token: STANDARD, list: [1, null, { url: `https://cdn.example.com/a?CAT=${URL_SAFE}` }] },
    });
    const found = findTokens(input);
    expect(found.input).toBe('json');
    expect(placesOf(found)).toEqual([
      'json: member data.token',
      'json: query parameter CAT in member data.list[2].url',
    ]);
    expect(found.requestOf).toEqual([undefined, 0]);
  });

  it('a line at a time', () => {
    const found = findTokens(`{"t":"${URL_SAFE}"}\n{"t":"${SIGNED}"}\n`);
    expect(found.tokens.map((token) => token.text)).toEqual([URL_SAFE, SIGNED]);
  });

  it('with escapes', () => {
    const token = only(findTokens(`{"token":"${STANDARD.replaceAll('/', '\\/').replaceAll('=', '\\u003D')}"}`));
    expect(token.text).toBe(STANDARD_CANONICAL);
    expect(token.repairs[0]).toMatchObject({ kind: 'json-escapes', places: 3 });
  });

  it('inside a string of JSON', () => {
    expect(only(findTokens(JSON.stringify({ body: JSON.stringify({ token: STANDARD }) }))).text).toBe(
      STANDARD_CANONICAL,
    );
  });

  it('that is broken', () => {
    expect(only(findTokens(`{"a": 1, token: "${URL_SAFE}" // comment\n}`)).text).toBe(URL_SAFE);
    expect(only(findTokens(`{"a": ["${URL_SAFE}`)).text).toBe(URL_SAFE);
  });

  it('as a literal of a script', () => {
    expect(placesOf(findTokens(`const config = { token: '${URL_SAFE}', other: 1 };`))).toEqual(['json: member token']);
  });
});

describe('embed snippets', () => {
  const player = '4be1a7c0-92d4-4f3e-8a55-0c6d1e7f92ab';
  const media = '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517';

  it('the ES module', () => {
    const found = findTokens(
      `<div id="player-1"></div>\n<script type="module">\n  import flowplayer from "https://embed.flowplayer.com/${player}/${media}.js";\n  flowplayer("#player-1", { playback_token: "${URL_SAFE}" });\n</script>`,
    );
    expect(found.input).toBe('embed');
    expect(only(found)).toMatchObject({
      source: { kind: 'embed', where: 'playback_token' },
      text: URL_SAFE,
      repairs: [],
    });
  });

  it('the manual script, with the request that the player will make', () => {
    const found = findTokens(
      `flowplayer("#p", {\n  token: "eyJraWQiOiJhIiwidHlwIjoiSldUIiwiYWxnIjoiRVMyNTYifQ.eyJjIjoie1wiYWNsXCI6NixcImlkXCI6XCJhXCJ9IiwiaXNzIjoiRmxvd3BsYXllciJ9.c2ln",\n  src: "https://cdn.example.com/hls/a.m3u8",\n  playback_token: '${URL_SAFE}',\n});`,
    );
    expect(found.tokens.map((token) => token.instead?.kind ?? token.kind)).toEqual(['player-licence', 'cat']);
    expect(request(found)).toEqual({
      url: `https://cdn.example.com/pt:${URL_SAFE}/hls/a.m3u8`,
      method: 'GET',
      headers: [],
    });
    expect(found.requestOf).toEqual([0, 0]);
  });

  it('an http source, which the player asks for without the token', () => {
    expect(
      findTokens(`flowplayer("#p", {src: "http://cdn.example.com/a.m3u8", playback_token: "${URL_SAFE}"})`).requests,
    ).toEqual([]);
  });

  it('the async script and its JSON', () => {
    const found = findTokens(
      `<div data-player-id="${player}">\n<script src="//cdn.flowplayer.com/players/${media}/native/flowplayer.async.js">\n{"src": "${media}", "playback_token": "${URL_SAFE}"}\n</script></div>`,
    );
    expect(found.input).toBe('embed');
    expect(only(found).source).toEqual({ kind: 'embed', where: 'playback_token' });
  });

  it('React', () => {
    expect(
      only(findTokens(`<Flowplayer token={LICENCE} src="${media}" opts={{ playback_token: "${URL_SAFE}" }} />`)).source,
    ).toEqual({
      kind: 'embed',
      where: 'playback_token',
    });
  });

  it('iOS and Android, where the address carries it', () => {
    for (const code of [
      `playerView.load(external: MediaExternal(url: URL(string: "https://cdn.example.com/pt:${URL_SAFE}/a.m3u8")!))`,
      `player.prepare(ExternalMedia("https://cdn.example.com/pt:${URL_SAFE}/a.m3u8"), true)`,
    ])
      expect(only(findTokens(code)).source).toEqual({ kind: 'embed', where: 'path /pt:' });
  });
});

describe('several tokens', () => {
  it('stand in input order', () => {
    const found = findTokens(
      `first ${URL_SAFE} then\n${STANDARD}\nhttps://a.example/?CAT=${SIGNED}\nCTA-Common-Access-Token: ${DOT}`,
    );
    expect(found.tokens.map((token) => token.text)).toEqual([URL_SAFE, STANDARD_CANONICAL, SIGNED, DOT]);
    const starts = found.tokens.map((token) => token.start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  it('one a line are not joined, though one be cut', () => {
    const found = findTokens(`${URL_SAFE.slice(0, 100)}\n${SIGNED}\n${URL_SAFE}`);
    expect(found.tokens.map((token) => token.damagedAt !== undefined)).toEqual([true, false, false]);
    expect(found.tokens[1]?.text).toBe(SIGNED);
  });

  it('wrapped and with an empty line between them are told apart', () => {
    const wrapped = (text: string): string => text.replace(/.{76}/g, '$&\n');
    const found = findTokens(`${wrapped(STANDARD)}\n\n${wrapped(SIGNED)}\n`);
    expect(found.tokens.map((token) => token.text)).toEqual([STANDARD_CANONICAL, SIGNED]);
  });

  it('in a table', () => {
    const found = findTokens(`name,token,when\nalice,${URL_SAFE},2026\nbob,"${STANDARD}",2027\n`);
    expect(found.tokens.map((token) => token.text)).toEqual([URL_SAFE, STANDARD_CANONICAL]);
  });
});
